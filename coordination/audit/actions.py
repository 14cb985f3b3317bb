"""Recording an act, in the transaction of the act itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import orjson
from django.db.models import Model

from coordination.audit import origin
from coordination.audit.behalf import on_behalf_of
from coordination.audit.changed import changed
from coordination.audit.models import Entry
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
    """One act on a subject that need not be loaded; `organisation_id` is told where nobody acts."""

    by: Actor | None
    kind: str
    subject_kind: str
    subject_id: UUID
    patient_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    organisation_id: UUID | None = None


_INSERT = """
INSERT INTO audit_entry
    (id, organisation_id, at, actor_id, on_behalf_of_id, kind, subject_kind, subject_id, patient_id, detail, address)
SELECT e.id, e.organisation_id, %(at)s, e.actor_id, e.on_behalf_of_id, e.kind, e.subject_kind, e.subject_id,
    e.patient_id, e.detail, e.address
FROM jsonb_to_recordset(%(entries)s::jsonb) AS e(id uuid, organisation_id uuid, actor_id uuid, on_behalf_of_id uuid,
    kind text, subject_kind text, subject_id uuid, patient_id uuid, detail jsonb, address inet)
"""

READING = timedelta(minutes=10)
"""A page that stays open reads again at each change: within this time it is the same reading."""


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

    `detail` takes plain values and never a message's body or a secret; what changed goes in it as
    `{"changes": changes(before, after)}`. The patient is found on the subject (`subject.patient_id`) unless told.
    Every kind has its sentence in `sentences.KINDS`.
    """
    patient = patient or getattr(subject, "patient_id", None)
    entry = _entry(
        by,
        on_behalf_of_id=on_behalf_of(by, subject, patient),
        organisation_id=organisation or (by.organisation_id if by else None),
        kind=kind,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        patient_id=patient,
        detail=detail or {},
    )
    _insert([entry])


def record_many(acts: Iterable[Act]) -> None:
    """Add the entries of many acts in one statement."""
    _insert([_entry(act.by, organisation_id=_organisation(act), **_said(act)) for act in acts])


def _organisation(act: Act) -> UUID | None:
    return act.organisation_id or (act.by.organisation_id if act.by else None)


def record_reading(by: Actor, kind: str, subject: Model, *, patient: UUID | None = None) -> bool:
    """Add the reading of a thing, once in `READING` for one person, thing, patient and kind; whether one was added."""
    since = clock.now() - READING
    patient = patient or getattr(subject, "patient_id", None)
    same = Entry.objects.filter(actor_id=by.id, at__gt=since, kind=kind, subject_id=subject.pk, patient_id=patient)
    if same.exists():
        return False
    record(by, kind, subject, patient=patient)
    return True


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any] | None]:
    """What differs, as `{"field": [before, after]}` in plain values; only named (None) when it may not be kept."""
    return changed(before, after)


def _said(act: Act) -> dict[str, Any]:
    said = {name: getattr(act, name) for name in ("kind", "subject_kind", "subject_id", "patient_id", "detail")}
    return {**said, "on_behalf_of_id": on_behalf_of(act.by, None, act.patient_id)}


def _entry(by: Actor | None, *, detail: dict[str, Any], **said: Any) -> dict[str, Any]:
    address = origin.address() or (by.address if by else None)
    if label := origin.token():
        detail = {**detail, "token": label}
    return {"id": uuid7(), "actor_id": by.id if by else None, "address": address, "detail": detail, **said}


def _insert(entries: list[dict[str, Any]]) -> None:
    """As plain SQL: every write passes here."""
    told: dict[str, Any] = {"at": clock.now(), "entries": orjson.dumps(entries).decode()}
    with prepared() as cursor:
        cursor.execute(_INSERT, told)
