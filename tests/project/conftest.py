"""A centre in which everything exists once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from allauth.usersessions.models import UserSession

from calendar_sync.actions import open_feed
from coordination.accounts.models import Absence, AccessToken, Correspondent, Person
from coordination.agenda.actions import Booking, book, open_agenda
from coordination.agenda.models import AppointmentType
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.patients.agreements import Agreed, Refusal, record_consent, record_opposition
from coordination.protocols.actions import enrol
from coordination.protocols.facts import Given
from coordination.protocols.library import load_library
from coordination.protocols.models import ProtocolVersion
from coordination.tasks.actions import Line, NewTask, create_task
from messaging.posting import Post, post_messages
from tests.conftest import make_person


@dataclass(frozen=True)
class World:
    """The ids of what there is, by the name of the parameter that asks for it."""

    ids: dict[str, UUID | int]

    def fill(self, path: str) -> str:
        """A path with the ids of what there is."""
        return path.format(**self.ids)


@pytest.fixture
def world(
    centre: Any, nurse: Person, doctor: Person, secretary: Person, patient: Any, conversation: Any, queues: Any
) -> World:
    message = uuid7()
    post_messages([Post(nurse, message, conversation.pk, "Pansement refait.")])
    task = create_task(
        NewTask(queue=queues["secretariat"], title="Rappeler", patient=patient, checklist=[Line("Une ligne")]), by=nurse
    )
    agenda = open_agenda(centre, kind="person", name="Dr Roux", person=doctor)
    room = open_agenda(centre, kind="room", name="Salle 1")
    kind = AppointmentType.objects.create(organisation=centre, name="Consultation")
    at = (clock.now() + timedelta(days=7)).replace(hour=14, minute=0, second=0, microsecond=0, tzinfo=None)
    booking = Booking(agendas=[agenda, room], local_start=at, patient=patient, type=kind)
    appointment = book(booking, by=secretary)
    load_library()
    protocol = ProtocolVersion.objects.get(code="dt2", current=True)
    plan = enrol(patient, protocol, Given(anchors={"inclusion": clock.today()}), by=doctor)
    feed, _ = open_feed(agenda, by=doctor)
    elsewhere = UserSession.objects.create(pk=4_812_734_019, user=nurse, session_key="hers", ip="192.0.2.7")
    circle = patient.care_teams.get()
    agreed = Agreed(scope="le suivi", recipients="la pharmacie", collected_on=clock.today(), how="oral")
    refusal = Refusal(person=make_person(centre, "Paul Henry", "chirurgien_dentiste", "Dentiste", "soignant"))
    now = clock.now()
    return World(
        {
            "organisation_id": centre.pk,
            "token_id": AccessToken.objects.create(person=nurse, digest="hers", expires_at=now + timedelta(days=1)).pk,
            "account_id": Person.objects.create_person("logiciel", None, organisation=centre, is_service=True).pk,
            "role_id": centre.roles.get(code="soignant").pk,
            "membership_id": nurse.memberships.get().pk,
            "team_id": queues["secretariat"].team_id,
            "absence_id": Absence.objects.create(
                person=nurse, starts_at=now + timedelta(days=30), ends_at=now + timedelta(days=40)
            ).pk,
            "correspondent_id": Correspondent.objects.create(
                organisation=centre, kind="pharmacy", name="Pharmacie des Lilas"
            ).pk,
            "consent_id": record_consent(circle, agreed, by=doctor).pk,
            "opposition_id": record_opposition(circle, refusal, by=doctor).pk,
            "patient_id": patient.pk,
            "member_id": circle.members.order_by("pk").first().pk,
            "conversation_id": conversation.pk,
            "message_id": message,
            "task_id": task.pk,
            "item_id": task.checklist.get().pk,
            "queue_id": queues["secretariat"].pk,
            "agenda_id": agenda.pk,
            "room_id": room.pk,
            "type_id": kind.pk,
            "appointment_id": appointment.pk,
            "protocol_id": protocol.pk,
            "plan_id": plan.pk,
            "step_id": plan.steps.order_by("due_on", "code").first().pk,
            "feed_id": feed.pk,
            "person_id": nurse.pk,
            "session_id": elsewhere.pk,
        }
    )
