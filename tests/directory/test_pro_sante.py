"""Signing in by Pro Santé Connect, against a real OpenID Connect provider."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from coordination.accounts.models import Person
from coordination.accounts.pro_sante import professional, rpps_of
from coordination.audit.models import Entry
from coordination.project import links
from coordination.project.environment import BadSetting
from tests.conftest import make_person
from tests.directory.provider import Provider, provider_for

HERE = "http://testserver"
RPPS = "10001234567"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provider_for(HERE) as provider:
        yield provider


@pytest.fixture
def psc(provider, settings, monkeypatch, db) -> Provider:
    """Pro Santé Connect is connected."""
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings(monkeypatch)
    settings.PUBLIC_URL = HERE
    return provider


@pytest.fixture
def awa(nurse) -> Person:
    """The nurse, with her number."""
    Person.objects.filter(pk=nurse.pk).update(rpps=RPPS)
    nurse.rpps = RPPS
    return nurse


def leave(http: Client) -> str:
    """The address at which one signs in."""
    answer = http.post("/_allauth/browser/v1/auth/provider/redirect", {"provider": "psc"}, "application/json")
    return str(answer.json()["data"]["continue_at"])


def bent(address: str, **changes: str) -> str:
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | changes
    return urlunsplit(parts._replace(query=urlencode(query)))


def come_back(http: Client, address: str) -> str:
    """Where Liaison sends whoever comes back from there."""
    return str(http.get(address).headers["Location"])


def sign_in(psc: Provider, person: str = "awa", **how: str) -> tuple[str, Client]:
    http = Client()
    return come_back(http, psc.sign_in(leave(http), person, **how)), http


def code(http: Client) -> str:
    return str(http.get("/api/session").json()["code"])


def test_what_is_asked_of_pro_sante_connect(psc):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leave(Client())).query).items()}
    assert set(asked.pop("scope").split()) == {"openid", "scope_all"}
    assert all(len(asked.pop(name)) >= 16 for name in ("state", "nonce", "code_challenge"))
    assert asked == {
        "client_id": "liaison",
        "redirect_uri": f"{HERE}/pro-sante/retour",
        "response_type": "code",
        "acr_values": "eidas1",
        "code_challenge_method": "S256",
    }


def test_a_professional_known_by_their_rpps_signs_in_at_once_and_is_linked(psc, awa):
    where, http = sign_in(psc)
    assert where == "/"
    assert http.get("/api/session").json()["person"]["id"] == str(awa.pk)
    linked = SocialAccount.objects.get(user=awa)
    assert linked.extra_data == {
        "rpps": RPPS,
        "professions": ["ide"],
        "structures": [{"name": "Maison de santé", "finess": "990000015"}],
        "level": "APPPRIP3^1.2.250.1.213.1.5.1.1.1",
    }
    assert Entry.objects.filter(kind="session.linked", actor_id=awa.pk).exists()
    opened = Entry.objects.get(kind="session.opened", actor_id=awa.pk)
    assert opened.detail["by"] == ["psc"]


def test_no_token_is_kept_and_the_second_sign_in_links_nothing_more(psc, awa):
    sign_in(psc)
    assert sign_in(psc)[0] == "/"
    assert not SocialToken.objects.exists()
    assert SocialAccount.objects.count() == 1
    assert Entry.objects.filter(kind="session.linked").count() == 1


def test_whoever_signs_out_signs_out_there_as_well(psc, awa):
    _, http = sign_in(psc)
    farewell = http.delete("/api/session").json()["continue_at"]
    assert psc.sign_out(farewell) == f"{HERE}/connexion"
    assert "id_token_hint=" in farewell
    assert code(http) == "not_signed_in"


@pytest.mark.parametrize(("person", "why"), [("unknown", "unknown_person"), ("numberless", "no_rpps")])
def test_whoever_is_not_of_the_centre_is_refused_in_words_and_nobody_is_created(psc, awa, person, why):
    """Not even by the e-mail address, which is that of somebody here."""
    Person.objects.update(email="awa.diallo@tilleuls.example.org")
    before = Person.objects.get_queryset().count()
    where, http = sign_in(psc, person)
    assert where == f"/connexion?refus={why}"
    assert code(http) == "not_signed_in"
    assert (Person.objects.get_queryset().count(), SocialAccount.objects.count()) == (before, 0)
    assert Entry.objects.get(kind="session.refused").detail == {"by": ["psc"], "why": why}


def test_a_weaker_proof_than_asked_for_is_refused(psc, awa):
    assert sign_in(psc, acr="eidas0")[0] == "/connexion?refus=too_weak"


def test_whoever_has_no_access_any_more_is_told_so(psc, ended):
    Person.objects.filter(pk=ended.pk).update(rpps=RPPS)
    assert sign_in(psc)[0] == "/connexion?refus=access_ended"
    assert not SocialAccount.objects.exists()


def test_two_people_with_one_number_are_not_guessed_between(psc, awa, centre):
    other = make_person(centre, "Awa Diarra", "ide", "Infirmière", "soignant")
    Person.objects.filter(pk=other.pk).update(rpps=RPPS)
    assert sign_in(psc)[0] == "/connexion?refus=several_people"


def test_an_identity_stays_with_the_person_it_was_first_linked_to(psc, awa, doctor):
    """Whoever can change numbers does not become somebody else by it."""
    sign_in(psc)
    assert sign_in(psc, "twin")[0] == "/connexion?refus=other_identity"
    Person.objects.filter(pk=awa.pk).update(rpps="")
    Person.objects.filter(pk=doctor.pk).update(rpps=RPPS)
    assert sign_in(psc)[0] == "/connexion?refus=other_identity"


def test_an_answer_serves_once_and_only_in_the_browser_that_asked(psc, awa):
    http = Client()
    address = psc.sign_in(leave(http), "awa")
    assert come_back(Client(), address) == "/connexion?refus=expired"
    assert come_back(http, address) == "/"
    assert come_back(http, address) == "/connexion?refus=expired"


def test_the_code_of_another_request_is_refused_by_its_verifier(psc, awa):
    http = Client()
    first, second = leave(http), leave(http)
    codes = parse_qs(urlsplit(psc.sign_in(first, "awa")).query)
    address = bent(psc.sign_in(second, "awa"), code=codes["code"][0])
    assert come_back(http, address) == "/connexion?refus=invalid"
    assert code(http) == "not_signed_in"


@pytest.mark.parametrize("name", ["nonce", "code_challenge"])
def test_an_identity_made_for_another_nonce_or_challenge_is_refused(psc, awa, name):
    http = Client()
    address = psc.sign_in(bent(leave(http), **{name: "A" * 43}), "awa")
    assert come_back(http, address) == "/connexion?refus=invalid"


def test_whoever_gives_up_there_is_told_so(psc, awa):
    assert sign_in(psc, "nobody")[0] == "/connexion?refus=cancelled"


def test_a_provider_that_is_away_is_said_to_be_away(psc, awa, settings, monkeypatch):
    http = Client()
    address = psc.sign_in(leave(http), "awa")
    settings.SOCIALACCOUNT_PROVIDERS = Provider(1).settings(monkeypatch)
    assert come_back(http, address) == "/connexion?refus=provider_unreachable"
    assert leave(Client()) == "/connexion?refus=provider_unreachable"


def test_a_provider_of_another_name_is_not_believed(psc, awa, settings, monkeypatch):
    monkeypatch.setattr(Provider, "issuer", property(lambda self: f"http://localhost:{self.port}"))
    settings.SOCIALACCOUNT_PROVIDERS = psc.settings(monkeypatch)
    assert leave(Client()) == "/connexion?refus=provider_unreachable"


def test_whoever_has_a_second_factor_is_not_asked_for_it_again(psc, awa):
    """Pro Santé Connect is the strong proof."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=awa, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    where, http = sign_in(psc)
    assert (where, http.get("/api/session").status_code) == ("/", 200)


