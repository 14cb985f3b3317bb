"""What can be refused to whoever keeps the directory."""

from coordination.base.errors import Conflict, Invalid, Refused, TooLarge
from coordination.base.language import Sentence


class LastAdministrator(Conflict):
    """Nobody, or nobody for as long as before, could manage the directory any more."""

    code = "last_administrator"
    sentence = Sentence(
        fr="Le centre n’aurait plus d’administrateur. Donnez d’abord ce droit à quelqu’un d’autre.",
        en="The centre would be without an administrator. Give somebody else that right first.",
    )


class AdministratorReadsNoPatient(Invalid):
    """Whoever runs the system may not read what it holds about patients."""

    code = "administrator_reads_no_patient"
    sentence = Sentence(
        fr="Gérer l’annuaire et lire les dossiers des patients ne vont pas ensemble : "
        "l’administrateur n’a pas accès au contenu des dossiers.",
        en="Managing the directory and reading patients’ files do not go together: "
        "the administrator has no access to what the files say.",
    )


class OwnAccess(Refused):
    """Nobody gives access to themselves."""

    code = "own_access"
    sentence = Sentence(
        fr="Personne ne change son propre accès : demandez-le à un autre administrateur.",
        en="Nobody changes their own access: ask another administrator.",
    )


class OwnRole(Refused):
    """Nobody adds rights to a role that is theirs."""

    code = "own_role"
    sentence = Sentence(
        fr="Ce rôle est aussi le vôtre : personne ne s’ajoute de droits. Demandez-le à un administrateur "
        "qui n’a pas ce rôle.",
        en="This role is yours too, and nobody adds rights to themselves. Ask an administrator "
        "who does not have this role.",
    )


class ProgramInTeam(Invalid):
    """A program reads by its tokens; it shares no queue and no conversation."""

    code = "program_in_team"
    sentence = Sentence(
        fr="{name} est un compte de service : il ne fait partie d’aucune équipe.",
        en="{name} is a service account: it belongs to no team.",
    )


class RoleChanged(Conflict):
    """Somebody else changed the role since it was read."""

    code = "role_changed"
    sentence = Sentence(
        fr="Ce rôle a été modifié entre-temps par quelqu’un d’autre. Relisez-le, puis recommencez.",
        en="Somebody else changed this role in the meantime. Read it again, then retry.",
    )


class UnknownRight(Invalid):
    """There is no such right."""

    code = "unknown_right"
    sentence = Sentence(fr="Ce droit n’existe pas : {code}.", en="There is no such right: {code}.")


class NameTaken(Conflict):
    """Something of the centre already has that name."""

    code = "name_taken"
    sentence = Sentence(fr="« {name} » existe déjà.", en="“{name}” already exists.")


class LoginTaken(Conflict):
    """Another person signs in by that name."""

    code = "login_taken"
    sentence = Sentence(fr="L’identifiant « {login} » est déjà pris.", en="The login “{login}” is already taken.")


class RppsTaken(Conflict):
    """One RPPS number is one person."""

    code = "rpps_taken"
    sentence = Sentence(fr="Ce numéro RPPS est déjà celui de {name}.", en="This RPPS number already belongs to {name}.")


class BadPeriod(Invalid):
    """It would end before it begins, or has ended already."""

    code = "bad_period"
    sentence = Sentence(
        fr="La fin doit venir après le début, et après maintenant.", en="It must end after it begins, and after now."
    )


class AbsenceOverlaps(Conflict):
    """One person has one absence at a time."""

    code = "absence_overlaps"
    sentence = Sentence(fr="{name} a déjà une absence à ces dates.", en="{name} already has an absence at that time.")


class CannotStandIn(Invalid):
    """The delegate is the absent person, a program, or has no access."""

    code = "cannot_stand_in"
    sentence = Sentence(
        fr="{name} ne peut pas prendre le relais : choisissez un ou une collègue qui a accès à Liaison.",
        en="{name} cannot stand in: choose a colleague who has access to Liaison.",
    )


class CirclesApart(Invalid):
    """The delegate works in another kind of circle (rules §5.1, §5.2)."""

    code = "circles_apart"
    sentence = Sentence(
        fr="{name} ne peut pas prendre le relais : soins, suivi social et santé au travail restent séparés.",
        en="{name} cannot stand in: care, social and occupational health follow-up stay apart.",
    )


class BadParent(Invalid):
    """A site belongs to a centre and a unit to a site, of the same centre."""

    code = "bad_parent"
    sentence = Sentence(
        fr="Un site se rattache au centre, et une unité à un site.",
        en="A site belongs to the centre, and a unit to a site.",
    )


class BadPhoto(Invalid):
    """Not a picture that can be read."""

    code = "bad_photo"
    sentence = Sentence(
        fr="Cette image ne peut pas être lue : envoyez un JPEG, un PNG ou un WebP.",
        en="This picture cannot be read: send a JPEG, a PNG or a WebP.",
    )


class PhotoTooLarge(TooLarge):
    """More bytes or more pixels than a portrait needs."""

    code = "photo_too_large"
    sentence = Sentence(fr="L’image est trop grande : 2 Mo au plus.", en="The picture is too large: 2 MB at most.")
