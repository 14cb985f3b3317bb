"""Pro Santé Connect: OpenID Connect for health professionals (rules §5.1), through django-allauth.

Authorization code with PKCE S256, `acr_values=eidas1`. Whoever comes is recognised by their RPPS number and by nothing
else; nobody is created. No token is kept but the identity token, in the session, to sign out there as well.
"""

import base64
import hashlib
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.base.provider import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from coordination.accounts.models import Person
from coordination.audit import actions as audit
from coordination.base.action import acting, action

PSC = "psc"
LEVEL = "eidas1"
KEPT = "pro_sante"
"""What the session remembers: the identity token and where to sign out."""
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}

# Codes of profession (TRE G15), rules §5.1 → professions of the care protocols.
PROFESSIONS = {
    "10": "medecin_traitant",
    "21": "pharmacien",
    "40": "chirurgien_dentiste",
    "50": "sage_femme",
    "60": "ide",
    "70": "mk",
    "80": "pedicure_podologue",
    "93": "psychologue",
}


class Refusal(ProviderException):
    """A sign-in that Pro Santé Connect allowed and Liaison does not; `code` goes to the sign-in page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Structure:
    """Where a professional works, as the national directory has it."""

    name: str
    finess: str


@dataclass(frozen=True)
class Professional:
    """What the claims say of a professional; `level` is how they proved it."""

    rpps: str
    professions: tuple[str, ...]
    structures: tuple[Structure, ...]
    level: str


def professional(claims: dict[str, Any]) -> Professional:
    """The claims of rules §5.1 as we name things; whatever is missing or misshapen is empty."""
    practices = _dicts(_dict(claims.get("SubjectRefPro")).get("exercices"))
    professions = [PROFESSIONS.get(str(one.get("codeProfession")), "") for one in practices]
    places = [place for one in practices for place in _dicts(one.get("activities"))]
    structures = [Structure(_text(one, "raisonSocialeSite"), _text(one, "numeroFinessSite")) for one in places]
    return Professional(
        rpps=rpps_of(str(claims.get("SubjectNameID", ""))),
        professions=tuple(dict.fromkeys(filter(None, professions))),
        structures=tuple(structures),
        level=_text(claims, "Palier_Authentification"),
    )


def rpps_of(identifier: str) -> str:
    """The RPPS number of a national identifier: 8, then the eleven digits; nothing for another kind of number."""
    is_rpps = len(identifier) == 12 and identifier[0] == "8" and identifier.isascii() and identifier.isdigit()
    return identifier[1:] if is_rpps else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)][:20] if isinstance(value, list) else []


def _text(claims: dict[str, Any], name: str) -> str:
    return str(claims.get(name) or "")[:200]


# The protocol


def nonce_of(verifier: str) -> str:
    """Ties an identity token to the one request that asked for it, of which only this session knows the verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"nonce:" + verifier.encode()).digest()).rstrip(b"=").decode()


class Exchange(OpenIDConnectOAuth2Adapter):
    """What is said to the provider, and what of its answers is believed."""

    nonce = ""

    def __init__(self, request: HttpRequest, provider_id: str = PSC) -> None:
        super().__init__(request, provider_id)

    def get_provider(self) -> "ProSante":
        return SocialAdapter(self.request).get_provider(self.request, PSC)

    @property
    def openid_config(self) -> dict[str, Any]:
        """Its description; only that of the very issuer that is configured, and never less protected than it."""
        config: dict[str, Any] = super().openid_config
        issuer = self.get_provider().app.settings["server_url"]
        named = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        schemes = {urlsplit(config[name]).scheme for name in named}
        if config["issuer"] != issuer or schemes - {"https", urlsplit(issuer).scheme}:
            raise OAuth2Error("the issuer is not the one configured")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return f"{settings.PUBLIC_URL}{reverse('pro_sante_return')}"

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier or "")
        data = super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)
        self.did_fetch_access_token = False  # so that the identity token's signature is checked as well
        return data

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        try:
            id_token = kwargs["response"]["id_token"]
            identity = self._identity(app, id_token)
            claims = self._fetch_user_info(token.token)
            if claims["sub"] != identity["sub"]:
                raise Refusal("invalid")
        except (KeyError, TypeError, ValueError, AttributeError, jwt.PyJWTError) as error:
            raise Refusal("invalid") from error
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, claims)
        end = self.openid_config.get("end_session_endpoint", "")
        request.session[KEPT] = {"id_token": id_token, "end": end}
        return login

    def _identity(self, app: Any, id_token: str) -> dict[str, Any]:
        """The identity token, believed for its signature, issuer, audience, time, nonce and level."""
        if jwt.get_unverified_header(id_token)["alg"] not in ALGORITHMS:
            raise Refusal("invalid")
        identity: dict[str, Any] = self._decode_id_token(app, id_token)
        if identity["nonce"] != self.nonce:
            raise Refusal("invalid")
        if identity.get("acr") != LEVEL:
            raise Refusal("too_weak")
        return identity


