"""Every right, its sentence and its group, in one place: the rules and the interface both read it here."""

from enum import StrEnum

from coordination.base.language import Sentence


class Right(StrEnum):
    """Something a role may let a person do; default deny."""

    PATIENT_IDENTIFY = "patient.identify"
    PATIENT_READ = "patient.read"
    PATIENT_EDIT = "patient.edit"
    PATIENT_BREAK_GLASS = "patient.break_glass"
    PATIENT_TRANSFER = "patient.transfer"
    CONSENT_COLLECT = "consent.collect"
    MESSAGE_POST = "message.post"
    QUEUE_WORK = "queue.work"
    AGENDA_SEE = "agenda.see"
    AGENDA_BOOK = "agenda.book"
    PROTOCOL_ENROL = "protocol.enrol"
    INDICATOR_READ = "indicator.read"
    AUDIT_READ = "audit.read"
    DIRECTORY_MANAGE = "directory.manage"
    PRIVACY_EXPORT = "privacy.export"


SENTENCES: dict[Right, Sentence] = {
    Right.PATIENT_IDENTIFY: Sentence(
        fr="rechercher un patient et voir son identité", en="find a patient and see their identity"
    ),
    Right.PATIENT_READ: Sentence(
        fr="lire le dossier de liaison des patients suivis", en="read the liaison file of patients in their care"
    ),
    Right.PATIENT_EDIT: Sentence(fr="créer et corriger une fiche patient", en="create and correct a patient’s details"),
    Right.PATIENT_BREAK_GLASS: Sentence(
        fr="ouvrir en urgence un dossier dont ils ne sont pas chargés, en disant pourquoi",
        en="open in an emergency a file that is not in their care, saying why",
    ),
    Right.PATIENT_TRANSFER: Sentence(
        fr="transférer un suivi à une autre structure", en="transfer a follow-up to another entity"
    ),
    Right.CONSENT_COLLECT: Sentence(
        fr="recueillir un consentement ou une opposition au partage", en="record a consent or an opposition to sharing"
    ),
    Right.MESSAGE_POST: Sentence(fr="écrire des messages", en="write messages"),
    Right.QUEUE_WORK: Sentence(fr="prendre et terminer des tâches", en="claim and complete tasks"),
    Right.AGENDA_SEE: Sentence(fr="voir les agendas", en="see the agendas"),
    Right.AGENDA_BOOK: Sentence(fr="poser et déplacer des rendez-vous", en="book and move appointments"),
    Right.PROTOCOL_ENROL: Sentence(fr="inclure un patient dans un protocole", en="enrol a patient in a protocol"),
    Right.INDICATOR_READ: Sentence(fr="consulter les indicateurs", en="read the indicators"),
    Right.AUDIT_READ: Sentence(fr="consulter le journal des accès", en="read the access log"),
    Right.DIRECTORY_MANAGE: Sentence(fr="gérer l’annuaire et les rôles", en="manage the directory and the roles"),
    Right.PRIVACY_EXPORT: Sentence(fr="exporter les données d’un patient", en="export a patient’s data"),
}

GROUPS: list[tuple[Sentence, tuple[Right, ...]]] = [
    (
        Sentence(fr="Patients", en="Patients"),
        (
            Right.PATIENT_IDENTIFY,
            Right.PATIENT_READ,
            Right.PATIENT_EDIT,
            Right.PATIENT_BREAK_GLASS,
            Right.PATIENT_TRANSFER,
            Right.CONSENT_COLLECT,
            Right.PROTOCOL_ENROL,
        ),
    ),
    (
        Sentence(fr="Équipe", en="Team"),
        (Right.MESSAGE_POST, Right.QUEUE_WORK, Right.AGENDA_SEE, Right.AGENDA_BOOK),
    ),
    (
        Sentence(fr="Administration", en="Administration"),
        (Right.DIRECTORY_MANAGE, Right.AUDIT_READ, Right.INDICATOR_READ, Right.PRIVACY_EXPORT),
    ),
]
"""The rights in the order and under the headings in which the matrix shows them."""