def test_the_session_of_somebody_else_in_the_same_browser_ends(psc, awa, doctor, client_of):
    browser = client_of(doctor)
    assert come_back(browser.http, psc.sign_in(leave(browser.http), "awa")) == "/"
    assert browser.get("/api/session").json()["person"]["id"] == str(awa.pk)


def test_without_pro_sante_connect_there_is_no_such_door(db):
    http = Client()
    assert http.post("/_allauth/browser/v1/auth/provider/redirect", {"provider": "psc"}).status_code == 404
    assert http.get("/pro-sante/retour").status_code == 404
    assert http.get("/api/session/csrf").json()["ways"]["providers"] == []


def test_the_door_shows_pro_sante_connect(psc):
    shown = Client().get("/api/session/csrf").json()["ways"]["providers"]
    assert shown == [{"id": "psc", "name": "Pro Santé Connect"}]


def test_leaving_for_there_asks_for_the_page_s_token(psc):
    http = Client(enforce_csrf_checks=True)
    assert http.post("/_allauth/browser/v1/auth/provider/redirect", {"provider": "psc"}).status_code == 403


def test_an_issuer_in_the_clear_is_only_for_this_machine_in_a_demo(monkeypatch):
    for name, value in {"PSC_ISSUER": "http://127.0.0.1:9", "PSC_CLIENT_ID": "a", "PSC_CLIENT_SECRET": "b"}.items():
        monkeypatch.setenv(name, value)
    assert links.pro_sante(may_be_here=True)
    with pytest.raises(BadSetting, match="PSC_ISSUER: takes an https:// address"):
        links.pro_sante(may_be_here=False)
    monkeypatch.setenv("PSC_ISSUER", "http://auth.example")
    with pytest.raises(BadSetting, match="PSC_ISSUER"):
        links.pro_sante(may_be_here=True)


@pytest.mark.parametrize(
    ("identifier", "rpps"),
    [("810001234567", RPPS), ("099990000", ""), (RPPS, ""), ("8１0001234567", ""), ("", ""), ("8100012345678", "")],
)
def test_an_rpps_number_is_read_from_a_national_identifier(identifier, rpps):
    assert rpps_of(identifier) == rpps


@pytest.mark.parametrize(
    "claims",
    [{}, {"SubjectRefPro": "x"}, {"SubjectRefPro": {"exercices": "x"}}, {"SubjectRefPro": {"exercices": [1, {}]}}],
)
def test_misshapen_claims_say_nothing(claims: dict[str, Any]):
    assert professional(claims).professions == ()