class ProSante(OpenIDConnectProvider):
    """Nothing of the claims is kept but who the professional is."""

    oauth2_adapter_class = Exchange
    supports_token_authentication = False

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return asdict(professional(data))

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


# Who comes


@action
def recognise(login: SocialLogin) -> Person:
    """The person of Liaison a professional is: the one with their RPPS, linked at the first time; else a `Refusal`."""
    who, uid = login.account.extra_data, login.account.uid
    if not who["rpps"]:
        raise Refusal("no_rpps")
    links = SocialAccount.objects.filter(provider=PSC).select_related("user")
    link = links.filter(uid=uid).first()
    person = _linked(link, who["rpps"]) if link else _alone_with(who["rpps"])
    if not person.has_access or person.is_service:
        raise Refusal("access_ended")
    if link is None:
        if links.filter(user=person).exists():
            raise Refusal("other_identity")
        link = SocialAccount(provider=PSC, uid=uid, user=person)
        audit.record(person, "session.linked", person, detail={"provider": PSC})
    link.extra_data = who
    link.save()
    return person


def _linked(link: SocialAccount, rpps: str) -> Person:
    """Whom an identity is linked to, as long as the number is still theirs."""
    person: Person = link.user
    if person.rpps != rpps:
        raise Refusal("other_identity")
    return person


def _alone_with(rpps: str) -> Person:
    """The one person with this number."""
    people = list(Person.objects.filter(rpps=rpps, is_service=False)[:2])
    if len(people) != 1:
        raise Refusal("several_people" if people else "unknown_person")
    return people[0]


class SocialAdapter(DefaultSocialAccountAdapter):
    """Signs in whom it recognises; everybody else goes back to the sign-in page, which says why."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> ProSante:
        return ProSante(request, app=self.get_app(request, provider=PSC))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise Refusal("invalid")
        kept = request.session.pop(KEPT)
        person = recognise(sociallogin)
        account = get_account_adapter(request)
        if request.user.is_authenticated:
            account.logout(request)
        record_authentication(request, person, "socialaccount", provider=PSC, uid=sociallogin.account.uid)
        account.login(request, person)
        request.session[KEPT] = kept
        account.post_login(
            request, person, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url="/"
        )
        raise ImmediateHttpResponse(HttpResponseRedirect("/"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        raise ImmediateHttpResponse(refused(request, _why(error, exception)))


def _why(error: Any, exception: Exception | None) -> str:
    if isinstance(exception, Refusal):
        return exception.code
    if isinstance(exception, RequestException):
        return "provider_unreachable"
    if error == AuthError.CANCELLED:
        return "cancelled"
    return "invalid" if exception else "expired"


def refused(request: HttpRequest, code: str) -> HttpResponseRedirect:
    """Back to the sign-in page, with the reason in its address and in the audit."""
    request.session.pop(KEPT, None)
    with acting():
        audit.record(None, "session.refused", detail={"by": [PSC], "why": code})
    return HttpResponseRedirect(f"/connexion?{urlencode({'refus': code})}")


# Leaving and coming back


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """`{status, data: {continue_at}}`: where the browser goes to sign in there."""
    try:
        answer = SocialAdapter(request).get_provider(request, PSC).redirect(request, AuthProcess.LOGIN)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error, KeyError, ValueError):
        answer = refused(request, "provider_unreachable")
    return JsonResponse({"status": 200, "data": {"continue_at": answer.headers["Location"]}})


@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Where the provider sends whoever signed in there, or did not."""
    view = OAuth2CallbackView()
    view.request, view.adapter = request, Exchange(request)
    try:
        answer: HttpResponse = view.dispatch(request)
    except ImmediateHttpResponse as stopped:
        return stopped.response
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error, KeyError, ValueError):
        return refused(request, "provider_unreachable")
    return answer


def farewell(request: HttpRequest) -> str | None:
    """Where whoever signed in there signs out there as well; nothing for everybody else."""
    kept = request.session.get(KEPT)
    if not kept or not kept["end"]:
        return None
    back = f"{settings.PUBLIC_URL}/connexion"
    return f"{kept['end']}?{urlencode({'id_token_hint': kept['id_token'], 'post_logout_redirect_uri': back})}"
