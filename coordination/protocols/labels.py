"""How the anchors of the care protocols are called, and which of them nobody has to give (roles: `patients.roles`)."""

from coordination.base.language import Sentence

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
