"""What can be refused at the door."""

from coordination.base.errors import AppError, Conflict, Invalid, NotSignedIn, Refused, TooMany
from coordination.base.language import Sentence


class AccessEnded(NotSignedIn):
    """Whoever signed in is known, and no membership is in force any more."""

    code = "access_ended"
    sentence = Sentence(
        fr="Votre accès a pris fin. Adressez-vous à l’administrateur du centre.",
        en="Your access has ended. Ask the centre’s administrator.",
    )


class SecondFactorToSetUp(NotSignedIn):
    """The password was right, and there is no second factor yet: only its setting up is open."""

    code = "second_factor_to_set_up"
    sentence = Sentence(
        fr="Installez votre second facteur pour continuer.", en="Set up your second factor to continue."
    )


class PasswordToChange(NotSignedIn):
    """The password was given by the administrator and is to be replaced first."""

    code = "password_to_change"
    sentence = Sentence(
        fr="Choisissez votre propre mot de passe pour continuer.", en="Choose a password of your own to continue."
    )


class Locked(NotSignedIn):
    """Nobody did anything for too long, so the session was ended."""

    code = "locked"
    sentence = Sentence(
        fr="Session fermée après une longue inactivité. Reconnectez-vous.",
        en="Your session was closed after a long time without activity. Sign in again.",
    )


class ReauthenticationNeeded(Refused):
    """The act is sensitive, and the last proof of who is there is too old."""

    code = "reauthentication_required"
    sentence = Sentence(fr="Confirmez que c’est bien vous.", en="Confirm that it is you.")


class AlreadySignedIn(Conflict):
    """A session is open; it is to be closed before another one is opened."""

    code = "already_signed_in"
    sentence = Sentence(fr="Une session est déjà ouverte ici.", en="A session is already open here.")


class TooManyAttempts(TooMany):
    """Too many wrong passwords or codes from here in the last minutes."""

    code = "too_many_attempts"
    sentence = Sentence(
        fr="Trop d’essais. Recommencez dans quelques minutes.", en="Too many attempts. Try again in a few minutes."
    )


class SecondFactorKnown(AppError):
    """A session that only gave a password cannot add a factor to an account that has one."""

    code = "second_factor_known"
    status = 409
    sentence = Sentence(
        fr="Ce compte a déjà un second facteur. Reconnectez-vous avec lui.",
        en="This account already has a second factor. Sign in again with it.",
    )


class UnknownScope(Invalid):
    """A token cannot be given a right that is unknown or that its owner does not hold."""

    code = "unknown_scope"
    sentence = Sentence(
        fr="Un jeton ne peut pas donner un droit que son titulaire n’a pas.",
        en="A token cannot give a right that its owner does not hold.",
    )


class BadExpiry(Invalid):
    """A token ends after today, and within a year."""

    code = "bad_expiry"
    sentence = Sentence(
        fr="Choisissez une date de fin après aujourd’hui, dans un an au plus.",
        en="Choose an end after today, within a year.",
    )


class NoPassword(Conflict):
    """A service account signs in with its tokens only."""

    code = "no_password"
    sentence = Sentence(
        fr="Un compte de service n’a ni mot de passe ni second facteur.",
        en="A service account has neither a password nor a second factor.",
    )


class BothKeys(Refused):
    """With a new password and no second factor, whoever gave both could sign in as that person."""

    code = "both_keys"
    sentence = Sentence(
        fr="Vous avez déjà changé un moyen de connexion de {name} depuis moins de 24 heures : "
        "l’autre est à réinitialiser par un autre administrateur.",
        en="You changed one of the ways in of {name} less than 24 hours ago: another administrator resets the other.",
    )


class NoScope(Invalid):
    """A token that gives nothing is of no use."""

    code = "no_scope"
    sentence = Sentence(
        fr="Choisissez au moins un droit pour ce jeton.", en="Choose at least one right for this token."
    )


class PasswordElsewhere(Conflict):
    """The centre's directory keeps this person's password: one of ours beside it would outlive it."""

    code = "password_elsewhere"
    sentence = Sentence(
        fr="Ce mot de passe est celui de l’annuaire du centre : il se change là.",
        en="This password is that of the centre’s directory: it is changed there.",
    )
