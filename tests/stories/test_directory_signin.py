"""Coming in by the centre's own directory and by Pro Santé Connect, at a Liaison that is connected to both."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.directory.provider import Provider, provider_for
from tests.directory.slapd import PASSWORD, Branch, Slapd
from tests.house.running import Running, free_port
from tests.stories.conftest import Sit, seats_at
from tests.stories.seat import PHONE, Seat


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    """The directory: Zoé, of the carers."""
    slapd = Slapd.start(tmp_path_factory.mktemp("slapd"), many=1)
    with slapd.branch() as branch:
        branch.add_group("soignants", branch.add_person("zoe", "Zoé", "Lefèvre"))
        yield branch
    slapd.stop()


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def provider(port: int) -> Iterator[Provider]:
    with provider_for(f"http://localhost:{port}") as provider:
        yield provider


@pytest.fixture(scope="module")
def connected(
    tmp_path_factory: pytest.TempPathFactory, branch: Branch, provider: Provider, port: int
) -> Iterator[Running]:
    """A Liaison of its own, whose administrator has mapped the carers, and where Awa has her number."""
    directory = branch.directory()
    ldap = {"URL": directory.url, "BIND_DN": directory.bind_dn, "PASSWORD": directory.password, "CA": directory.ca}
    ldap |= {"PEOPLE": directory.people, "GROUPS": directory.groups}
    environment = {f"LDAP_{name}": value for name, value in ldap.items()} | provider.environment()
    var = tmp_path_factory.mktemp("connected") / "var"
    running = Running.start(var, port=port, LIAISON_DEMO="1", **environment)
    running.query("UPDATE accounts_person SET rpps = '10001234567' WHERE login = 'awa.diallo'")
    yield running
    running.stop()


@pytest.fixture
def sit(connected: Running, browser: Browser, provider: Provider) -> Iterator[Sit]:
    """Sit somebody down there; the provider's pages are no straying."""
    with seats_at(connected, browser) as sit:
        seats: list[Seat] = []

        def sit_down(*who: str, **how: dict[str, int]) -> Seat:
            seats.append(sit(*who, **how))
            return seats[-1]

        yield sit_down
        for seat in seats:
            seat.strayed[:] = [url for url in seat.strayed if not url.startswith(provider.issuer)]


def map_carers(administrator: Seat, group: str) -> None:
    """The carers of the directory are the carers of the centre."""
    [role] = [role["id"] for role in administrator.api("GET", "/roles")["items"] if role["code"] == "soignant"]
    centre = administrator.api("GET", "/organisation")["id"]
    administrator.api(
        "PUT", "/directory/mapping", items=[{"group": group, "organisation": centre, "role": role, "profession": "ide"}]
    )


def test_somebody_of_the_directory_comes_in_with_its_password_and_a_second_factor(sit: Sit, branch: Branch) -> None:
    administrator = sit("anne.girard")
    map_carers(administrator, f"cn=soignants,{branch.groups}")
    report = administrator.api("POST", "/directory/sync", dry_run=True)
    assert report["lines"] == ["Zoé Lefèvre : à ajouter (zoe)."]

    zoe = sit(size=PHONE)
    zoe.go("/")
    zoe.give_password("zoe", "un autre mot de passe")
    expect(zoe.page.get_by_text("Identifiant ou mot de passe incorrect.")).to_be_visible()
    zoe.sign_in("zoe", PASSWORD)
    assert zoe.api("GET", "/session")["person"]["name"] == "Zoé Lefèvre"


def go_to_provider(seat: Seat, person: str) -> None:
    """Choose Pro Santé Connect at the door, and say there who one is."""
    seat.go("/")
    seat.page.get_by_role("button", name="S’identifier avec Pro Santé Connect").click()
    seat.page.get_by_role("link", name=person, exact=True).click()


def test_a_professional_comes_in_by_pro_sante_connect_and_leaves_there_too(sit: Sit) -> None:
    awa = sit()
    go_to_provider(awa, "awa")
    expect(awa.nav("Aujourd’hui")).to_be_visible()
    assert awa.api("GET", "/session")["person"]["name"] == "Awa Diallo"
    farewell = awa.api("DELETE", "/session")["continue_at"]
    awa.page.goto(farewell)
    awa.page.get_by_role("button", name="Se déconnecter").click()
    expect(awa.page.get_by_label("Identifiant")).to_be_visible()


def test_a_professional_whom_the_centre_does_not_know_is_told_so(sit: Sit) -> None:
    stranger = sit()
    go_to_provider(stranger, "unknown")
    expect(stranger.page.get_by_text("Aucune personne de ce centre ne porte votre numéro RPPS")).to_be_visible()
    stranger.expect_accessible()
