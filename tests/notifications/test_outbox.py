"""What must leave is a row first: unique, claimed once, sent again when it must, dropped when it may not leave."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from coordination.base import clock
from notifications import checks
from notifications.errors import NotAllowedOut
from notifications.jobs import send_due, tell_ended
from notifications.models import Delivery
from notifications.outbox import LEASE, PATIENCE, PAUSE, claim, deliver, enqueue, wait_before
from notifications.signals import delivery_finished
from tests.notifications.conftest import VALUES

Status = Delivery.Status
pytestmark = pytest.mark.django_db


def life(delivery):
    return [(move.status, move.why) for move in delivery.moves.order_by("at", "id")]


def expire_lease(delivery):
    Delivery.objects.filter(pk=delivery.pk).update(claimed_until=clock.now() - timedelta(seconds=1))


def test_what_is_due_is_sent_and_its_life_is_kept(due, catch):
    delivery = due()
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error) == (Status.SENT, 1, "")
    assert life(delivery) == [("claimed", ""), ("sent", "250 OK queued")]
    assert [mail["To"] for mail in catch.mails] == ["marie.durand@example.org"]


def test_the_link_is_forgotten_once_sent(due, catch):
    delivery = due()
    send_due()
    delivery.refresh_from_db()
    assert "lien" not in delivery.values
    assert VALUES["lien"] in catch.mails[0].get_content()


def test_the_same_thing_asked_twice_is_one_delivery(due, catch):
    first = due(occurrence="A:1", recipient="p")
    again = due(occurrence="A:1", recipient="p", address="other@example.org")
    assert (again.pk, again.address) == (first.pk, "marie.durand@example.org")
    send_due()
    send_due()
    assert len(catch.mails) == 1


@pytest.mark.parametrize("change", [{"occurrence": "B"}, {"recipient": "q"}, {"what": "another.notice"}])
def test_another_occurrence_recipient_or_kind_is_another_delivery(due, change):
    due(occurrence="A", recipient="p")
    due(**({"occurrence": "A", "recipient": "p"} | change))
    assert Delivery.objects.count() == 2


def test_nothing_is_put_in_the_outbox_outside_an_action():
    with pytest.raises(RuntimeError):
        enqueue(
            organisation_id=VALUES,
            channel="email",
            what="x",
            occurrence="x",
            recipient="x",
            address="x",
            language="fr",
            template="appointment_booked",
            values=VALUES,
        )


@pytest.mark.parametrize("bad", [{"template": "free_text"}, {"values": VALUES | {"motif": "HbA1c"}}])
def test_a_text_or_a_value_off_the_list_is_refused_when_it_is_asked(due, bad):
    with pytest.raises(NotAllowedOut):
        due(**bad)
    assert not Delivery.objects.exists()


def test_what_is_due_later_waits(due, catch):
    due(due_at=clock.now() + timedelta(minutes=1))
    send_due()
    assert not catch.mails


def test_a_reason_found_at_sending_drops_it(due, catch, monkeypatch):
    monkeypatch.setitem(checks._checks, "notice.of.a.test", lambda delivery: f"{delivery.occurrence} is cancelled")
    delivery = due(occurrence="A:1")
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.error, catch.mails) == (Status.DROPPED, "A:1 is cancelled", [])


@pytest.fixture
def faults():
    """What the receiver raises, once each, after it has written."""
    return []


@pytest.fixture
def heard(faults):
    """Each end that was told, and whether in a transaction."""
    heard = []

    def hear(delivery, **_):
        heard.append((delivery.pk, delivery.status, connection.in_atomic_block))
        Delivery.objects.filter(pk=delivery.pk).update(language="xx")
        if faults:
            raise faults.pop()

    delivery_finished.connect(hear)
    yield heard
    delivery_finished.disconnect(hear)


def test_the_end_of_a_delivery_is_told_upward_once(due, catch, heard):
    delivery = due()
    send_due()
    tell_ended()
    assert heard == [(delivery.pk, Status.SENT, True)]
    delivery.refresh_from_db()
    assert delivery.told_at is not None


def test_what_has_not_ended_is_not_told(due, catch, heard):
    catch.refuse["marie.durand@example.org"] = "451 come back later"
    due()
    send_due()
    tell_ended()
    assert heard == []


def test_a_receiver_that_fails_undoes_what_it_wrote_and_not_the_sending(due, catch, heard, faults):
    faults.append(RuntimeError("a fault upstairs"))
    delivery = due()
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.told_at, delivery.language) == (Status.SENT, None, "fr")
    send_due()
    assert len(catch.mails) == 1
    tell_ended()
    tell_ended()
    delivery.refresh_from_db()
    assert [status for _, status, _ in heard] == [Status.SENT, Status.SENT]
    assert (delivery.told_at is None, delivery.language, len(catch.mails)) == (False, "xx", 1)


def test_one_end_that_cannot_be_told_stops_no_other(due, catch, heard, faults):
    faults.append(RuntimeError("a fault upstairs"))
    due()
    due()
    send_due()
    assert Delivery.objects.filter(status=Status.SENT).count() == 2
    assert Delivery.objects.filter(told_at=None).count() == 1


def test_a_temporary_refusal_is_tried_again_later(due, catch):
    catch.refuse["marie.durand@example.org"] = "451 come back later"
    delivery = due()
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.possible_repeat) == (Status.DUE, 1, False)
    assert delivery.error == "451 come back later"
    assert timedelta(seconds=20) < delivery.due_at - clock.now() < timedelta(seconds=40)
    catch.refuse.clear()
    Delivery.objects.update(due_at=clock.now())
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, len(catch.mails)) == (Status.SENT, 2, 1)


def test_a_permanent_refusal_is_the_end(due, catch):
    catch.refuse["marie.durand@example.org"] = "550 no such mailbox"
    delivery = due()
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.error) == (Status.FAILED, "550 no such mailbox")


def test_it_is_given_up_four_days_after_the_first_attempt(due, catch, monkeypatch):
    catch.refuse["marie.durand@example.org"] = "451 come back later"
    delivery = due()
    send_due()
    began = clock.now()
    for later, status in ((PATIENCE - timedelta(hours=1), Status.DUE), (PATIENCE + timedelta(hours=5), Status.FAILED)):
        monkeypatch.setattr(clock, "now", lambda at=began + later: at)
        send_due()
        delivery.refresh_from_db()
        assert delivery.status == status


def test_while_the_server_is_away_one_mail_asks_and_the_others_wait(due, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    asked, waiting = due(), due()
    send_due()
    asked.refresh_from_db()
    waiting.refresh_from_db()
    assert (asked.status, asked.attempts, waiting.status, waiting.attempts) == (Status.DUE, 1, Status.DUE, 0)
    assert waiting.due_at > clock.now() + PAUSE / 2
    assert life(waiting) == []


def test_what_may_not_leave_any_more_fails_and_does_not_hold_the_others_up(due, catch, settings):
    """The public address changed after the link was made: it is not ours now."""
    delivery = due()
    settings.PUBLIC_URL = "https://liaison.example"
    due(values=VALUES | {"lien": "https://liaison.example/r/abc"})
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.error) == (Status.FAILED, "lien does not look like what it should be")
    assert len(catch.mails) == 1


def test_a_refused_address_does_not_hold_the_others_up(due, catch):
    catch.refuse["nobody@example.org"] = "451 come back later"
    due(address="nobody@example.org")
    due()
    send_due()
    assert [mail["To"] for mail in catch.mails] == ["marie.durand@example.org"]


def test_a_claim_is_not_taken_by_another_before_its_lease_ends(due):
    due()
    assert len(claim()) == 1
    assert claim() == []


def test_a_claim_whose_lease_ended_is_sent_again_marked_and_under_the_same_message_id(due, catch):
    delivery = due()
    [first] = claim()
    expire_lease(delivery)
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.possible_repeat) == (Status.SENT, 2, True)
    assert catch.mails[0]["Possible-Repeat"] == "yes"
    assert catch.mails[0]["Message-ID"] == first.message_id
    assert life(delivery) == [("claimed", ""), ("claimed", "possible repeat"), ("sent", "250 OK queued")]


def test_a_first_sending_is_not_marked_as_a_repeat(due, catch):
    due()
    send_due()
    assert "Possible-Repeat" not in catch.mails[0]


def test_a_worker_that_lost_its_claim_sends_nothing(due, catch):
    delivery = due()
    [slow] = claim()
    expire_lease(delivery)
    [fast] = claim()
    deliver(slow)
    assert catch.mails == []
    deliver(fast)
    assert len(catch.mails) == 1


def test_a_lease_outlasts_the_time_limit_of_the_transport():
    from notifications.transports.email import Server

    assert Server.from_url("smtp://localhost").seconds * 6 < LEASE.total_seconds()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_one_delivery_twice(due, catch):
    sent = {due(occurrence=str(number)).message_id for number in range(30)}

    def work(_):
        try:
            send_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert sorted(mail["Message-ID"] for mail in catch.mails) == sorted(sent)
    assert set(Delivery.objects.values_list("status", "attempts")) == {("sent", 1)}


@given(attempt=st.integers(2, 60))
def test_the_waits_grow_and_stay_within_five_hours(attempt):
    wait = wait_before(attempt).total_seconds()
    assert 24 <= wait <= 4.8 * 3600
    assert wait <= 30 * 2 ** (attempt - 2) * 1.2
