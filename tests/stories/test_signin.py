"""Coming in: for the first time, with a code, with a key of the device, after a lock; and being shown out."""

from typing import Any
from uuid import uuid4

from playwright.sync_api import CDPSession, Route, expect

from tests.accounts.door import code
from tests.house.running import Running
from tests.stories.conftest import Sit
from tests.stories.seat import PHONE, Seat

OWN_PASSWORD = "quatre chats sous la pluie"
NEEDS_PROOF = {"code": "reauthentication_required", "detail": "Confirmez que c’est bien vous."}


def hire(sit: Sit) -> tuple[str, str]:
    """Somebody new whom the administrator has added today: their login and the password to hand over."""
    administrator = sit("anne.girard")
    [role] = [role["id"] for role in administrator.api("GET", "/roles")["items"] if role["code"] == "soignant"]
    newcomer: dict[str, Any] = administrator.api(
        "POST",
        "/people",
        given_name="Nadia",
        family_name=f"Essai {uuid4().hex[:8]}",
        profession="ide",
        role=role,
        organisation=administrator.api("GET", "/organisation")["id"],
    )
    return newcomer["login"], newcomer["first_password"]


def come_to_the_first_factor(seat: Seat, login: str, first_password: str) -> None:
    """Replace the password that was handed over, up to the choice of a second factor."""
    seat.go("/taches")
    seat.give_password(login, first_password)
    expect(seat.heading("Choisissez votre mot de passe")).to_be_visible()
    seat.page.get_by_label("Mot de passe remis").fill(first_password)
    seat.page.get_by_label("Nouveau mot de passe", exact=True).fill(OWN_PASSWORD)
    seat.page.get_by_label("Nouveau mot de passe, encore une fois").fill(OWN_PASSWORD)
    seat.page.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(seat.heading("Protégez votre accès")).to_be_visible()


def give_virtual_key(seat: Seat) -> CDPSession:
    """The tab's device can make keys and always recognises its owner; the line on which to ask it."""
    line = seat.page.context.new_cdp_session(seat.page)
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    line.send("WebAuthn.enable")
    line.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": device | {"hasUserVerification": True, "isUserVerified": True}},
    )
    return line


def sign_out(seat: Seat) -> None:
    """On a telephone the account waits behind « Plus »."""
    more = seat.page.get_by_role("button", name="Plus", exact=True)
    if more.is_visible():
        more.click()
    seat.page.get_by_role("button", name="Mon compte").click()
    seat.page.get_by_role("menuitem", name="Se déconnecter").click()
    expect(seat.heading("Connexion à Liaison")).to_be_visible()


def test_somebody_new_chooses_a_password_sets_up_a_generator_and_needs_its_code_from_then_on(sit: Sit) -> None:
    login, first_password = hire(sit)
    newcomer = sit(size=PHONE)
    come_to_the_first_factor(newcomer, login, first_password)
    newcomer.expect_accessible()
    secret = newcomer.set_up_generator(login)
    expect(newcomer.heading("Tâches")).to_be_visible()
    sign_out(newcomer)

    newcomer.give_password(login, OWN_PASSWORD)
    expect(newcomer.heading("Confirmez que c’est vous")).to_be_visible()
    newcomer.give_code("000000")
    expect(newcomer.page.get_by_role("alert")).to_contain_text("Ce n’est pas le bon code.")
    newcomer.expect_accessible()
    newcomer.give_code(code(secret, ahead=1))
    expect(newcomer.heading("Aujourd’hui")).to_be_visible()


def test_a_key_of_the_device_is_made_at_the_first_sign_in_and_opens_the_door_alone(sit: Sit) -> None:
    login, first_password = hire(sit)
    newcomer = sit()
    give_virtual_key(newcomer)
    come_to_the_first_factor(newcomer, login, first_password)
    newcomer.page.get_by_role("button", name="Clé d’accès").click()
    expect(newcomer.heading("Vos codes de secours")).to_be_visible()
    newcomer.expect_accessible()
    newcomer.page.get_by_label("Je les ai mis en lieu sûr").check()
    newcomer.page.get_by_role("button", name="Entrer dans Liaison").click()
    expect(newcomer.heading("Tâches")).to_be_visible()
    sign_out(newcomer)

    newcomer.page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(newcomer.heading("Aujourd’hui")).to_be_visible()
    newcomer.go("/compte")
    expect(newcomer.page.get_by_role("list", name="Clés d’accès").get_by_role("listitem")).to_have_count(1)
    newcomer.expect_accessible()


