"""What the agenda learns from the outbox: how a mail about an appointment ended."""

from typing import Any

from coordination.agenda.mails import TEMPLATES, find, tell_again
from coordination.agenda.models import Appointment
from coordination.base.language import Sentence
from coordination.patients.actions import tell_story
from coordination.patients.rules import OTHER_ADDRESS
from coordination.tasks.undelivered import ask_to_check_address
from notifications.models import Delivery

NOTE = Sentence(
    fr="Le mail au sujet du rendez-vous du {at:%d/%m/%Y} à {at:%H:%M} n’est pas arrivé à {address}. "
    "Prévenez le patient autrement et corrigez son adresse.",
    en="The mail about the appointment of {at:%d/%m/%Y} at {at:%H:%M} did not arrive at {address}. "
    "Tell the patient in another way and correct the address.",
)


def follow_mail(sender: type[Delivery], *, delivery: Delivery, **_: Any) -> None:
    """A mail about an appointment ended: the patient's story says how.

    One that failed is somebody's to look into; one that waited for an old address leaves for the new one.
    """
    if delivery.what not in TEMPLATES:
        return
    appointment, _version = find(delivery.occurrence)
    if appointment is None or appointment.patient is None:
        return
    tell_story(appointment.patient.pk, "mail", delivery.pk, None)
    if delivery.status == Delivery.Status.FAILED:
        ask_to_check_address(delivery, patient=appointment.patient, note=_note(appointment, delivery))
    elif delivery.status == Delivery.Status.DROPPED and delivery.error == OTHER_ADDRESS:
        tell_again(appointment, delivery)


def _note(appointment: Appointment, delivery: Delivery) -> str:
    return NOTE.say(at=appointment.wall_start, address=delivery.address)
