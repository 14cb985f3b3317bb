"""Between the server's acceptance and the worker's commit: a death repeats the mail once, marked; nothing else does."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import OperationalError, connection

from coordination.base import clock
from notifications.jobs import ring, send_due
from notifications.models import Delivery
from notifications.outbox import claim, finish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine]


def database_url() -> str:
    """The database of this test, for another process."""
    of = connection.settings_dict
    name, user, host = (quote(str(of[part]), safe="") for part in ("NAME", "USER", "HOST"))
    return f"postgresql://{user}:{quote(str(of['PASSWORD']), safe='')}@/{name}?host={host}" + (
        f"&port={of['PORT']}" if of["PORT"] else ""
    )


def until(true: Callable[[], Any], seconds: float = 30) -> Any:
    """What `true` answers as soon as it is something; fails at the deadline."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
    return found


@pytest.fixture
def worker(settings: Any, catch: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker on the engines of this test."""
    environment = os.environ | {"DATABASE_URL": database_url(), "EMAIL_URL": settings.EMAIL_URL}
    quiet = ["--without-heartbeat", "--without-gossip", "--without-mingle", "--loglevel", "warning"]
    command = [sys.executable, "-m", "celery", "-A", "coordination.project.celery", "worker", "--pool", "solo", *quiet]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


class Lock:
    """Holds the row of a delivery, so that the worker's commit of its end has to wait."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.held = threading.Event()
        self.connection = psycopg.connect(database_url())

    def take(self) -> None:
        self.connection.execute("SELECT 1 FROM notifications_delivery WHERE id = %s FOR UPDATE", [self.delivery.pk])
        self.held.set()

    def somebody_waits(self) -> bool:
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            return cursor.fetchone() is not None

    def release(self) -> None:
        self.connection.rollback()
        self.connection.close()


def test_a_worker_killed_after_acceptance_delays_the_mail_and_repeats_it_once(due, catch, worker):
    delivery = due()
    lock = Lock(delivery)
    catch.on_data = lock.take
    ring()
    assert lock.held.wait(30)
    until(lock.somebody_waits)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    lock.release()
    catch.on_data = lambda: None

    delivery.refresh_from_db()
    assert delivery.status == Delivery.Status.CLAIMED
    send_due()
    assert len(catch.mails) == 1, "the lease has not ended"
    Delivery.objects.update(claimed_until=clock.now() - timedelta(seconds=1))
    send_due()
    send_due()

    first, second = catch.mails
    assert first["Message-ID"] == second["Message-ID"] == delivery.message_id
    assert (first["Possible-Repeat"], second["Possible-Repeat"]) == (None, "yes")
    delivery.refresh_from_db()
    assert delivery.status == Delivery.Status.SENT


def test_the_doorbell_wakes_a_worker_once_the_action_has_committed(due, catch, worker):
    delivery = due()
    until(lambda: catch.mails)
    until(lambda: Delivery.objects.filter(pk=delivery.pk, status=Delivery.Status.SENT).exists())
    assert len(catch.mails) == 1


def end_every_connection():
    """As PostgreSQL does when it restarts."""
    with psycopg.connect(database_url(), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_worker_whose_database_goes_away_after_acceptance_waits_for_it_and_sends_once(due, catch):
    delivery = due()
    catch.on_data = end_every_connection
    send_due()
    catch.on_data = lambda: None
    delivery.refresh_from_db()
    assert (delivery.status, delivery.told_at is None) == (Delivery.Status.SENT, False)
    send_due()
    assert len(catch.mails) == 1


def test_a_worker_waits_for_its_database_no_longer_than_its_lease(due, catch, monkeypatch):
    delivery = due()
    [claimed] = claim()
    Delivery.objects.update(claimed_until=clock.now() - timedelta(seconds=1))
    claimed.claimed_until = clock.now() - timedelta(seconds=1)

    def refuse(*_):
        raise OperationalError("the database system is shutting down")

    with monkeypatch.context() as away:
        away.setattr("notifications.outbox._end", refuse)
        with pytest.raises(OperationalError):
            finish(claimed, Delivery.Status.SENT, "250 OK")
    delivery.refresh_from_db()
    assert delivery.status == Delivery.Status.CLAIMED
