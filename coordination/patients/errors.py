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
