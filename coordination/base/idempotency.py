"""Creating requests can be sent again: the first answer is kept, in the transaction of the write, and given again."""

import hashlib
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.decorators import decorate_view
from ninja.params.functions import Header
from ninja.utils import contribute_operation_args

from coordination.base import clock
from coordination.base.action import acting
from coordination.base.errors import Invalid
from coordination.base.language import Sentence
from coordination.base.models import IdempotencyAnswer

MEMORY = timedelta(hours=24)

V = TypeVar("V", bound=Callable[..., Any])
Run = Callable[..., HttpResponseBase]


class IdempotencyKeyReused(Invalid):
    """The key has already served for another request."""

    code = "idempotency_key_reused"
    sentence = Sentence(
        fr="Cette clé d’idempotence a déjà servi pour une autre demande.",
        en="This idempotency key has already been used for another request.",
    )


class _Undo(Exception):
    """Leaves the transaction of a request that was refused, with the answer to give."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


def idempotent(view: V) -> V:
    """Require `Idempotency-Key` (8–80 characters) on a django-ninja view and run it once per person and key.

    Placed under the route decorator. A retry within 24 h receives the first status and body; a retry that arrives while
    the first is under way waits for it; the same key with another method, path or body is refused (422). A request that
    was refused wrote nothing, so its key stays free.
    """

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = kwargs.pop("idempotency_key")
        earlier = _reserve(request, key)
        return earlier if earlier is not None else view(request, *args, **kwargs)

    contribute_operation_args(once, "idempotency_key", str, _HEADER)
    return cast("V", decorate_view(_in_one_transaction)(once))


_HEADER: Any = Header(
    ...,
    alias="Idempotency-Key",
    min_length=8,
    max_length=80,
    pattern=r"^[\x21-\x7e]+$",
    description="Made by the client, the same on every retry of one request.",
)


def _in_one_transaction(run: Run) -> Run:
    """The write and its answer commit together; a refusal takes the reservation back."""

    @wraps(run)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            with acting():
                response = run(request, **kwargs)
                if response.status_code >= 400:
                    raise _Undo(response)
                _keep(request, response)
        except _Undo as refused:
            return refused.response
        return response

    return wrapped


def _reserve(request: HttpRequest, key: str) -> HttpResponse | None:
    """The answer already given under this key; `None` when this request is the first and now owns the key.

    PostgreSQL makes a concurrent insert of the same key wait here until the first one's transaction has ended.
    """
    person: UUID = request.auth.pk  # type: ignore[attr-defined]
    row = IdempotencyAnswer(person_id=person, key=key, fingerprint=_fingerprint(request))
    mine = IdempotencyAnswer.objects.filter(person_id=person, key=key)
    mine.filter(at__lt=clock.now() - MEMORY).delete()
    IdempotencyAnswer.objects.bulk_create([row], ignore_conflicts=True)
    kept = mine.get()
    if kept.fingerprint != row.fingerprint:
        raise IdempotencyKeyReused
    if kept.status:
        return HttpResponse(bytes(kept.body), status=kept.status, content_type="application/json; charset=utf-8")
    request.idempotency_row = kept.pk  # type: ignore[attr-defined]
    return None


def _keep(request: HttpRequest, response: HttpResponseBase) -> None:
    row: int | None = getattr(request, "idempotency_row", None)
    if row is not None and isinstance(response, HttpResponse):
        body = _without_secrets(response.content, getattr(request, "shown_once", ()))
        IdempotencyAnswer.objects.filter(pk=row).update(status=response.status_code, body=body)


def show_once(request: HttpRequest, *fields: str) -> None:
    """Have these fields of the answer be given the first time only: what is kept for a retry has them empty."""
    request.shown_once = fields  # type: ignore[attr-defined]


def _without_secrets(body: bytes, fields: Collection[str]) -> bytes:
    return orjson.dumps(orjson.loads(body) | dict.fromkeys(fields, "")) if fields else body


def _fingerprint(request: HttpRequest) -> str:
    """SHA-256 of method, path and body."""
    said = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(said).hexdigest()
