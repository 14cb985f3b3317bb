"""What is too old leaves in whole seals, behind an entry that says so; the chain goes on from there."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from coordination.audit import actions as audit
from coordination.audit import anchors
from coordination.audit.chain import CLOSED, seal_pending, verify
from coordination.audit.models import Entry, Seal
from coordination.base import clock
from tests.audit.test_seals import tampered

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(nurse, monkeypatch):
    """A chain of one centre: a seal four years ago, one two years ago, and one of now."""
    now = clock.now()
    tampered("DELETE FROM audit_pending; DELETE FROM audit_entry")
    with monkeypatch.context() as patch:
        for ago in (4 * 365, 2 * 365):
            patch.setattr(clock, "now", lambda ago=ago: now - timedelta(days=ago))
            audit.record(nurse, f"old.{ago}")
            tampered(
                "DELETE FROM audit_pending WHERE entry_id IN (SELECT id FROM audit_entry WHERE kind NOT LIKE 'old.%')"
            )
            seal_pending()
    tampered("DELETE FROM audit_entry WHERE kind NOT LIKE 'old.%'")
    audit.record(nurse, "new.thing")
    seal_pending()
    assert verify() is None
    return list(Seal.objects.order_by("number"))


def forget(*words):
    out = StringIO()
    call_command("audit", "forget", *words, stdout=out)
    return out.getvalue()


def kinds():
    return sorted(Entry.objects.values_list("kind", flat=True))


def test_what_is_older_than_the_setting_leaves_and_the_chain_still_fits(years, nurse):
    assert forget().startswith("left: 1 entries before ")
    assert kinds() == [CLOSED, "new.thing", "old.730"]
    assert Seal.objects.order_by("number").first().number == 2
    closing = Entry.objects.get(kind=CLOSED)
    assert closing.organisation_id == nurse.organisation_id
    assert closing.detail["through"] == 1
    assert verify() is None
    seal_pending()
    assert verify() is None
    assert forget() == ""


def test_a_dry_run_only_says_what_would_leave(years):
    assert forget("--dry-run").startswith("would leave: 1 entries before ")
    assert kinds() == ["new.thing", "old.1460", "old.730"]


def test_nothing_leaves_a_log_that_does_not_fit(years):
    tampered("UPDATE audit_entry SET kind = 'x' WHERE kind = 'old.1460'")
    with pytest.raises(CommandError, match="does not fit"):
        forget()
    assert Seal.objects.count() == 3


def test_the_beginning_of_a_chain_taken_away_without_a_closing_is_found(years):
    tampered("DELETE FROM audit_entry WHERE kind = 'old.1460'; DELETE FROM audit_seal WHERE number = 1")
    assert "the chain does not begin here" in str(verify())


def test_a_closing_that_says_another_hash_does_not_excuse_it(years, nurse):
    detail = {"through": 1, "hash": "0" * 64, "before": clock.now().isoformat(), "entries": 1}
    audit.record(None, CLOSED, organisation=nurse.organisation_id, detail=detail)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE kind = 'old.1460'")
        cursor.execute("DELETE FROM audit_seal WHERE number = 1")
    assert "the chain does not begin here" in str(verify())


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM audit_entry WHERE kind = 'new.thing'", "DELETE FROM audit_seal WHERE number = 3"],
)
def test_even_behind_a_closing_the_database_keeps_a_year(years, nurse, statement):
    before = (clock.now() + timedelta(days=1)).isoformat()
    detail = {"through": 3, "hash": "", "before": before, "entries": 3}
    audit.record(None, CLOSED, organisation=nurse.organisation_id, detail=detail)
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        cursor.execute(statement)


def test_another_centre_s_closing_lets_nothing_go(years, stranger):
    detail = {"through": 9, "hash": "", "before": clock.now().isoformat(), "entries": 0}
    audit.record(None, CLOSED, organisation=stranger.organisation_id, detail=detail)
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        cursor.execute("DELETE FROM audit_entry WHERE kind = 'old.1460'")


def test_an_anchor_of_what_has_left_still_fits_and_a_young_one_does_not(years):
    old = anchors.of_day((clock.now() - timedelta(days=3 * 365 + 10)).date())
    young = [anchors.Anchor((clock.now() - timedelta(days=400)).date(), one.organisation, 1, one.hash) for one in old]
    assert [one.number for one in old] == [1]
    forget()
    assert anchors.verify_against(old) is None
    assert "it is missing" in str(anchors.verify_against(young))
