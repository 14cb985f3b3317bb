"""What each kind of entry says, in one table: the screens, the files and the filter all read it here.

A sentence continues the name of whoever acted: "Awa Diallo · A lu la fiche du patient".
"""

from coordination.base.language import Sentence

OTHER = Sentence(fr="Autre action ({kind})", en="Another act ({kind})")

GROUPS: list[tuple[Sentence, dict[str, tuple[str, str]]]] = [
    (
        Sentence(fr="Connexions", en="Sign-ins"),
        {
            "session.opened": ("S’est connecté", "Signed in"),
            "session.begun": ("A donné son mot de passe, sans session complète", "Gave a password, short of a session"),
            "session.closed": ("S’est déconnecté", "Signed out"),
            "session.refused": ("Connexion refusée", "Sign-in refused"),
            "session.locked": ("Session verrouillée après inactivité", "Session locked when idle"),
            "session.ended": ("A mis fin à une session", "Ended a session"),
            "sessions.ended": ("A mis fin à ses autres sessions", "Ended their other sessions"),
            "session.language": ("A changé de langue", "Changed language"),
            "session.proved": ("A confirmé son identité", "Confirmed their identity"),
            "session.proof_refused": ("N’a pas pu confirmer son identité", "Could not confirm their identity"),
            "session.linked": ("A associé Pro Santé Connect à son compte", "Linked Pro Santé Connect to their account"),
            "second_factor.added": ("A ajouté un second facteur", "Added a second factor"),
            "second_factor.removed": ("A retiré un second facteur", "Removed a second factor"),
            "second_factor.renamed": ("A renommé un second facteur", "Renamed a second factor"),
            "second_factor.refused": ("Second facteur refusé", "Second factor refused"),
            "second_factor.reset": (
                "A réinitialisé le second facteur d’une personne",
                "Reset somebody’s second factor",
            ),
            "recovery_codes.made": ("A créé des codes de secours", "Made recovery codes"),
            "recovery_codes.shown": ("A affiché ses codes de secours", "Showed their recovery codes"),
            "recovery_code.used": ("A utilisé un code de secours", "Used a recovery code"),
            "password.changed": ("A changé son mot de passe", "Changed their password"),
            "password.refused": ("Changement de mot de passe refusé", "Change of password refused"),
            "password.given": ("A donné un premier mot de passe", "Gave a first password"),
            "token.made": ("A créé un accès par programme", "Made an access for a program"),
            "token.revoked": ("A retiré un accès par programme", "Revoked an access for a program"),
        },
    ),
    (
        Sentence(fr="Patients", en="Patients"),
        {
            "patient.searched": ("A cherché un patient", "Searched for a patient"),
            "patient.identified": ("A consulté l’identité du patient", "Read the patient’s identity"),
            "patient.read": ("A lu la fiche du patient", "Read the patient’s page"),
            "story.read": ("A lu l’histoire du patient", "Read the patient’s story"),
            "plans.read": ("A lu les plans de suivi du patient", "Read the patient’s follow-up plans"),
            "patient.created": ("A créé la fiche du patient", "Created the patient’s page"),
            "patient.changed": ("A modifié la fiche du patient", "Changed the patient’s details"),
            "patient.transferred": ("A transféré le suivi du patient", "Transferred the patient’s follow-up"),
            "patient.exported": ("A exporté les données du patient", "Exported the patient’s data"),
            "page.printed": ("A imprimé une page", "Printed a page"),
            "patient.refused": (
                "A demandé une information sur le patient, refusée",
                "Asked for something about the patient, refused",
            ),
            "request.refused": ("A demandé ce que son rôle ne permet pas", "Asked for what their role does not allow"),
        },
    ),
    (
        Sentence(fr="Cercle de soins et consentements", en="Care circle and consents"),
        {
            "break_glass.begun": ("A ouvert le dossier en urgence (bris de glace)", "Opened the file in an emergency"),
            "break_glass.ended": ("A refermé un dossier ouvert en urgence", "Closed a file opened in an emergency"),
            "circle.opened": ("A ouvert un cercle de soins", "Opened a care circle"),
            "circle.joined": (
                "A fait entrer quelqu’un dans le cercle de soins",
                "Brought somebody into the care circle",
            ),
            "circle.left": ("A fait sortir quelqu’un du cercle de soins", "Took somebody out of the care circle"),
            "consent.given": ("A recueilli un consentement au partage", "Recorded a consent to sharing"),
            "consent.withdrawn": ("A noté le retrait d’un consentement", "Recorded a consent withdrawn"),
            "opposition.raised": ("A noté une opposition au partage", "Recorded an opposition to sharing"),
            "opposition.lifted": ("A noté la levée d’une opposition", "Recorded an opposition lifted"),
        },
    ),
    (
        Sentence(fr="Messages", en="Messages"),
        {
            "conversation.opened": ("A ouvert une conversation", "Opened a conversation"),
            "conversation.read": ("A lu une conversation", "Read a conversation"),
            "participant.added": ("A invité quelqu’un dans une conversation", "Brought somebody into a conversation"),
            "participant.removed": (
                "A fait sortir quelqu’un d’une conversation",
                "Took somebody out of a conversation",
            ),
            "message.posted": ("A écrit un message", "Wrote a message"),
            "mail.sent": ("Mail envoyé au patient", "Mail sent to the patient"),
            "mail.failed": ("Mail au patient non remis", "Mail to the patient not delivered"),
            "mail.dropped": ("Mail au patient non envoyé", "Mail to the patient not sent"),
        },
    ),
    (
        Sentence(fr="Tâches", en="Tasks"),
        {
            "queue.opened": ("A ouvert une file", "Opened a queue"),
            "task.read": ("A lu une tâche", "Read a task"),
            "task.created": ("A créé une tâche", "Created a task"),
            "task.changed": ("A modifié une tâche", "Changed a task"),
            "task.requeued": ("Tâche remise à la file qui prend la suite", "Task handed to the queue that takes over"),
            "task.claimed": ("A pris une tâche", "Claimed a task"),
            "task.released": ("A rendu une tâche", "Released a task"),
            "task.waiting": ("A mis une tâche en attente", "Put a task on hold"),
            "task.completed": ("A terminé une tâche", "Completed a task"),
            "task.reopened": ("A rouvert une tâche", "Reopened a task"),
            "task.cancelled": ("A abandonné une tâche", "Cancelled a task"),
            "task.lines_added": ("A ajouté des lignes à une tâche", "Added lines to a task"),
            "task.line_ticked": ("A coché une ligne d’une tâche", "Ticked a line of a task"),
            "task.line_unticked": ("A décoché une ligne d’une tâche", "Unticked a line of a task"),
            "task.line_withdrawn": ("A retiré une ligne d’une tâche", "Withdrew a line of a task"),
        },
    ),
    (
        Sentence(fr="Agenda", en="Agenda"),
        {
            "agenda.opened": ("A ouvert un agenda", "Opened an agenda"),
            "appointment.read": ("A lu un rendez-vous", "Read an appointment"),
            "appointment.booked": ("A posé un rendez-vous", "Booked an appointment"),
            "appointment.moved": ("A déplacé un rendez-vous", "Moved an appointment"),
            "appointment.changed": ("A modifié un rendez-vous", "Changed an appointment"),
            "appointment.confirmed": ("Rendez-vous confirmé", "Appointment confirmed"),
            "appointment.cancelled": ("Rendez-vous annulé", "Appointment cancelled"),
            "appointment.restored": ("A rétabli un rendez-vous", "Restored an appointment"),
            "feed.opened": ("A créé une adresse de calendrier", "Made a calendar address"),
            "feed.read": ("Calendrier lu par son adresse privée", "Calendar read through its private address"),
            "feed.revoked": ("A retiré une adresse de calendrier", "Revoked a calendar address"),
        },
    ),
    (
        Sentence(fr="Plans de suivi", en="Follow-up plans"),
        {
            "protocol.loaded": ("Protocole chargé", "Protocol loaded"),
            "plan.begun": ("A inclus le patient dans un protocole", "Enrolled the patient in a protocol"),
            "plan.changed": ("A modifié un plan de suivi", "Changed a follow-up plan"),
            "plan.ended": ("A terminé un plan de suivi", "Ended a follow-up plan"),
            "plan.reminded": ("Rappel préparé pour le patient", "Reminder prepared for the patient"),
            "step.done": ("Étape faite", "Step done"),
            "step.skipped": ("Étape laissée de côté", "Step skipped"),
            "step.reopened": ("Étape rouverte", "Step reopened"),
        },
    ),
    (
        Sentence(fr="Annuaire et droits", en="Directory and rights"),
        {
            "person.added": ("A ajouté une personne", "Added a person"),
            "person.changed": ("A modifié la fiche d’une personne", "Changed a person’s details"),
            "person.photo": ("A changé une photo", "Changed a photo"),
            "person.linked": ("A relié une personne à l’annuaire LDAP", "Linked a person to the directory"),
            "person.suspended": ("A suspendu l’accès d’une personne", "Suspended a person’s access"),
            "person.restored": ("A rétabli l’accès d’une personne", "Restored a person’s access"),
            "service_account.added": ("A créé un compte de service", "Added a service account"),
            "membership.added": ("A donné un rôle à une personne", "Gave a person a role"),
            "membership.changed": ("A changé les dates d’un rattachement", "Changed the dates of a membership"),
            "membership.ended": ("A mis fin à un rattachement", "Ended a membership"),
            "membership.withdrawn": ("A retiré un rattachement à venir", "Withdrew a membership to come"),
            "absence.added": ("A noté une absence", "Recorded an absence"),
            "absence.began": ("Absence commencée : le relais est pris", "Absence begun: the delegate takes over"),
            "absence.withdrawn": ("A retiré une absence à venir", "Withdrew an absence to come"),
            "absence.ended": ("A mis fin à une absence", "Ended an absence"),
            "role.added": ("A créé un rôle", "Added a role"),
            "role.changed": ("A modifié les droits d’un rôle", "Changed the rights of a role"),
            "team.added": ("A créé une équipe", "Added a team"),
            "team.changed": ("A modifié une équipe", "Changed a team"),
            "organisation.added": ("A ajouté une structure", "Added a site or a unit"),
            "organisation.changed": ("A modifié une structure", "Changed a site or a unit"),
            "correspondent.added": ("A ajouté un correspondant", "Added a correspondent"),
            "correspondent.changed": ("A modifié un correspondant", "Changed a correspondent"),
            "correspondent.archived": ("A archivé un correspondant", "Archived a correspondent"),
            "directory.mapped": (
                "A modifié la correspondance avec l’annuaire LDAP",
                "Changed the mapping of the directory",
            ),
            "directory.synchronised": ("Annuaire LDAP synchronisé", "Directory synchronised"),
            "directory.refused": ("Synchronisation de l’annuaire LDAP refusée", "Directory synchronisation refused"),
            "demo.created": ("Centre de démonstration créé", "Demo centre created"),
        },
    ),
    (
        Sentence(fr="Journal des accès", en="Access log"),
        {
            "access_log.searched": ("A consulté le journal des accès", "Read the access log"),
            "access_log.read": ("A consulté les accès au dossier du patient", "Read who accessed the patient’s file"),
            "access_log.exported": ("A exporté le journal des accès", "Exported the access log"),
            "access_log.anchored": ("A téléchargé l’empreinte du journal", "Downloaded the anchor of the access log"),
            "audit.closed": ("Entrées trop anciennes retirées du journal", "Entries that were too old left the log"),
        },
    ),
]

