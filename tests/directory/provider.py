"""An OpenID Connect provider that speaks as Pro Santé Connect does, and a professional's browser in front of it."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

from coordination.project.links import pro_sante
from tests.house.running import free_port

SCRIPT = Path(__file__).with_name("provider.mjs")
CLIENT, SECRET = "liaison", "a-secret-of-the-tests-that-is-long-enough"


@dataclass
class Provider:
    """One provider, for the redirects of one Liaison."""

    port: int

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """How Liaison is told of it."""
        return {"PSC_ISSUER": self.issuer, "PSC_CLIENT_ID": CLIENT, "PSC_CLIENT_SECRET": SECRET}

    def settings(self, monkeypatch: Any) -> dict[str, Any]:
        """The same as Django's settings."""
        for name, value in self.environment().items():
            monkeypatch.setenv(name, value)
        return pro_sante(may_be_here=True)

    def sign_in(self, address: str, person: str, *, acr: str = "eidas1") -> str:
        """Follow Liaison there and say who one is; the address by which one comes back."""
        browser = requests.Session()
        asked = browser.get(address, timeout=10)
        assert "Qui êtes-vous" in asked.text, asked.text
        finished = f"{asked.url}?id={person}&acr={acr}"
        while True:
            answer = browser.get(finished, allow_redirects=False, timeout=10)
            finished = urljoin(finished, answer.headers["Location"])
            if not finished.startswith(self.issuer):
                return finished

    def sign_out(self, address: str) -> str:
        """Follow Liaison's farewell and agree; where one is sent back to."""
        browser = requests.Session()
        asked = browser.get(address, timeout=10)
        [where] = re.findall(r'action="([^"]+)"', asked.text)
        [secret] = re.findall(r'name="xsrf" value="([^"]+)"', asked.text)
        answer = browser.post(where, {"xsrf": secret, "logout": "yes"}, allow_redirects=False, timeout=10)
        return str(answer.headers["Location"])


@contextmanager
def provider_for(*bases: str) -> Iterator[Provider]:
    """A provider that sends people back to these Liaisons; it ends with the test."""
    provider = Provider(free_port())
    process = subprocess.Popen(["node", str(SCRIPT), str(provider.port), *bases], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("ready")
        yield provider
    finally:
        process.terminate()
        process.wait(10)
