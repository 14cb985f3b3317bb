"""The routes of allauth that Liaison serves, and no other: each audited, strict about its JSON, and answering in words.

`https://docs.allauth.org/en/latest/headless/` is their reference; there is no sign-up, no e-mail code and no reset by
mail. What is stricter here than in allauth: a session that has only given a password may set up a first second factor,
and never one beside another.
"""

import logging
from http import HTTPStatus
from typing import Any

import orjson
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account import views as account
from allauth.headless.base import views as base
from allauth.headless.base.response import ReauthenticationResponse
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.inputs import Input
from allauth.headless.internal.restkit.response import ErrorResponse
from allauth.headless.mfa import inputs
from allauth.headless.mfa import views as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidSignature
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import translation

from coordination.accounts import sessions, throttle
from coordination.accounts.actions import raise_epoch
from coordination.accounts.adapters import said, ways
from coordination.accounts.errors import AlreadySignedIn, PasswordElsewhere, SecondFactorKnown, TooManyAttempts
from coordination.accounts.models import Person
from coordination.accounts.recent import is_recent
from coordination.accounts.signin import (
    FACTOR_GONE,
    has_second_factor,
    is_strong,
    leave_stale,
    person_of_session,
)
from coordination.audit import actions as audit
from coordination.base.action import acting
from coordination.base.errors import AppError, Conflict, Refused

log = logging.getLogger(__name__)

WORDS: dict[int, type[AppError]] = {403: Refused, 409: AlreadySignedIn, 429: TooManyAttempts}
"""What allauth refuses by a bare status, in words."""
REFUSED = {
    "sign_in": "session.refused",
    "proof": "session.proof_refused",
    "factor": "second_factor.refused",
    "password": "password.refused",
}
"""The kind of audit entry that a refusal leaves, by what was tried."""
THROTTLED = {"too_many_login_attempts", "rate_limited"}
CODE_SECONDS = 120
"""How long a code of a generator is remembered once it has served: longer than it is good for."""


class Door(base.APIView):
    """What all these routes share; mixed into allauth's own view."""

    input: Any
    step: str | None = None
    """What is tried, of `REFUSED`; None leaves no audit entry when it is refused."""

    @property
    def person(self) -> Person:
        """Whoever is signed in, wholly or half; only where allauth has asked for that."""
        assert isinstance(self.request.user, Person)  # noqa: S101 – tells the type
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        leave_stale(request)
        if isinstance(request.user, Person):
            translation.activate(request.user.language)
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code in WORDS and b'"errors"' not in getattr(response, "content", b'"errors"'):
            return said(WORDS[response.status_code](), status=response.status_code)
        return response

    def _parse_json(self, request: HttpRequest) -> Any:
        """Strict JSON: no lone surrogate, no NaN, no endless nesting; an object or nothing."""
        if request.method == "GET" or not request.body:
            return None
        try:
            data = orjson.loads(request.body)
        except orjson.JSONDecodeError:
            data = None
        if not isinstance(data, dict) or b"\\u0000" in request.body:
            raise ImmediateHttpResponse(HttpResponse(status=HTTPStatus.BAD_REQUEST))
        return data

    def handle_input(self, data: Any) -> ErrorResponse | None:
        """A passkey's answer comes from a program: whatever in it cannot be read, or is not signed, is a wrong code."""
        try:
            return super().handle_input(data)
        except (TypeError, ValueError, LookupError, AttributeError, InvalidSignature) as error:
            log.info("an answer to a challenge cannot be read: %s", type(error).__name__)
            return self._refuse({"incorrect_code"}, get_adapter().validation_error("incorrect_code"))

    def handle_invalid_input(self, input: Input) -> ErrorResponse:  # noqa: A002 – allauth's name
        self._note_refusal({error.code or "" for errors in input.errors.as_data().values() for error in errors})
        response: ErrorResponse = super().handle_invalid_input(input)
        return response

    def _refuse(self, codes: set[str], error: ValidationError) -> ErrorResponse:
        self._note_refusal(codes)
        return ErrorResponse(self.request, exception=error)

    def _note_refusal(self, codes: set[str]) -> None:
        """Audited, unless nothing was tried: a form with a gap, or one attempt too many."""
        if self.step is None or codes <= THROTTLED | {"required", "invalid"}:
            return
        person = self.asker()
        by = None if self.step == "sign_in" else person
        where = person.organisation_id if person else None
        with acting():
            audit.record(by, REFUSED[self.step], person, organisation=where, detail={"why": min(codes - THROTTLED)})

    def asker(self) -> Person | None:
        """Whoever the request is said to come from."""
        stage = getattr(self, "stage", None)
        found = stage.login.user if stage else self.request.user
        return found if isinstance(found, Person) else None


class Entering(Door):
    """A step of signing in: once the session is whole, the browser is known."""

    step = "sign_in"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if request.method != "GET" and response.status_code == 200 and (person := person_of_session(request)):
            throttle.remember(request, response, person)
        return response


class Config(Door, base.ConfigView): ...


class Session(Door, account.SessionView): ...


class SignIn(Entering, account.LoginView):
    """With a login and a password; a half session gives way to another beginning."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and person_of_session(request) is None:
            get_account_adapter().logout(request)
        return super().dispatch(request, *args, **kwargs)

    def asker(self) -> Person | None:
        return Person.objects.get_queryset().filter(login=str(self.data.get("username", "")).strip().lower()).first()


class SignInByPasskey(Entering, mfa.LoginWebAuthnView): ...


def claim(authenticator: Authenticator, code: str) -> bool:
    """Whether a generator's code has not served yet (RFC 6238 §5.2); allauth forgets it while it is still good."""
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    return bool(cache.add(f"accounts.totp:{authenticator.pk}:{code.strip()}", 1, CODE_SECONDS))


