"""What can be refused at the door."""

from coordination.base.errors import Invalid, Refused, TooMany
from coordination.base.language import Sentence


class WrongCredentials(Invalid):
    """No such login, or another password; which of the two is not told."""

    code = "wrong_credentials"
    sentence = Sentence(fr="Identifiant ou mot de passe incorrect.", en="Wrong login or password.")


class AccessEnded(Refused):
    """The password is right, and no membership is in force any more."""

    code = "access_ended"
    sentence = Sentence(
        fr="Votre accès a pris fin. Adressez-vous à l’administrateur du centre.",
        en="Your access has ended. Ask the centre’s administrator.",
    )


class TooManyAttempts(TooMany):
    """Too many wrong passwords from here in the last minutes."""

    code = "too_many_attempts"
    sentence = Sentence(
        fr="Trop d’essais. Recommencez dans quelques minutes.", en="Too many attempts. Try again in a few minutes."
    )
