"""Recording an act, in the transaction of the act itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import orjson
from django.db.models import Model

from coordination.audit import origin
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.base.sql import prepared


class Actor(Protocol):
    """Whoever acts: a person, known by a UUID and an organisation, and by where they sit if it is not in a request."""

    @property
    def id(self) -> UUID: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def address(self) -> str | None: ...


@dataclass(frozen=True)
class Act:
    """One act on a subject that need not be loaded."""

    by: Actor
    kind: str
    subject_kind: str
    subject_id: UUID
    patient_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


_INSERT = """
INSERT INTO audit_entry
    (id, organisation_id, at, actor_id, kind, subject_kind, subject_id, patient_id, detail, address)
SELECT e.id, e.organisation_id, %(at)s, e.actor_id, e.kind, e.subject_kind, e.subject_id, e.patient_id, e.detail,
    e.address
FROM jsonb_to_recordset(%(entries)s::jsonb) AS e(id uuid, organisation_id uuid, actor_id uuid, kind text,
    subject_kind text, subject_id uuid, patient_id uuid, detail jsonb, address inet)
"""


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
    entry = _entry(
        by,
        organisation_id=organisation or (by.organisation_id if by else None),
        kind=kind,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        patient_id=patient or getattr(subject, "patient_id", None),
        detail=detail or {},
    )
    _insert([entry])


def record_many(acts: Iterable[Act]) -> None:
    """Add the entries of many acts in one statement."""
    _insert([_entry(act.by, organisation_id=act.by.organisation_id, **_said(act)) for act in acts])


def _said(act: Act) -> dict[str, Any]:
    return {name: getattr(act, name) for name in ("kind", "subject_kind", "subject_id", "patient_id", "detail")}


def _entry(by: Actor | None, **said: Any) -> dict[str, Any]:
    address = origin.address() or (by.address if by else None)
    return {"id": uuid7(), "actor_id": by.id if by else None, "address": address, **said}


def _insert(entries: list[dict[str, Any]]) -> None:
    """As plain SQL: every write passes here."""
    told: dict[str, Any] = {"at": clock.now(), "entries": orjson.dumps(entries).decode()}
    with prepared() as cursor:
        cursor.execute(_INSERT, told)
