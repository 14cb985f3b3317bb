"""Reading settings, and what logs may keep."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from coordination.accounts.adapters import SecondFactorAdapter
from coordination.base import demo
from coordination.project import environment as env
from coordination.project.demo.people import COLLEAGUES
from coordination.project.logs import hide_secrets


def test_a_secret_can_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("SECRET_KEY", "from the variable")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("SECRET_KEY") == "from the file"


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(env.BadSetting, match=r"SECRET_KEY_FILE: cannot read .*none \(No such file or directory\)"):
        env.text("SECRET_KEY")


def test_a_flag_takes_one_or_zero(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DEBUG", "perhaps")
    with pytest.raises(env.BadSetting, match="DEBUG: takes 1 or 0, not 'perhaps'"):
        env.flag("DEBUG", default=False)


def test_a_number_has_a_least_value(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STREAM_MEMORY_DAYS", "0")
    with pytest.raises(env.BadSetting, match="takes a whole number from 1"):
        env.number("STREAM_MEMORY_DAYS", 14, least=1)


def test_a_database_address_names_a_host_or_a_socket_folder():
    there = env.database("postgresql://ann:p%40ss@db.example:5433/liaison?sslmode=verify-full", pool=5)
    assert (there["HOST"], there["PORT"], there["USER"], there["PASSWORD"]) == ("db.example", "5433", "ann", "p@ss")
    assert there["OPTIONS"]["sslmode"] == "verify-full"
    assert there["OPTIONS"]["pool"]["max_size"] == 5
    assert env.database("postgresql://liaison@/liaison?host=%2Frun%2Fpg")["HOST"] == "/run/pg"


def test_another_kind_of_database_is_refused():
    with pytest.raises(env.BadSetting, match="DATABASE_URL: takes a postgresql:// address"):
        env.database("sqlite:///liaison.db")


def test_celery_spells_a_redis_socket_its_own_way():
    assert env.celery_broker("unix:///run/redis.sock?db=2") == "redis+socket:///run/redis.sock?virtual_host=2"
    assert env.celery_broker("redis://redis:6379/0") == "redis://redis:6379/0"


def test_logs_keep_no_secret_and_no_secret_address():
    entry = {
        "event": "Not Found: /ics/abcDEF-123.ics",
        "path": "/r/s3cret?x=1",
        "password": "tilleuls",
        "patient": "42",
    }
    assert hide_secrets(None, "info", entry) == {
        "event": "Not Found: /ics/***",
        "path": "/r/***?x=1",
        "password": "***",
        "patient": "42",
    }


@pytest.mark.parametrize("host", ["demo.example.com", "liaison.fr", "8.8.8.8", "[2001:4860:4860::8888]"])
def test_the_demo_does_not_start_on_a_public_server(host: str):
    with pytest.raises(env.BadSetting, match=r"LIAISON_DEMO: takes no 1 on a public server .*: anybody could sign in"):
        env.refuse_public_demo(f"https://{host}/", ["localhost"])
    with pytest.raises(env.BadSetting, match="LIAISON_DEMO"):
        env.refuse_public_demo("http://localhost:8000", [host])


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "192.168.1.20", "10.0.0.4", "liaison", "pc-12.local"]
)
def test_the_demo_starts_on_this_machine_and_in_the_house(host: str):
    env.refuse_public_demo(f"http://{host}:8000", ["localhost", "127.0.0.1", "[::1]", host])


def test_the_rule_is_asked_at_every_start():
    said = {"LIAISON_DEMO": "1", "DEBUG": "0", "PUBLIC_URL": "https://liaison.fr", "LIAISON_VAR": "/nonexistent"}
    started = subprocess.run(
        [sys.executable, "-c", "import coordination.project.settings"],
        env={**os.environ, **said},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 1
    assert started.stderr.strip().startswith("liaison: LIAISON_DEMO: takes no 1 on a public server (liaison.fr)")


def test_the_people_who_can_be_tried_are_of_the_demo_centre():
    assert set(demo.PEOPLE) <= {person.login for person in COLLEAGUES}


def test_a_start_with_another_field_key_is_refused_when_only_second_factors_were_encrypted(nurse, settings):
    secret = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=nurse, type="totp", data={"secret": secret})
    settings.FIELD_KEY = b"yet another key, as long as a real one"
    with pytest.raises(CommandError, match="field key does not open the encrypted values of mfa_auth"):
        call_command("prepare", stdout=StringIO())