KINDS: dict[str, Sentence] = {kind: Sentence(*said) for _, kinds in GROUPS for kind, said in kinds.items()}


def sentence_of(kind: str) -> str:
    """What an entry of this kind says, in the asker's language."""
    known = KINDS.get(kind)
    return known.say() if known else OTHER.say(kind=kind)


FIELDS: dict[str, Sentence] = {
    "birth_name": Sentence(fr="Nom de naissance", en="Birth name"),
    "birth_given_names": Sentence(fr="Prénoms de naissance", en="Birth given names"),
    "used_name": Sentence(fr="Nom utilisé", en="Used name"),
    "used_given_name": Sentence(fr="Prénom utilisé", en="Used given name"),
    "birth_date": Sentence(fr="Date de naissance", en="Birth date"),
    "birth_place_code": Sentence(fr="Lieu de naissance", en="Birth place"),
    "sex": Sentence(fr="Sexe", en="Sex"),
    "phone": Sentence(fr="Téléphone", en="Phone"),
    "email": Sentence(fr="E-mail", en="E-mail"),
    "email_consent": Sentence(fr="Accord pour les e-mails", en="Agrees to e-mails"),
    "postcode": Sentence(fr="Code postal", en="Postcode"),
    "city": Sentence(fr="Ville", en="City"),
    "address": Sentence(fr="Adresse", en="Address"),
    "matricule": Sentence(fr="Matricule INS", en="National health identifier"),
    "title": Sentence(fr="Titre", en="Title"),
    "note": Sentence(fr="Note", en="Note"),
    "priority": Sentence(fr="Priorité", en="Priority"),
    "queue": Sentence(fr="File", en="Queue"),
    "assignee": Sentence(fr="Pour", en="For"),
    "due_on": Sentence(fr="Échéance", en="Due"),
    "late_after": Sentence(fr="En retard après le", en="Late after"),
    "starts_at": Sentence(fr="Début", en="Start"),
    "local_start": Sentence(fr="Début", en="Start"),
    "minutes": Sentence(fr="Durée (min)", en="Length (min)"),
    "site": Sentence(fr="Site", en="Site"),
    "agendas": Sentence(fr="Agendas", en="Agendas"),
    "anchors": Sentence(fr="Dates de départ", en="Anchors"),
    "flags": Sentence(fr="Indications", en="Flags"),
    "measures": Sentence(fr="Mesures", en="Measures"),
    "left_out": Sentence(fr="Étapes laissées de côté", en="Steps left out"),
    "language": Sentence(fr="Langue", en="Language"),
    "name": Sentence(fr="Nom", en="Name"),
    "rights": Sentence(fr="Droits", en="Rights"),
    "role": Sentence(fr="Rôle", en="Role"),
    "roles": Sentence(fr="Rôles", en="Roles"),
    "people": Sentence(fr="Personnes", en="People"),
    "valid_from": Sentence(fr="Depuis le", en="From"),
    "valid_until": Sentence(fr="Jusqu’au", en="Until"),
    "until": Sentence(fr="Jusqu’au", en="Until"),
    "profession": Sentence(fr="Profession", en="Profession"),
    "profession_label": Sentence(fr="Profession", en="Profession"),
    "rpps": Sentence(fr="RPPS", en="RPPS"),
    "login": Sentence(fr="Identifiant", en="Login"),
    "given_name": Sentence(fr="Prénom", en="Given name"),
    "family_name": Sentence(fr="Nom", en="Family name"),
    "hours": Sentence(fr="Horaires", en="Working hours"),
    "alias": Sentence(fr="Nom dans les mails", en="Name in mails"),
    "declared_care_team": Sentence(fr="Équipe de soins déclarée", en="Declared care team"),
    "security_referent": Sentence(fr="Référent sécurité", en="Security referent"),
}
"""The names of the fields that can change; one that has none is shown as it is recorded."""

NOTES: dict[str, Sentence] = {
    "found": Sentence(fr="{value} résultat(s)", en="{value} result(s)"),
    "shown": Sentence(fr="{value} patient(s) affiché(s)", en="{value} patient(s) shown"),
    "over": Sentence(fr="par {value}", en="over {value}"),
    "token": Sentence(fr="par l’accès « {value} »", en="with the access “{value}”"),
    "reason": Sentence(fr="motif : {value}", en="reason: {value}"),
    "entries": Sentence(fr="{value} entrée(s)", en="{value} entries"),
    "before": Sentence(fr="avant le {value}", en="before {value}"),
    "code": Sentence(fr="{value}", en="{value}"),
    "protocol": Sentence(fr="{value}", en="{value}"),
}
"""What else an entry says of itself; whatever has no words here stays in the database."""


def field_name(field: str) -> str:
    """A field in the asker's language."""
    known = FIELDS.get(field)
    return known.say() if known else field
