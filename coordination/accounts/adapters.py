"""What allauth asks of Liaison: who may sign in, how attempts are counted, how secrets are kept."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, JsonResponse

from coordination.accounts import sessions, throttle
from coordination.accounts.errors import AccessEnded
from coordination.accounts.models import Person
from coordination.accounts.recent import is_recent
from coordination.accounts.signin import hindrance
from coordination.audit import actions as audit
from coordination.base import encryption
from coordination.base.action import acting
from coordination.base.errors import AppError


def said(refusal: AppError, *, status: int | None = None) -> JsonResponse:
    """A refusal of ours in the shape of allauth's as well: `{status, code, detail, errors: [{code, message}]}`."""
    body = refusal.body()
    status = status or refusal.status
    errors = [{"code": body["code"], "message": body["detail"]}]
    return JsonResponse({"status": status, **body, "errors": errors}, status=status)


def ways(request: HttpRequest, person: Person) -> list[str]:
    """By what this session was opened, for the audit: `["password", "totp"]`, `["passkey"]`."""
    return [_way(record) for record in get_authentication_records(request, person)]


def _way(record: dict[str, Any]) -> str:
    if record.get("passwordless"):
        return "passkey"
    return str(record.get("type") or record.get("provider") or record["method"])


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; attempts are counted by `throttle`; every opening, closing and refusal is audited."""

    _used: list[Any]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the middleware found: behind the proxy, the address that the proxy saw."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        used = throttle.consume(request, str(credentials.get("username", "")))
        if used is None:
            raise self.validation_error("too_many_login_attempts")
        self._used = used

    def _rollback_login_failed_rl_usage(self) -> None:
        throttle.roll_back(self._used)

    def pre_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse | None:
        """Whoever has no access any more is told so, once they have proved who they are."""
        if user.has_access and not user.is_service:
            return None
        with acting():
            audit.record(user, "session.refused", user, detail={"why": AccessEnded.code, "by": ways(request, user)})
        clear_login(request)
        raise ImmediateHttpResponse(said(AccessEnded(), status=403))

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        """The session that has begun is whole, or still lacks something."""
        response: HttpResponse = super().post_login(request, user, **hooks)
        missing = hindrance(request, user)
        detail = {"by": ways(request, user), **({"missing": missing.code} if missing else {})}
        with acting():
            audit.record(user, "session.begun" if missing else "session.opened", user, detail=detail)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Person):
            with acting():
                audit.record(request.user, "session.closed", request.user)
                sessions.forget_session(request.session.session_key)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        user.set_password(password)
        user.password_to_change = False
        user.save(update_fields=["password", "password_to_change"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The same rule as that of `require_recent`, for whoever has no password as well."""
        if not is_recent(context.request):
            raise ReauthenticationRequired
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; people are named by their login, and Liaison by its name."""

    def get_totp_issuer(self) -> str:
        return "Liaison"

    def encrypt(self, text: str) -> str:
        return base64.b64encode(encryption.encrypt(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(base64.b64decode(encrypted_text))

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.login)

    def _get_site_name(self) -> str:
        return "Liaison"
