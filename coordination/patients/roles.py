"""The roles of the care protocols in words, as a circle shows them."""

from coordination.base.language import Sentence

ROLES: dict[str, Sentence] = {
    "medecin_traitant": Sentence(fr="Médecin traitant", en="General practitioner"),
    "medecin_travail": Sentence(fr="Médecin du travail", en="Occupational physician"),
    "ide": Sentence(fr="Infirmier", en="Nurse"),
    "ipa": Sentence(fr="Infirmier en pratique avancée", en="Advanced practice nurse"),
    "infirmier_sante_travail": Sentence(fr="Infirmier de santé au travail", en="Occupational health nurse"),
    "sage_femme": Sentence(fr="Sage-femme", en="Midwife"),
    "pharmacien": Sentence(fr="Pharmacien", en="Pharmacist"),
    "mk": Sentence(fr="Kinésithérapeute", en="Physiotherapist"),
    "pedicure_podologue": Sentence(fr="Pédicure-podologue", en="Podiatrist"),
    "ergotherapeute": Sentence(fr="Ergothérapeute", en="Occupational therapist"),
    "orthoptiste": Sentence(fr="Orthoptiste", en="Orthoptist"),
    "chirurgien_dentiste": Sentence(fr="Chirurgien-dentiste", en="Dentist"),
    "ophtalmologue": Sentence(fr="Ophtalmologue", en="Ophthalmologist"),
    "cardiologue": Sentence(fr="Cardiologue", en="Cardiologist"),
    "pneumologue": Sentence(fr="Pneumologue", en="Pulmonologist"),
    "nephrologue": Sentence(fr="Néphrologue", en="Nephrologist"),
    "gerontologue": Sentence(fr="Gériatre", en="Geriatrician"),
    "anesthesiste": Sentence(fr="Anesthésiste", en="Anaesthetist"),
    "medecin_radiologue": Sentence(fr="Radiologue", en="Radiologist"),
    "assistant_social": Sentence(fr="Assistant social", en="Social worker"),
    "psychologue": Sentence(fr="Psychologue", en="Psychologist"),
    "dieteticien": Sentence(fr="Diététicien", en="Dietitian"),
    "secretariat": Sentence(fr="Secrétariat", en="Secretariat"),
    "coordinateur": Sentence(fr="Coordinateur", en="Coordinator"),
    "intervenant_prevention": Sentence(fr="Intervenant en prévention", en="Prevention officer"),
    "dpo": Sentence(fr="Délégué à la protection des données", en="Data protection officer"),
    "patient": Sentence(fr="Patient", en="Patient"),
    "systeme": Sentence(fr="Liaison", en="Liaison"),
}


OF_A_CIRCLE = frozenset(ROLES) - {"patient", "systeme"}
"""Those that someone may hold in a circle."""


def role_label(role: str) -> str:
    """The role in the asker's language; a role that is not in the list as it is written."""
    return ROLES[role].say() if role in ROLES else role.replace("_", " ")
