"""Every refusal leaves as `{code, detail, fields?}` in the asker's language, and never with a trace."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from coordination.base.errors import AppError, Internal, Invalid, NotFound, NotSignedIn, Refused, TooLarge, TooMany
from coordination.base.language import Sentence
from coordination.base.wording import invalid

log = logging.getLogger(__name__)


class Malformed(AppError):
    """Not something that can be read as a request."""

    code = "malformed"
    status = 400
    sentence = Sentence(fr="La demande est illisible.", en="The request cannot be read.")


class BadCsrf(AppError):
    """The page that asks is not known to be ours: its token is missing or old."""

    code = "csrf"
    status = 403
    sentence = Sentence(
        fr="Cette page n’est plus à jour. Rechargez-la puis recommencez.",
        en="This page is out of date. Reload it, then try again.",
    )


class WrongMethod(AppError):
    """The address exists, and does not do this."""

    code = "method_not_allowed"
    status = 405
    sentence = Sentence(fr="Cette adresse ne permet pas cette opération.", en="This address does not do that.")


BY_STATUS: dict[int, type[AppError]] = {
    400: Malformed,
    401: NotSignedIn,
    403: Refused,
    404: NotFound,
    405: WrongMethod,
    413: TooLarge,
    422: Invalid,
    429: TooMany,
}


def of_http_error(error: HttpError) -> AppError:
    """What the framework refuses by a bare status, as one of ours."""
    if error.message == "csrf":
        return BadCsrf()
    return BY_STATUS.get(error.status_code, Malformed if error.status_code < 500 else Internal)()


def register(api: NinjaAPI) -> None:
    """Have one API render every exception as a refusal."""

    @api.exception_handler(AppError)
    def render(request: HttpRequest, refusal: AppError) -> HttpResponse:
        return api.create_response(request, refusal.body(), status=refusal.status)

    @api.exception_handler(ValidationError)
    def bad_fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return render(request, invalid(error.errors))

    @api.exception_handler(HttpError)
    def bare_status(request: HttpRequest, error: HttpError) -> HttpResponse:
        return render(request, of_http_error(error))

    @api.exception_handler(Http404)
    def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
        return render(request, NotFound())

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return render(request, TooLarge())

    @api.exception_handler(Exception)
    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("unexpected exception at %s %s", request.method, request.path, exc_info=error)
        got_request_exception.send(sender=None, request=request)
        return render(request, Internal())
