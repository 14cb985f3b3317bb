"""What Liaison holds about one patient, section by section, each reached from who exports it.

A section's fields are named one by one: a new column is exported when someone decides so, and a test finds a model that
no section covers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Substr

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.agenda.models import Appointment, AppointmentMove
from coordination.audit.models import Entry
from coordination.base.language import Sentence
from coordination.patients.models import CareTeam, CareTeamMember, Consent, Opposition, Patient, Transfer
from coordination.protocols.models import Plan, Reminder, Step, StepMove
from coordination.tasks.models import ChecklistItem, Task, TaskMove
from messaging.models import Conversation, Message, Participation
from notifications.models import Delivery, DeliveryMove

Rows = Callable[[Patient, Person], QuerySet[Any]]


@dataclass(frozen=True)
class Section:
    """The rows of one table about the patient: all of them, and those the exporter may see."""

    name: str
    model: type[Model]
    all: Callable[[Patient], QuerySet[Any]]
    fields: tuple[str, ...]
    reach: Rows | None = None
    """Those the exporter may see, where the model itself cannot tell."""
    right: Right | None = None
    """What the exporter must hold beyond the export, or the section is not in the file."""
    without: Sentence | None = None
    """What the file says when it is not."""

    def seen(self, patient: Patient, by: Person) -> QuerySet[Any]:
        """Those in the exporter's reach, in the order in which they came to be."""
        rows = self.reach(patient, by) if self.reach else self.all(patient)
        visible_to = getattr(self.model._default_manager, "visible_to", None)
        if visible_to is not None:
            rows = rows.filter(pk__in=visible_to(by).values("pk"))
        return rows.order_by(self.fields[1], "pk")


def _of(model: type[Model], path: str = "patient") -> Callable[[Patient], QuerySet[Any]]:
    """The rows of a model that lead to the patient by a path of relations."""
    return lambda patient: model._default_manager.filter(**{path: patient})


def _deliveries(patient: Patient) -> QuerySet[Delivery]:
    return Delivery.objects.filter(recipient=str(patient.pk))


def _deliveries_seen(patient: Patient, by: Person) -> QuerySet[Delivery]:
    """Those about a step or an appointment that the exporter sees; an occurrence of the latter begins with its id."""
    reminders = Reminder.objects.visible_to(by).filter(patient=patient)
    appointments = Appointment.objects.visible_to(by).filter(patient=patient).annotate(key=Cast("pk", CharField()))
    about = appointments.filter(key=Substr(OuterRef("occurrence"), 1, 36))
    return _deliveries(patient).filter(Q(pk__in=reminders.values("delivery_id")) | Exists(about))


WITHOUT_LOG = Sentence(
    fr="Le journal des accès n’est pas dans ce fichier : ses lignes ne disent pas de quel cercle elles relèvent. Le "
    "centre le remet au patient qui le demande.",
    en="The access log is not in this file: its lines do not say which circle they belong to. The centre hands it to "
    "the patient who asks for it.",
)

SECTIONS = (
    Section("circles", CareTeam, _of(CareTeam), ("id", "circle")),
    Section(
        "circle_members",
        CareTeamMember,
        _of(CareTeamMember, "care_team__patient"),
        (
            *("care_team_id", "since", "until", "person_id", "team__name", "role", "why", "added_by_id"),
            *("basis", "basis_why", "consent_id"),
        ),
    ),
    Section(
        "consents",
        Consent,
        _of(Consent),
        (
            *("id", "recorded_at", "care_team_id", "scope", "recipients", "collected_on", "collected_by_id", "how"),
            *("evidence", "withdrawn_at"),
        ),
    ),
    Section(
        "oppositions",
        Opposition,
        _of(Opposition),
        (
            *("id", "recorded_at", "care_team_id", "person_id", "team__name", "everyone", "note", "recorded_by_id"),
            "lifted_at",
        ),
    ),
    Section(
        "transfers",
        Transfer,
        _of(Transfer, "care_team__patient"),
        ("id", "at", "care_team_id", "from_entity__name", "to_entity__name", "why", "by_id"),
    ),
    Section("conversations", Conversation, _of(Conversation), ("id", "last_at", "title", "care_team_id")),
    Section(
        "invitations",
        Participation,
        _of(Participation, "conversation__patient"),
        ("conversation_id", "since", "until", "person_id", "basis", "basis_why", "consent_id", "added_by_id"),
    ),
    Section(
        "messages",
        Message,
        _of(Message, "conversation__patient"),
        ("id", "at", "conversation_id", "ordinal", "author_id", "body"),
    ),
    Section(
        "tasks",
        Task,
        _of(Task),
        (
            *("id", "created_at", "queue__name", "title", "note", "status", "priority", "due_on", "done_at"),
            *(
                "origin_kind",
                "origin_id",
                "origin_label",
                "created_by_id",
                "claimed_by_id",
                "assignee_id",
                "done_by_id",
            ),
        ),
    ),
    Section("task_moves", TaskMove, _of(TaskMove, "task__patient"), ("task_id", "at", "status", "by_id")),
    Section(
        "checklists",
        ChecklistItem,
        _of(ChecklistItem, "task__patient"),
        ("task_id", "position", "label", "done_at", "done_by_id"),
    ),
    Section(
        "appointments",
        Appointment,
        _of(Appointment),
        (
            *("id", "starts_at", "ends_at", "time_zone", "status", "type__name", "site__name", "note"),
            *("task_id", "booked_by_id", "created_at"),
        ),
    ),
    Section(
        "appointment_moves",
        AppointmentMove,
        _of(AppointmentMove, "appointment__patient"),
        ("appointment_id", "at", "kind", "status", "starts_at", "by_id"),
    ),
    Section(
        "plans",
        Plan,
        _of(Plan),
        (
            *("id", "created_at", "code", "status", "anchors", "flags", "measures", "left_out", "ended_at"),
            *("end_reason", "enrolled_by_id"),
        ),
    ),
    Section(
        "steps",
        Step,
        _of(Step, "plan__patient"),
        (
            *("plan_id", "due_on", "id", "code", "occurrence", "title", "role", "opens_on", "late_after", "status"),
            *("done_on", "done_by_id", "task_id"),
        ),
    ),
    Section("step_moves", StepMove, _of(StepMove, "step__plan__patient"), ("step_id", "at", "status", "why", "by_id")),
    Section("reminders", Reminder, _of(Reminder), ("id", "created_at", "week", "delivery_id")),
    Section(
        "mails",
        Delivery,
        _deliveries,
        ("id", "created_at", "channel", "what", "address", "language", "template", "status", "sent_at", "error"),
        reach=_deliveries_seen,
    ),
    Section(
        "mail_moves",
        DeliveryMove,
        lambda patient: DeliveryMove.objects.filter(delivery__recipient=str(patient.pk)),
        ("delivery_id", "at", "status", "why"),
        reach=lambda patient, by: DeliveryMove.objects.filter(delivery__in=_deliveries_seen(patient, by)),
    ),
    Section(
        "access_log",
        Entry,
        lambda patient: Entry.objects.filter(patient_id=patient.pk),
        ("id", "at", "kind", "actor_id", "subject_kind", "subject_id"),
        right=Right.AUDIT_READ,
        without=WITHOUT_LOG,
    ),
)

IDENTITY = (
    *("id", "birth_name", "birth_given_names", "used_name", "used_given_name", "birth_date", "birth_date_precision"),
    *("birth_place_code", "sex", "identity_status", "attributes", "matricule", "matricule_oid", "phone", "email"),
    *("email_consent", "language", "postcode", "city", "deceased_on", "record_links", "created_at"),
)
