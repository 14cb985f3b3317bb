"""The professions of a health centre: their name, the role a newcomer is given, and whose circles they belong to."""

from dataclasses import dataclass
from typing import Literal

from coordination.base.language import Sentence

World = Literal["health", "social", "occupational", ""]
"""What kind of circles a profession works in; empty for those that serve them all."""


@dataclass(frozen=True)
class Profession:
    """A profession, and the code of the role that a centre gives it by default."""

    name: Sentence
    role: str
    world: World


def _health(fr: str, en: str, role: str = "soignant") -> Profession:
    return Profession(Sentence(fr=fr, en=en), role, "health")


PROFESSIONS: dict[str, Profession] = {
    "medecin_traitant": _health("Médecin généraliste", "General practitioner", "medecin"),
    "ide": _health("Infirmier", "Nurse"),
    "ipa": _health("Infirmier en pratique avancée", "Advanced practice nurse"),
    "sage_femme": _health("Sage-femme", "Midwife"),
    "pharmacien": _health("Pharmacien", "Pharmacist"),
    "mk": _health("Kinésithérapeute", "Physiotherapist"),
    "pedicure_podologue": _health("Pédicure-podologue", "Podiatrist"),
    "ergotherapeute": _health("Ergothérapeute", "Occupational therapist"),
    "orthophoniste": _health("Orthophoniste", "Speech therapist"),
    "orthoptiste": _health("Orthoptiste", "Orthoptist"),
    "chirurgien_dentiste": _health("Chirurgien-dentiste", "Dentist"),
    "dieteticien": _health("Diététicien", "Dietitian"),
    "psychologue": _health("Psychologue", "Psychologist"),
    "ophtalmologue": _health("Ophtalmologue", "Ophthalmologist", "medecin"),
    "cardiologue": _health("Cardiologue", "Cardiologist", "medecin"),
    "pneumologue": _health("Pneumologue", "Pulmonologist", "medecin"),
    "nephrologue": _health("Néphrologue", "Nephrologist", "medecin"),
    "gerontologue": _health("Gériatre", "Geriatrician", "medecin"),
    "anesthesiste": _health("Anesthésiste", "Anaesthetist", "medecin"),
    "medecin_radiologue": _health("Radiologue", "Radiologist", "medecin"),
    "coordinateur": _health("Coordinateur", "Coordinator", "coordinateur"),
    "assistant_social": Profession(Sentence(fr="Assistant social", en="Social worker"), "travailleur_social", "social"),
    "travailleur_social": Profession(
        Sentence(fr="Travailleur social", en="Social care worker"), "travailleur_social", "social"
    ),
    "medecin_travail": Profession(
        Sentence(fr="Médecin du travail", en="Occupational physician"), "medecin_travail", "occupational"
    ),
    "infirmier_sante_travail": Profession(
        Sentence(fr="Infirmier de santé au travail", en="Occupational health nurse"), "sante_travail", "occupational"
    ),
    "intervenant_prevention": Profession(
        Sentence(fr="Intervenant en prévention", en="Prevention officer"), "prevention", "occupational"
    ),
    "secretariat": Profession(Sentence(fr="Secrétaire", en="Secretary"), "secretariat", ""),
    "direction": Profession(Sentence(fr="Directeur", en="Director"), "direction", ""),
    "dpo": Profession(Sentence(fr="Délégué à la protection des données", en="Data protection officer"), "dpo", ""),
    "administrateur": Profession(Sentence(fr="Administrateur", en="Administrator"), "administrateur", ""),
    "stagiaire": Profession(Sentence(fr="Stagiaire", en="Trainee"), "stagiaire", "health"),
    "autre": Profession(Sentence(fr="Autre", en="Other"), "stagiaire", ""),
}


def world_of(profession: str) -> World:
    """Whose circles a profession works in; empty for one that is not in the list."""
    return PROFESSIONS[profession].world if profession in PROFESSIONS else ""


def may_replace(delegate: str, absent: str) -> bool:
    """Whether one profession may stand in for another: never across health, social and occupational health.

    The circles of one person are kept apart by their kind (rules §5.1, §5.2); who serves them all is no crossing.
    """
    worlds = {world_of(delegate), world_of(absent)} - {""}
    return len(worlds) < 2
