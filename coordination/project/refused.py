"""What somebody asked for and was refused, for the access log: without flooding it, and only of what exists."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from coordination.accounts.models import Person
from coordination.agenda.models import Appointment
from coordination.audit import actions as audit
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.action import action
from coordination.patients.models import Patient
from coordination.protocols.models import Plan, Step
from coordination.tasks.models import Task
from messaging.models import Conversation

Next = Callable[[HttpRequest], HttpResponseBase]

ABOUT: dict[str, type[Model]] = {
    "patient_id": Patient,
    "conversation_id": Conversation,
    "task_id": Task,
    "appointment_id": Appointment,
    "plan_id": Plan,
    "step_id": Step,
}
"""What the names in our addresses stand for."""
KINDS = ("patient.refused", "request.refused")
NO_REFUSAL = {"csrf", "reauthentication_required"}
"""Codes of a 403 that only asks for something first."""
SAME = timedelta(minutes=10)
MOST = 30
"""How many refusals of one person are told in that time; the last of them says that there may be more."""


def audit_refusals(get_response: Next) -> Next:
    """After the answer: a 403, or a 404 for something that exists, of somebody who is signed in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        person = getattr(request, "person", None)
        if response.status_code in {403, 404} and isinstance(person, Person):
            _note(request, response, person)
        return response

    return middleware


def _note(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    subject = _subject(request)
    if _code(response) in NO_REFUSAL or (response.status_code == 404 and subject is None):
        return
    match = request.resolver_match
    record_refusal(person, subject, route=f"{request.method} /{match.route if match else ''}")


def _subject(request: HttpRequest) -> Model | None:
    """The thing that the address names, if there is one."""
    given = request.resolver_match.kwargs if request.resolver_match else {}
    for name, model in ABOUT.items():
        if name in given and (pk := _uuid(given[name])):
            return model._default_manager.filter(pk=pk).first()
    return None


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _code(response: HttpResponseBase) -> str:
    """The code of a refusal; empty when it is none of ours."""
    try:
        return str(orjson.loads(getattr(response, "content", b""))["code"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""


@action
def record_refusal(by: Person, subject: Model | None, *, route: str) -> None:
    """Once in `SAME` for one person, thing and route, and at most `MOST` times in all."""
    recent = Entry.objects.filter(actor_id=by.pk, at__gt=clock.now() - SAME, kind__in=KINDS)
    told = list(recent.values_list("subject_id", "detail__route"))
    if len(told) >= MOST or (subject.pk if subject else None, route) in told:
        return
    patient = _patient(subject)
    detail = {"route": route, **({"more": True} if len(told) == MOST - 1 else {})}
    audit.record(by, KINDS[0] if patient else KINDS[1], subject, patient=patient, detail=detail)


def _patient(subject: Model | None) -> UUID | None:
    if isinstance(subject, Patient):
        return subject.pk
    if isinstance(subject, Step):
        return subject.plan.patient_id
    found: UUID | None = getattr(subject, "patient_id", None)
    return found
