"""Refusals of the socket."""

from coordination.base.errors import AppError
from coordination.base.language import Sentence


class Unavailable(AppError):
    """Something that the server needs does not answer; nothing was written, or it may be sent again."""

    code = "unavailable"
    status = 503
    sentence = Sentence(
        fr="Le service ne répond pas pour le moment. Nouvel essai dans un instant.",
        en="The service does not answer right now. Trying again in a moment.",
    )


class UnknownCommand(AppError):
    """No package registered this command."""

    code = "unknown_command"
    status = 404
    sentence = Sentence(fr="Cette commande n’existe pas.", en="There is no such command.")
