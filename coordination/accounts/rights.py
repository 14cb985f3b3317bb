"""Every right, its sentence and its group, in one place: the rules and the interface both read it here."""

from enum import StrEnum

from coordination.base.language import Sentence


class Right(StrEnum):
    """Something a role may let a person do; default deny."""

    PATIENT_IDENTIFY = "patient.identify"
    PATIENT_READ = "patient.read"
    PATIENT_EDIT = "patient.edit"
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
