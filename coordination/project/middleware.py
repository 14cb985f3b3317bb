"""Around every request: a strict content policy, refusals in JSON under `/api`, and where whoever asks is."""

import secrets
from collections.abc import Callable

import orjson
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from coordination.audit.origin import coming_from
from coordination.base import network
from coordination.base.errors import Internal
from coordination.project.refusals import BY_STATUS, BadCsrf, Malformed

Next = Callable[[HttpRequest], HttpResponseBase]

_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{sockets}; worker-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def content_policy(get_response: Next) -> Next:
    """Only our own scripts and styles, and those that carry this request's `csp_nonce`."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce, sockets=_sockets(request)))
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return middleware


def _sockets(request: HttpRequest) -> str:
    """The WebSocket addresses of this host, which older browsers do not count as 'self'."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    return f" ws://{host} wss://{host}"


def plain_refusals(get_response: Next) -> Next:
    """Where programs ask, nothing is kept by caches, and what the framework itself refuses is JSON too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(("/api/", "/_allauth/")):
            return get_response(request)
        response = _unreadable() if _has_nul(request) else get_response(request)
        if response.status_code >= 400 and "json" not in response.headers.get("Content-Type", ""):
            response = _in_json(response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def _has_nul(request: HttpRequest) -> bool:
    """PostgreSQL keeps no NUL: it is refused wherever it hides."""
    places = [request.path, request.META.get("QUERY_STRING", ""), *request.COOKIES.values()]
    return any("\x00" in place or "%00" in place for place in places)


def _unreadable() -> HttpResponse:
    return HttpResponse(orjson.dumps(Malformed().body()), status=400, content_type="application/json; charset=utf-8")


def _in_json(response: HttpResponseBase) -> HttpResponse:
    """The same refusal as `{code, detail}`, with the headers that belong to its status."""
    status = response.status_code
    refusal = BadCsrf if status == 403 else BY_STATUS.get(status, Malformed if status < 500 else Internal)
    answer = HttpResponse(orjson.dumps(refusal().body()), status=status, content_type="application/json; charset=utf-8")
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    answer.cookies = response.cookies
    return answer


def client_address(get_response: Next) -> Next:
    """Behind the proxy, whoever asks is at the address that the proxy saw."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        meta["REMOTE_ADDR"] = network.client_address(meta.get("REMOTE_ADDR"), meta.get("HTTP_X_FORWARDED_FOR", ""))
        return get_response(request)

    return middleware


def audit_origin(get_response: Next) -> Next:
    """Audit entries say from which address they came."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with coming_from(request.META.get("REMOTE_ADDR")):
            return get_response(request)

    return middleware
