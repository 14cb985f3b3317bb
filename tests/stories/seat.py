"""A person in front of a real browser: what they see, and nothing of how it is made."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.accounts.door import code

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "tilleuls-demo-2026"
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_EXPECTED = re.compile(
    r"status of (400|401|403|404|409|422|502|503)|ERR_INTERNET_DISC|ERR_CONNECTION|WebSocket|ERR_EMPTY"
)
"""What the browser itself writes to its console when a server refuses, is away, or the network is cut on purpose."""


_rescue: dict[tuple[str, str], list[str]] = {}
"""The recovery codes left, by server and login, of those who had to set up a second factor to come in."""


@dataclass
class Seat:
    """One signed-in browser tab, and everything in it that should not have happened."""

    page: Page
    base: str
    strayed: list[str] = field(default_factory=list)
    complained: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """From now on, note requests to anybody else and everything the console complains about."""
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complained.append(str(error)))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.base, self.base.replace("http", "ws", 1), "data:", "blob:")):
            self.strayed.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.complained.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.base}/{path.lstrip('/')}")

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Come in as everybody does in the morning; the first time, with a second factor to set up."""
        self.go("/")
        self.give_password(login, password)
        to_set_up, to_prove = self.heading("Protégez votre accès"), self.heading("Confirmez que c’est vous")
        inside = self.nav("Aujourd’hui")
        expect(inside.or_(to_set_up).or_(to_prove).first).to_be_visible()
        if to_set_up.is_visible():
            self.set_up_generator(login)
        elif to_prove.is_visible():
            self.give_recovery_code(_rescue[self.base, login].pop())
        expect(inside).to_be_visible()

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, exact=True)

    def give_password(self, login: str, password: str = PASSWORD) -> None:
        """Type the login and the password."""
        self.page.get_by_label("Identifiant").fill(login)
        self.page.get_by_label("Mot de passe", exact=True).fill(password)
        self.page.get_by_role("button", name="Se connecter").click()

    def set_up_generator(self, login: str) -> str:
        """The telephone's application learns the secret, shows a code, and the recovery codes are kept; the secret."""
        self.page.get_by_role("button", name="Application d’authentification").click()
        secret = self.page.get_by_test_id("secret").inner_text().replace(" ", "")
        self.give_code(code(secret))
        expect(self.heading("Vos codes de secours")).to_be_visible()
        codes = self.page.get_by_role("list", name="Codes de secours").get_by_role("listitem").all_inner_texts()
        _rescue[self.base, login] = codes
        self.page.get_by_label("Je les ai mis en lieu sûr").check()
        self.page.get_by_role("button", name="Entrer dans Liaison").click()
        return secret

    def give_code(self, figures: str) -> None:
        """Type what the application shows; the sixth figure sends it."""
        self.page.get_by_label("Code à six chiffres").fill(figures)

    def give_recovery_code(self, one: str) -> None:
        self.page.get_by_role("button", name="Utiliser un code de secours").click()
        self.page.get_by_label("Code de secours").fill(one)
        self.page.get_by_role("button", name="Vérifier").click()

    def nav(self, name: str) -> Locator:
        """An entry of the rail or of the tabs, with or without its badge."""
        return self.page.get_by_role("navigation", name="Pages").get_by_role("link", name=name)

    def expect_current(self) -> None:
        """The header says that everything up to now is shown."""
        expect(self.page.get_by_text(re.compile(r"À jour à \d\d:\d\d")).first).to_be_visible(timeout=20_000)

    def expect_accessible(self) -> None:
        """axe finds nothing against WCAG 2.2 AA on the page as it stands."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("(tags) => axe.run(document, {runOnly: tags})", _RULES)
        assert not _sentences(found["violations"]), "\n".join(_sentences(found["violations"]))

    def api(self, method: str, path: str, **body: Any) -> Any:
        """Ask the API with this tab's own session, for what a story only needs as a setting."""
        return self.page.evaluate(_FETCH, [method, path, body or None])


_FETCH = """async ([method, path, body]) => {
    const key = crypto.randomUUID();
    const ask = async () => {
        const csrf = (await (await fetch("/api/session/csrf")).json()).csrf;
        const headers = {"Content-Type": "application/json", "X-CSRFToken": csrf, "Idempotency-Key": key};
        return fetch("/api" + path, {method, headers, body: body && JSON.stringify(body)});
    };
    let answer = await ask();
    let text = await answer.text();
    // as the application does: a token that changed meanwhile is read again, once
    if (answer.status === 403 && text.includes('"csrf"')) { answer = await ask(); text = await answer.text(); }
    if (!answer.ok) throw new Error(method + " " + path + ": " + answer.status + " " + text);
    return text ? JSON.parse(text) : null;
}"""


def _sentences(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in violations
    ]


@contextmanager
def open_seat(browser: Browser, base: str, *, size: dict[str, int]) -> Iterator[tuple[Seat, BrowserContext]]:
    """A tab of its own, in Paris, in French."""
    context = browser.new_context(viewport=size, locale="fr-FR", timezone_id="Europe/Paris", base_url=base)
    seat = Seat(context.new_page(), base)
    seat.watch()
    try:
        yield seat, context
    finally:
        context.close()
