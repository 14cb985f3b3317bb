"""What can be refused about an appointment."""

from typing import Any

from coordination.base.errors import AppError, Conflict, Invalid
from coordination.base.language import Sentence

STATES: dict[str, Sentence] = {
    "booked": Sentence(fr="réservé", en="booked"),
    "confirmed": Sentence(fr="confirmé", en="confirmed"),
    "cancelled": Sentence(fr="annulé", en="cancelled"),
}

NO_SUCH_TIME = Sentence(
    fr="Cette heure n’existe pas ce jour-là : on passe à l’heure d’été.",
    en="This time does not exist on that day: the clocks go forward.",
)
IN_ORDER = Sentence(fr="La fin doit venir après le début.", en="The end must come after the start.")
TOO_LONG = Sentence(fr="Demandez {days} jours au plus.", en="Ask for {days} days at most.")
NOT_YOURS = Sentence(fr="Introuvable, ou hors de votre accès.", en="Not found, or not yours to see.")


class AgendaTaken(Conflict):
    """The person, room or equipment is taken at that time; `blocking` is the appointment in the way."""

    code = "agenda_taken"
    sentence = Sentence(
        fr="{who} a déjà un rendez-vous de {start} à {end}{whom}.",
        en="{who} already has an appointment from {start} to {end}{whom}.",
    )

    def __init__(self, *, blocking: dict[str, Any], who: str, start: str, end: str, whom: str) -> None:
        super().__init__(who=who, start=start, end=end, whom=whom)
        self.blocking = blocking

    def body(self, language: str | None = None) -> dict[str, Any]:
        return super().body(language) | {"blocking": self.blocking}


class AppointmentChanged(Conflict):
    """Somebody else changed it since this screen was drawn."""

    code = "appointment_changed"
    sentence = Sentence(
        fr="Ce rendez-vous a été modifié entre-temps. L’agenda vient d’être mis à jour.",
        en="This appointment was changed in the meantime. The agenda has just been refreshed.",
    )


class CannotMove(Conflict):
    """The appointment is in a state from which this is not possible."""

    code = "appointment_cannot_move"
    sentence = Sentence(fr="Ce rendez-vous est déjà {state}.", en="This appointment is already {state}.")


class NoSuchTime(Invalid):
    """A wall time that the clocks skip."""

    def __init__(self) -> None:
        super().__init__(fields={"local_start": NO_SUCH_TIME})


class LinkGone(AppError):
    """The patient's link was right once: its appointment is over or cancelled."""

    code = "link_gone"
    status = 410
