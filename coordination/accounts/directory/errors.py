"""Why the directory cannot be asked, or was not obeyed."""

from coordination.base.errors import AppError, Conflict, Invalid
from coordination.base.language import Sentence


class NotConfigured(Conflict):
    """No `LDAP_URL`."""

    code = "directory_not_configured"
    sentence = Sentence(
        fr="Aucun annuaire n’est relié à Liaison : l’exploitant renseigne LDAP_URL (voir docs/directory.md).",
        en="No directory is connected to Liaison: its operator sets LDAP_URL (see docs/directory.md).",
    )


class DirectoryAway(AppError):
    """It does not answer, or stopped in the middle; nothing was changed."""

    code = "directory_away"
    status = 503
    sentence = Sentence(
        fr="L’annuaire du centre ne répond pas. Réessayez dans un instant.",
        en="The centre’s directory does not answer. Try again in a moment.",
    )


class CertificateRefused(DirectoryAway):
    """Another authority than ours, another host's name, or no TLS at all."""

    code = "directory_certificate_refused"
    sentence = Sentence(
        fr="Pas de connexion sûre à l’annuaire du centre : son certificat, ou TLS, n’est pas celui attendu.",
        en="No safe connection to the centre’s directory: its certificate, or TLS, is not the expected one.",
    )


class AccountRefused(DirectoryAway):
    """The directory does not accept the account by which Liaison reads it."""

    code = "directory_account_refused"
    sentence = Sentence(
        fr="L’annuaire refuse le compte de lecture de Liaison (LDAP_BIND_DN).",
        en="The directory refuses Liaison’s reading account (LDAP_BIND_DN).",
    )


class ReadingIncomplete(DirectoryAway):
    """The directory gave a part only (a size limit, a group that is too long, a missing branch)."""

    code = "directory_incomplete"
    sentence = Sentence(
        fr="L’annuaire n’a pas tout donné ({why}). Rien n’a été modifié.",
        en="The directory did not give everything ({why}). Nothing was changed.",
    )


class WithoutAccess(Invalid):
    """The password is right, and none of the person's groups gives access."""

    code = "directory_without_access"
    sentence = Sentence(
        fr="Votre compte de l’annuaire n’ouvre aucun accès à Liaison. Adressez-vous à l’administrateur du centre.",
        en="Your directory account gives no access to Liaison. Ask the centre’s administrator.",
    )


class TooManyLosses(Conflict):
    """The brake: more people would lose their access than is plausible."""

    code = "directory_brake"
    sentence = Sentence(
        fr="{losing} personnes sur {linked} perdraient leur accès : rien n’a changé. Vérifiez l’annuaire, puis forcez.",
        en="{losing} of {linked} people would lose their access: nothing is changed. Check the directory, then force.",
    )


class BadMapping(Invalid):
    """A line of the mapping that cannot be kept; `fields` says which and why."""

    code = "directory_mapping"
