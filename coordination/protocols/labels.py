"""How the roles and the anchors of the care protocols are called on screen, in one place."""

from coordination.base.language import Sentence

ROLES: dict[str, Sentence] = {
    "medecin_traitant": Sentence(fr="Médecin traitant", en="General practitioner"),
    "medecin_travail": Sentence(fr="Médecin du travail", en="Occupational physician"),
    "ide": Sentence(fr="Infirmier·ère", en="Nurse"),
    "ipa": Sentence(fr="Infirmier·ère en pratique avancée", en="Advanced practice nurse"),
    "infirmier_sante_travail": Sentence(fr="Infirmier·ère de santé au travail", en="Occupational health nurse"),
    "sage_femme": Sentence(fr="Sage-femme", en="Midwife"),
    "pharmacien": Sentence(fr="Pharmacien·ne", en="Pharmacist"),
    "mk": Sentence(fr="Masseur-kinésithérapeute", en="Physiotherapist"),
    "pedicure_podologue": Sentence(fr="Pédicure-podologue", en="Podiatrist"),
    "ergotherapeute": Sentence(fr="Ergothérapeute", en="Occupational therapist"),
    "orthoptiste": Sentence(fr="Orthoptiste", en="Orthoptist"),
    "chirurgien_dentiste": Sentence(fr="Chirurgien-dentiste", en="Dentist"),
    "ophtalmologue": Sentence(fr="Ophtalmologue", en="Ophthalmologist"),
    "cardiologue": Sentence(fr="Cardiologue", en="Cardiologist"),
    "pneumologue": Sentence(fr="Pneumologue", en="Pulmonologist"),
    "nephrologue": Sentence(fr="Néphrologue", en="Nephrologist"),
    "gerontologue": Sentence(fr="Gérontologue", en="Geriatrician"),
    "anesthesiste": Sentence(fr="Anesthésiste", en="Anaesthetist"),
    "medecin_radiologue": Sentence(fr="Radiologue", en="Radiologist"),
    "assistant_social": Sentence(fr="Assistant·e de service social", en="Social worker"),
    "psychologue": Sentence(fr="Psychologue", en="Psychologist"),
    "dieteticien": Sentence(fr="Diététicien·ne", en="Dietitian"),
    "secretariat": Sentence(fr="Secrétariat", en="Secretariat"),
    "coordinateur": Sentence(fr="Coordinateur·rice", en="Coordinator"),
    "intervenant_prevention": Sentence(fr="Intervenant·e en prévention", en="Prevention officer"),
    "dpo": Sentence(fr="Délégué·e à la protection des données", en="Data protection officer"),
    "patient": Sentence(fr="Patient", en="Patient"),
    "systeme": Sentence(fr="Liaison (automatique)", en="Liaison (automatic)"),
}

ANCHORS: dict[str, Sentence] = {
    "inclusion": Sentence(fr="Inclusion dans le protocole", en="Inclusion in the protocol"),
    "season": Sentence(fr="Ouverture de la campagne", en="Opening of the season"),
    "birth": Sentence(fr="Naissance", en="Birth"),
    "lmp": Sentence(fr="Dernières règles", en="Last menstrual period"),
    "delivery": Sentence(fr="Accouchement", en="Delivery"),
    "discharge": Sentence(fr="Sortie d’hospitalisation", en="Hospital discharge"),
    "treatment_start": Sentence(fr="Début du traitement", en="Start of treatment"),
    "treatment_change": Sentence(fr="Dernier changement de traitement", en="Last change of treatment"),
    "exacerbation": Sentence(fr="Dernière exacerbation", en="Last exacerbation"),
    "wound_report": Sentence(fr="Signalement de plaie", en="Report of a wound"),
    "first_abnormal": Sentence(fr="Premier résultat anormal", en="First abnormal result"),
    "prev_dose": Sentence(fr="Dose précédente", en="Previous dose"),
    "prev_done": Sentence(fr="Examen précédent", en="Previous examination"),
    "event": Sentence(fr="Évènement déclencheur", en="Triggering event"),
    "hire": Sentence(fr="Prise de poste", en="Start in the post"),
    "last_visit": Sentence(fr="Dernière visite", en="Last visit"),
    "last_aptitude": Sentence(fr="Dernier avis d’aptitude", en="Last fitness notice"),
    "last_attestation": Sentence(fr="Dernière attestation", en="Last certificate"),
    "end_of_exposure": Sentence(fr="Fin d’exposition", en="End of exposure"),
    "leave_start": Sentence(fr="Début de l’arrêt", en="Start of sick leave"),
    "return": Sentence(fr="Reprise du travail", en="Return to work"),
    "request": Sentence(fr="Demande", en="Request"),
    "visit_done": Sentence(fr="Visite réalisée", en="Visit done"),
    "membership": Sentence(fr="Adhésion", en="Membership"),
    "last_fiche": Sentence(fr="Dernière fiche d’entreprise", en="Last company sheet"),
    "last_action": Sentence(fr="Dernière action", en="Last action"),
    "calendar_year_end": Sentence(fr="31 décembre", en="31 December"),
    "document_expiry": Sentence(fr="Échéance du document", en="Expiry of the document"),
    "reminder_date": Sentence(fr="Date choisie", en="Chosen date"),
    "end_of_support": Sentence(fr="Fin de l’accompagnement", en="End of support"),
}

# Told by the calendar or by the patient's identity; every other anchor is a date that a professional gives.
COMPUTED_ANCHORS = frozenset({"season", "birth", "calendar_year_end"})
# Told by the step written just before in the protocol, unless a professional gives it.
FOLLOWING_ANCHORS = frozenset({"prev_dose", "prev_done"})
# Roles for whom no task is opened: the patient is only reminded, Liaison does its own part itself.
ROLES_WITHOUT_TASK = frozenset({"patient", "systeme"})


def role_label(role: str, language: str | None = None) -> str:
    """A role as people say it."""
    return ROLES[role].say(language)
