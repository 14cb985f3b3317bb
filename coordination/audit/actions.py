"""Recording an act, in the transaction of the act itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model

from coordination.audit import origin
from coordination.audit.models import Entry
from coordination.base import clock


class Actor(Protocol):
    """Whoever acts: a person, known by a UUID and an organisation."""

    @property
    def id(self) -> UUID: ...
    @property
    def organisation_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class Act:
    """One act on a subject that need not be loaded."""

    by: Actor
    kind: str
    subject_kind: str
    subject_id: UUID
    patient_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def record(
    by: Actor | None,
    kind: str,
    subject: Model | None = None,
    *,
    patient: UUID | None = None,
    organisation: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one audit entry, e.g. `record(person, "task.completed", task, patient=task.patient_id)`.

    `detail` takes plain values and never a message's body or a secret. The patient is found on the subject
    (`subject.patient_id`) unless told.
    """
    Entry.objects.create(
        organisation_id=organisation or (by.organisation_id if by else None),
        at=clock.now(),
        actor_id=by.id if by else None,
        kind=kind,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        patient_id=patient or getattr(subject, "patient_id", None),
        detail=detail or {},
        address=origin.address(),
    )


def record_many(acts: Iterable[Act]) -> None:
    """Add the entries of many acts in one statement."""
    at, address = clock.now(), origin.address()
    Entry.objects.bulk_create(
        Entry(
            organisation_id=act.by.organisation_id,
            at=at,
            actor_id=act.by.id,
            kind=act.kind,
            subject_kind=act.subject_kind,
            subject_id=act.subject_id,
            patient_id=act.patient_id,
            detail=act.detail,
            address=address,
        )
        for act in acts
    )
