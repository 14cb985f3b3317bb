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


class AlreadyReads(Conflict):
    """This person reads the conversation already."""

    code = "already_reads"
    sentence = Sentence(fr="{name} lit déjà cette conversation.", en="{name} reads this conversation already.")


class NotAboutAPatient(Invalid):
    """Only a conversation about a patient takes people from outside its circle."""

    code = "not_about_a_patient"
    sentence = Sentence(
        fr="Seule une conversation au sujet d’un patient accueille d’autres personnes.",
        en="Only a conversation about a patient takes other people.",
    )


class OnlyOneself(Invalid):
    """A direct conversation takes two people."""

    code = "only_oneself"
    sentence = Sentence(fr="Choisissez une autre personne que vous.", en="Choose somebody other than yourself.")
