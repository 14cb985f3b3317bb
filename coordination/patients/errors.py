"""What can be refused about a patient."""

from coordination.base.errors import Conflict
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
