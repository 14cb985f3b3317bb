"""`liaison up`: what it keeps running, what it survives, and what it leaves behind."""

import os
import shutil
import signal
import smtplib
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordination.project.embedded import Places
from coordination.project.up import processes
from tests.house.running import Running, command, eventually, free_port, own_environment, refusal

PARTS = {"web-1", "web-2", "worker", "beat", "mail", "redis", "postgres"}

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One Liaison for this file; its folder is closed to every other user, and its language is not installed."""
    started = Running.start(tmp_path_factory.mktemp("up") / "var")
    yield started
    started.stop()


def restarted(running: Running, before: dict[str, int]) -> bool:
    now = running.children()
    return now.keys() == before.keys() and all(now[name] != pid for name, pid in before.items())


def test_every_part_works_once_the_banner_is_printed(running: Running):
    assert running.children().keys() == PARTS
    assert running.health() == {"status": "ok", "database": "ok", "redis": "ok", "worker": "ok", "beat": "ok"}


def test_keys_data_and_mails_are_closed_to_other_users(running: Running):
    for folder in (running.var, running.var / "keys", running.var / "mail", Places(running.var).sockets / "pg"):
        assert folder.stat().st_mode & 0o077 == 0, folder


def test_the_engines_listen_on_no_port(running: Running):
    assert running.query("SHOW listen_addresses") == [("",)]


def test_the_catcher_keeps_a_mail_that_came_over_tls(running: Running):
    trust = ssl.create_default_context(cafile=running.var / "keys" / "mail.pem")
    with smtplib.SMTP("127.0.0.1", running.mail_port()) as client:
        client.starttls(context=trust)
        client.sendmail("a@liaison.example", ["b@example.org"], "Subject: Bonjour\r\n\r\nUn mot.\r\n")
    [mail] = (running.var / "mail").glob("*.eml")
    assert mail.read_bytes().startswith(b"X-Envelope-To: b@example.org\r\nSubject: Bonjour\r\n")


def test_a_second_start_on_the_same_folder_is_refused(running: Running):
    assert f"another Liaison (process {running.process.pid}) is already running" in refusal(running.var)


def test_a_port_in_use_is_refused_before_anything_starts(running: Running, tmp_path: Path):
    said = refusal(tmp_path / "var", port=running.port)
    assert f"port {running.port} cannot be used (another program uses it)" in said
    assert not (tmp_path / "var" / "postgres").exists()


def test_a_killed_child_is_started_again_and_the_data_is_there(running: Running):
    running.query("CREATE TABLE kept (word text)")
    running.query("INSERT INTO kept VALUES ('before')")
    before = running.children()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: restarted(running, before), seconds=60)
    eventually(running.is_healthy, seconds=60)
    assert running.query("SELECT word FROM kept") == [("before",)]


def test_after_everything_was_killed_a_start_recovers_with_the_data(running: Running):
    running.query("INSERT INTO kept VALUES ('at the kill')")
    running.kill()
    again = Running.start(running.var)
    assert again.query("SELECT word FROM kept ORDER BY 1") == [("at the kill",), ("before",)]
    assert again.is_healthy()
    running.process, running.port = again.process, again.port


def test_children_end_with_a_killed_supervisor(running: Running):
    children = running.children()
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait(10)
    eventually(lambda: not any(processes.born(pid) for pid in children.values()))
    again = Running.start(running.var)
    running.process, running.port = again.process, again.port


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Children hear SIGINT, also when the tests themselves run in the background, where a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.usefixtures("interruptible")
def test_it_ends_with_the_make_that_started_it(running: Running, tmp_path: Path, number: signal.Signals):
    """Whatever `make run` gets, even alone, it must not leave a Liaison that refuses the next one."""
    shutil.copytree(running.var / "keys", tmp_path / "var" / "keys")
    (tmp_path / "Makefile").write_text(f"run:\n\t@exec {' '.join(command(free_port()))} --end-with-parent\n")
    console = tmp_path / "console"
    with console.open("wb") as output:
        make = subprocess.Popen(
            ["make", "run"], cwd=tmp_path, env=own_environment(tmp_path / "var"), stdout=output, stderr=output
        )
    eventually(lambda: "Redis is running" in console.read_text())
    make.send_signal(number)
    make.wait(60)
    eventually(lambda: "Stopped." in console.read_text())


def test_sigterm_ends_every_child_and_the_sockets_folder(running: Running):
    children = running.children()
    assert running.stop() == 0
    assert [pid for pid in children.values() if processes.born(pid)] == []
    assert not Places(running.var).sockets.exists()