def test_a_device_without_the_key_opens_nothing(sit: Sit) -> None:
    stranger = sit()
    give_virtual_key(stranger)
    stranger.go("/")
    stranger.page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(stranger.page.get_by_role("alert")).to_contain_text("La clé n’a pas répondu")
    expect(stranger.heading("Connexion à Liaison")).to_be_visible()


def test_a_session_that_is_ended_elsewhere_leaves_the_screen_at_once(sit: Sit) -> None:
    desk, left_behind = sit("awa.diallo"), sit("awa.diallo")
    left_behind.go("/patients")
    left_behind.expect_current()
    desk.go("/compte?volet=sessions")
    expect(desk.page.get_by_text("Cet appareil", exact=True)).to_have_count(1)
    desk.expect_accessible()
    desk.page.get_by_role("button", name="Fermer toutes les autres").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Fermer toutes les autres").click()
    expect(left_behind.page.get_by_text("Session terminée")).to_be_visible(timeout=6_000)
    expect(desk.page.get_by_role("button", name="Fermer la session")).to_have_count(0)


def test_a_screen_that_nobody_touched_for_two_hours_locks_and_opens_again_on_the_same_page(
    sit: Sit, liaison: Running
) -> None:
    secretary = sit("martine.dubois")
    conversation = secretary.api("GET", "/conversations")["items"][0]["id"]
    secretary.go(f"/messages/{conversation}")
    draft = f"À finir demain {uuid4().hex[:6]}"
    secretary.page.get_by_label("Votre message").fill(draft)
    secretary.expect_current()
    key = {cookie["name"]: cookie["value"] for cookie in secretary.page.context.cookies()}["sessionid"]
    liaison.query(
        "UPDATE usersessions_usersession SET last_seen_at = now() - interval '3 hours' WHERE session_key = %s", key
    )
    expect(secretary.page.get_by_text("Session verrouillée")).to_be_visible()
    expect(secretary.page.get_by_text("pendant 2 heures")).to_be_visible()
    secretary.expect_accessible()
    secretary.give_password("martine.dubois")
    expect(secretary.page.get_by_label("Votre message")).to_have_value(draft)


def test_a_sensitive_act_asks_who_is_there_and_then_goes_on_by_itself(sit: Sit) -> None:
    doctor = sit("claire.roux")
    too_old: list[Route] = []

    def refuse_once(route: Route) -> None:
        """As the server does when the last proof is too old; a story does not wait for that."""
        if route.request.method != "POST" or too_old:
            route.continue_()
            return
        too_old.append(route)
        route.fulfill(status=403, json=NEEDS_PROOF)

    doctor.page.route("**/api/tokens", refuse_once)
    doctor.go("/compte?volet=programmes")
    label = f"Export {uuid4().hex[:6]}"
    doctor.page.get_by_role("button", name="Ouvrir un accès").click()
    doctor.page.get_by_label("Pour quel programme ?").fill(label)
    doctor.page.get_by_role("checkbox", name="voir les agendas").check()
    doctor.page.get_by_role("button", name="Ouvrir l’accès").click()
    question = doctor.page.get_by_role("dialog", name="Confirmez que c’est vous")
    question.get_by_label("Mot de passe", exact=True).fill("pas le bon mot de passe")
    question.get_by_role("button", name="Confirmer").click()
    expect(question.get_by_role("alert")).to_contain_text("Ce mot de passe n’est pas le bon.")
    doctor.expect_accessible()
    question.get_by_label("Mot de passe", exact=True).fill("tilleuls-demo-2026")
    question.get_by_role("button", name="Confirmer").click()
    expect(doctor.page.get_by_text("Copiez ce secret maintenant")).to_be_visible()
    doctor.page.get_by_role("button", name="C’est fait").click()
    expect(doctor.page.get_by_role("list", name="Accès de programmes")).to_contain_text(label)
