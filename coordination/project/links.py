"""Settings of the centre's directory (LDAP) and of Pro Santé Connect; without an address, neither exists."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from coordination.accounts.directory.config import Directory
from coordination.project import environment as env


def directory() -> Directory | None:
    """The directory of `LDAP_URL`; a plain-text connection and a missing library are refused in words."""
    url = env.text("LDAP_URL", "")
    if not url:
        return None
    if find_spec("ldap") is None or find_spec("django_auth_ldap") is None:
        raise env.BadSetting("LDAP_URL", "needs the extra `ldap`: pip install -r requirements/ldap.txt")
    return Directory(
        url=url,
        start_tls=_starts_tls(url),
        people=env.text("LDAP_PEOPLE"),
        groups=env.text("LDAP_GROUPS"),
        bind_dn=env.text("LDAP_BIND_DN", ""),
        password=env.text("LDAP_PASSWORD", ""),
        ca=env.text("LDAP_CA", ""),
        login=env.text("LDAP_LOGIN", "uid"),
        filter=env.text("LDAP_FILTER", "(objectClass=person)"),
        member=env.text("LDAP_MEMBER", "member"),
        rpps=env.text("LDAP_RPPS", ""),
        timeout=env.number("LDAP_TIMEOUT", 5, least=1),
        page=env.number("LDAP_PAGE", 500, least=1),
        brake=env.number("LDAP_BRAKE", 20),
    )


def _starts_tls(url: str) -> bool:
    """Whether StartTLS protects the connection; `ldaps:` needs none, and nothing is ever said in the clear."""
    scheme = urlsplit(url).scheme
    if scheme not in {"ldap", "ldaps"}:
        raise env.BadSetting("LDAP_URL", "takes an ldaps:// or an ldap:// address")
    starts = env.flag("LDAP_START_TLS", default=scheme == "ldap")
    if starts == (scheme == "ldaps"):
        why = (
            "is for ldap:// addresses" if starts else "must stay 1 with an ldap:// address: passwords would be readable"
        )
        raise env.BadSetting("LDAP_START_TLS", why)
    return starts


_HERE = {"localhost", "127.0.0.1", "::1"}


def pro_sante(*, may_be_here: bool) -> dict[str, Any]:
    """What django-allauth is told of Pro Santé Connect (rules §5.1), from `PSC_ISSUER`; nothing without it.

    `may_be_here` lets an issuer on this very machine do without TLS.
    """
    issuer = env.text("PSC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (may_be_here and parts.scheme == "http" and parts.hostname in _HERE):
        raise env.BadSetting("PSC_ISSUER", "takes an https:// address")
    app = {
        "provider_id": "psc",
        "name": "Pro Santé Connect",
        "client_id": env.text("PSC_CLIENT_ID"),
        "secret": env.text("PSC_CLIENT_SECRET"),
        "settings": {
            "server_url": issuer,
            "oauth_pkce_enabled": True,
            "scope": ["openid", "scope_all"],
            "auth_params": {"acr_values": "eidas1"},
        },
    }
    return {"openid_connect": {"APPS": [app]}}
