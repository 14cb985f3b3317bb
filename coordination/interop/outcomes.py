"""Refusals in FHIR's own words: an OperationOutcome with the right status."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from fhir.resources.R4B.operationoutcome import OperationOutcome
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from coordination.base.errors import AppError, Internal, Invalid, NotFound, NotSignedIn, Refused

log = logging.getLogger(__name__)

CODES = {401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 409: "conflict", 422: "invalid"}
MEDIA_TYPE = "application/fhir+json; charset=utf-8"


def outcome(refusal: AppError) -> HttpResponse:
    """The refusal as an OperationOutcome."""
    issue = {
        "severity": "error",
        "code": CODES.get(refusal.status, "exception" if refusal.status >= 500 else "processing"),
        "details": {"text": refusal.detail()},
    }
    body = OperationOutcome.model_validate({"issue": [issue]}).model_dump_json(exclude_none=True)
    return HttpResponse(body, status=refusal.status, content_type=MEDIA_TYPE)


def register(api: NinjaAPI) -> None:
    """Have one API render every exception as an OperationOutcome."""

    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("unexpected exception at %s %s", request.method, request.path, exc_info=error)
        got_request_exception.send(sender=None, request=request)
        return outcome(Internal())

    known: dict[int, Callable[[], AppError]] = {401: NotSignedIn, 403: Refused}
    handlers: list[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = [
        (AppError, lambda request, error: outcome(error)),
        (ValidationError, lambda request, error: outcome(Invalid())),
        (HttpError, lambda request, error: outcome(known.get(error.status_code, NotFound)())),
        (Exception, unexpected),
    ]
    for kind, handle in handlers:
        api.add_exception_handler(kind, handle)
