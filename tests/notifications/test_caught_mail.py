"""The mails that the local catcher kept, shown in demo mode and in no other."""

from uuid import uuid4

import pytest

from coordination.project.up.catcher import keep_mail
from notifications.transports.email import compose

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings, tmp_path, due):
    """A folder with one mail in it, in demo mode."""
    settings.DEMO, settings.CAUGHT_MAIL = True, tmp_path
    return keep_mail(tmp_path, compose(due()).as_bytes(), ["marie.durand@example.org"])


def test_the_list_and_the_mail_can_be_read_and_its_link_followed(client, kept):
    listed = client.get("/demo/mail").content.decode()
    assert f'href="/demo/mail/{kept.stem}"' in listed
    assert "Votre rendez-vous" in listed
    shown = client.get(f"/demo/mail/{kept.stem}")
    text = shown.content.decode()
    assert "Vous avez rendez-vous le lundi 23 novembre 2026 à 14:05." in text
    assert '<a href="http://localhost:8000/r/abcDEF123"' in text
    assert "Auto-Submitted" in text
    assert "no-store" in shown.headers["Cache-Control"]


def test_the_latest_comes_first(client, kept, due, tmp_path):
    second = keep_mail(tmp_path, compose(due(address="paul@example.org")).as_bytes(), ["paul@example.org"])
    listed = client.get("/demo/mail").content.decode()
    assert listed.index(second.stem) < listed.index(kept.stem)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"Subject: =?utf-8?q?=F?=\r\nDate: never\r\nContent-Type: x\r\n\r\n<script>"]
)
def test_anything_that_was_caught_can_be_shown_and_nothing_of_it_runs(client, settings, tmp_path, content):
    settings.DEMO, settings.CAUGHT_MAIL = True, tmp_path
    kept = keep_mail(tmp_path, content, ["x@example.org"])
    assert client.get("/demo/mail").status_code == 200
    shown = client.get(f"/demo/mail/{kept.stem}")
    assert shown.status_code == 200
    assert b"<script>" not in shown.content


def test_outside_demo_mode_there_is_no_such_page(client, kept, settings):
    settings.DEMO = False
    assert client.get("/demo/mail").status_code == 404
    assert client.get(f"/demo/mail/{kept.stem}").status_code == 404


@pytest.mark.parametrize("name", [uuid4(), "..%2f..%2fkeys%2fsession", "x.eml"])
def test_only_a_mail_that_is_there_is_shown(client, kept, name):
    assert client.get(f"/demo/mail/{name}").status_code == 404


def test_a_folder_without_mails_says_so(client, settings, tmp_path):
    settings.DEMO, settings.CAUGHT_MAIL = True, tmp_path / "none"
    assert "Aucun pour l’instant" in client.get("/demo/mail").content.decode()
    assert "None yet" in client.get("/demo/mail", headers={"accept-language": "en"}).content.decode()