class Once(forms.BaseAuthenticateForm):
    """A code that serves once; that one of the recovery codes did is audited."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code = super().clean_code()
        if not claim(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            with acting():
                audit.record(self.user, "recovery_code.used", self.user)
        return code


class CodeInput(Once, inputs.AuthenticateInput): ...


class CodeAgainInput(Once, inputs.ReauthenticateInput): ...


class GiveCode(Entering, mfa.AuthenticateView):
    input_class = CodeInput


class GivePasskey(Entering, mfa.AuthenticateWebAuthnView): ...


class Proving(Door):
    """Whoever is signed in proves again that it is them."""

    step = "proof"

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with acting():
            response: HttpResponseBase = super().handle(request, *args, **kwargs)
            if request.method == "POST" and response.status_code == HTTPStatus.OK:
                audit.record(self.person, "session.proved", self.person, detail={"by": ways(request, self.person)[-1]})
        return response


class ProveByPassword(Proving, account.ReauthenticateView): ...


class ProveByCode(Proving, mfa.ReauthenticateView):
    input_class = CodeAgainInput


class ProveByPasskey(Proving, mfa.ReauthenticateWebAuthnView): ...


class OwnFactors(Door):
    """One's own second factors: only after a recent proof, and never a second one by a password alone."""

    step = "factor"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        if isinstance(person, Person) and not is_strong(request, person) and has_second_factor(person):
            return said(SecondFactorKnown())
        if isinstance(person, Person) and request.method != "GET" and not is_recent(request):
            return ReauthenticationResponse(request)
        return super().dispatch(request, *args, **kwargs)

    def added(self, kind: str) -> None:
        """A factor was set up, by which a half session becomes whole; the first one ends all other sessions."""
        request, person = self.request, self.person
        audit.record(person, "second_factor.added", person, detail={"type": kind})
        if is_strong(request, person):
            return
        record_authentication(request, person, "mfa", type=kind)
        request.session.pop(FACTOR_GONE, None)
        sessions.end_sessions(person, but=request.session.session_key, by=person)
        audit.record(person, "session.opened", person, detail={"by": ways(request, person)})

    def removed(self, kind: str) -> None:
        """A factor was taken away; without any other, this session is half again and the others end."""
        request, person = self.request, self.person
        audit.record(person, "second_factor.removed", person, detail={"type": kind})
        if not has_second_factor(person):
            request.session[FACTOR_GONE] = True
            sessions.end_sessions(person, but=request.session.session_key, by=person)
            raise_epoch([person.pk])


class Factors(OwnFactors, mfa.AuthenticatorsView): ...


class CodeGenerator(OwnFactors, mfa.ManageTOTPView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._get_authenticator():
            return said(Conflict())
        with acting():
            response: HttpResponse = super().post(request, *args, **kwargs)
            self.added("totp")
        return response

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting():
            known = self._get_authenticator()
            response: HttpResponse = super().delete(request, *args, **kwargs)
            if known:
                self.removed("totp")
        return response


class Passkeys(OwnFactors, mfa.ManageWebAuthnView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting():
            response: HttpResponse = super().post(request, *args, **kwargs)
            self.added("webauthn")
        return response

    def put(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting():
            response: HttpResponse = super().put(request, *args, **kwargs)
            audit.record(self.person, "second_factor.renamed", self.person)
        return response

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting():
            response: HttpResponse = super().delete(request, *args, **kwargs)
            self.removed("webauthn")
        return response


class RecoveryCodes(OwnFactors, mfa.ManageRecoveryCodesView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting():
            response: HttpResponse = super().get(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                audit.record(self.person, "recovery_codes.shown", self.person)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting():
            response: HttpResponse = super().post(request, *args, **kwargs)
            audit.record(self.person, "recovery_codes.made", self.person)
        return response


class Password(Door, account.ChangePasswordView):
    """One's own password; whoever has none yet proves first who they are. Every other session ends."""

    step = "password"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        if isinstance(person, Person) and person.is_of_directory:
            return said(PasswordElsewhere())
        if isinstance(person, Person) and not person.has_usable_password() and not is_recent(request):
            return ReauthenticationResponse(request)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = request.session.session_key
        with acting():
            response: HttpResponse = super().post(request, *args, **kwargs)
            sessions.forget_session(before)
            audit.record(self.person, "password.changed", self.person)
            sessions.end_sessions(self.person, but=request.session.session_key, by=self.person)
        return response


ROUTES: dict[str, type[Door]] = {
    "config": Config,
    "auth/session": Session,
    "auth/login": SignIn,
    "auth/webauthn/login": SignInByPasskey,
    "auth/2fa/authenticate": GiveCode,
    "auth/webauthn/authenticate": GivePasskey,
    "auth/reauthenticate": ProveByPassword,
    "auth/2fa/reauthenticate": ProveByCode,
    "auth/webauthn/reauthenticate": ProveByPasskey,
    "account/authenticators": Factors,
    "account/authenticators/totp": CodeGenerator,
    "account/authenticators/webauthn": Passkeys,
    "account/authenticators/recovery-codes": RecoveryCodes,
    "account/password/change": Password,
}

urlpatterns: list[URLPattern] = [
    path(f"browser/v1/{where}", view.as_api_view(client=Client.BROWSER)) for where, view in ROUTES.items()
]
