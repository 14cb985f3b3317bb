"""What can be refused about a patient."""

from coordination.base.errors import Conflict, Invalid, Refused
from coordination.base.language import Sentence


class PatientExists(Conflict):
    """Somebody with the very same traits is already in the index."""

    code = "patient_exists"
    sentence = Sentence(
        fr="{name}, né(e) le {born:%d/%m/%Y}, a déjà une fiche. Ouvrez-la, ou confirmez que c’est une autre personne.",
        en="{name}, born {born:%d/%m/%Y}, is already here. Open that file, or confirm that this is someone else.",
    )


class AlreadyInCircle(Conflict):
    """This person or team belongs to the circle already."""

    code = "already_in_circle"
    sentence = Sentence(
        fr="{name} : déjà dans le cercle de soins.",
        en="{name}: in the care circle already.",
    )


class LastOfCircle(Conflict):
    """Nobody would be left who could open the patient's page."""

    code = "last_of_circle"
    sentence = Sentence(
        fr="Plus personne ne verrait {name}. Ajoutez d’abord quelqu’un au cercle de soins.",
        en="Nobody would see {name} any more. First add someone to the care circle.",
    )


class SharingBasisMissing(Invalid):
    """Nothing allows to share with this person or team; the sentence says what is missing."""

    code = "sharing_basis_missing"

    def __init__(self, missing: Sentence, **values: object) -> None:
        super().__init__()
        self.missing, self.values = missing, values

    def detail(self, language: str | None = None) -> str:
        said = {name: one.say(language) if isinstance(one, Sentence) else one for name, one in self.values.items()}
        return self.missing.say(language, **said)


class Opposed(Conflict):
    """The patient refuses that this person or team have their file."""

    code = "opposed"
    sentence = Sentence(
        fr="Le patient s’est opposé au partage de son dossier avec {name}.",
        en="The patient opposes sharing their file with {name}.",
    )


class OpenToYou(Conflict):
    """An emergency opens what is closed; this circle is not."""

    code = "open_to_you"
    sentence = Sentence(fr="Ce dossier vous est déjà ouvert.", en="This file is open to you already.")


class OtherCircle(Refused):
    """A circle of another trade: an emergency does not open it, and one does not begin it."""

    code = "other_circle"
    sentence = Sentence(
        fr="Votre métier n’exerce pas dans ce cercle ({circle}).",
        en="Your trade does not work in this circle ({circle}).",
    )

    def detail(self, language: str | None = None) -> str:
        said = {name: one.say(language) if isinstance(one, Sentence) else one for name, one in self.values.items()}
        return self.sentence.say(language, **said)


class CircleExists(Conflict):
    """Others follow this patient in this circle already."""

    code = "circle_exists"
    sentence = Sentence(
        fr="Ce cercle existe déjà. Demandez à ses membres de vous y ajouter.",
        en="This circle exists already. Ask its members to add you.",
    )


class ConsentWithdrawn(Conflict):
    """It has been withdrawn."""

    code = "consent_withdrawn"
    sentence = Sentence(fr="Ce consentement a déjà été retiré.", en="This consent has been withdrawn already.")


class FollowedThere(Conflict):
    """The follow-up is where it was to be transferred."""

    code = "followed_there"
    sentence = Sentence(fr="Le suivi est déjà à {entity}.", en="The follow-up is at {entity} already.")


class NobodyThere(Conflict):
    """Nobody at the destination would see the patient."""

    code = "nobody_there"
    sentence = Sentence(
        fr="Personne à {entity} ne répond de ce suivi. Gardez quelqu’un dans le cercle, ou créez-y une équipe.",
        en="Nobody at {entity} answers for this follow-up. Keep someone in the circle, or set up a team there.",
    )
