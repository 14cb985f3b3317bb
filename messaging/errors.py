"""What can be refused about a message."""

from coordination.base.errors import Conflict, Invalid
from coordination.base.language import Sentence


class MessageIdTaken(Conflict):
    """The id already names another message: another author, conversation or text."""

    code = "message_id_taken"
    sentence = Sentence(
        fr="Ce message n’a pas été envoyé : son identifiant en désigne déjà un autre.",
        en="This message was not sent: its identifier already names another one.",
    )


class OnlyOneself(Invalid):
    """A direct conversation takes two people."""

    code = "only_oneself"
    sentence = Sentence(fr="Choisissez une autre personne que vous.", en="Choose somebody other than yourself.")
