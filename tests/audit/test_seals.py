"""The access log: only ever added to, sealed within seconds, and checked."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction

from coordination.audit import actions as audit
from coordination.audit.chain import seal_pending, verify
from coordination.audit.models import Entry, Pending, Seal
from coordination.base.action import acting


def tampered(statement, *values):
    """What someone with the keys of the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values or None)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def sealed(nurse, doctor):
    """Two seals, of two entries each."""
    seal_pending()
    for _ in range(2):
        audit.record(nurse, "a.thing")
        audit.record(doctor, "another.thing", detail={"b": 1, "a": [1.5, None, "é"]})
        assert seal_pending() == 2
    return list(Seal.objects.filter(organisation_id=nurse.organisation_id).order_by("number"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET kind = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET digest = 'x'",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_seal",
        "TRUNCATE audit_pending",
        "TRUNCATE audit_entry, audit_seal, audit_pending CASCADE",
    ],
)
def test_the_database_refuses_to_change_the_log(sealed, statement):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        cursor.execute(statement)
    assert verify() is None


def test_the_models_cannot_change_the_log_either(nurse):
    audit.record(nurse, "a.thing")
    for change in (lambda: Entry.objects.update(kind="x"), lambda: Entry.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    assert Entry.objects.filter(kind="a.thing").exists()


def test_each_organisation_has_its_own_chain(nurse, stranger):
    audit.record(nurse, "a.thing")
    audit.record(stranger, "a.thing")
    audit.record(None, "a.thing")
    seal_pending()
    numbers = list(Seal.objects.values_list("organisation_id", "number"))
    assert sorted(numbers, key=str) == sorted(
        [(nurse.organisation_id, 1), (stranger.organisation_id, 1), (None, 1)], key=str
    )
    assert not Pending.objects.exists()


def test_seals_hold_together(sealed):
    first, *_, last = sealed
    assert [seal.number for seal in sealed] == list(range(1, len(sealed) + 1))
    assert (first.previous, len(last.entries)) == ("", 2)
    assert verify() is None
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert out.getvalue().startswith("the access log fits")


def test_nothing_to_seal_makes_no_seal(sealed):
    assert seal_pending() == 0
    assert Seal.objects.filter(organisation_id=sealed[0].organisation_id).count() == len(sealed)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE audit_entry SET kind = 'other' WHERE kind = 'a.thing'", "an entry it covers has changed"),
        ("UPDATE audit_entry SET at = at + interval '1 s' WHERE kind = 'a.thing'", "an entry it covers has changed"),
        ("DELETE FROM audit_entry WHERE kind = 'a.thing'", "is missing"),
        ("UPDATE audit_seal SET at = at + interval '1 s' WHERE number = 2", "it is not what the next seal says of it"),
        ("DELETE FROM audit_seal WHERE number = 2", "it is missing"),
        ("DELETE FROM audit_seal WHERE number = 1", "the chain does not begin here"),
        ("DELETE FROM audit_seal WHERE number = 3", "no seal covers it"),
        ("DELETE FROM audit_seal", "no seal covers it"),
        ("UPDATE audit_seal SET number = number + 10 WHERE number >= 2", "it is missing"),
        ("UPDATE audit_entry SET on_behalf_of_id = gen_random_uuid()", "an entry it covers has changed"),
        (
            "INSERT INTO audit_seal SELECT gen_random_uuid(), organisation_id, 4, at, entries, digest, digest "
            "FROM audit_seal WHERE number = 3",
            "it is not what the next seal says of it",
        ),
    ],
)
def test_whoever_changes_the_past_is_found(sealed, statement, what):
    tampered(statement)
    misfit = verify()
    assert misfit
    assert what in str(misfit)
    with pytest.raises(CommandError, match="does not fit"):
        call_command("audit", "verify")


def test_whoever_takes_an_entry_out_of_what_waits_is_found(sealed, nurse):
    audit.record(nurse, "a.thing")
    tampered("DELETE FROM audit_pending")
    assert "no seal covers it" in str(verify())


def test_an_entry_slipped_past_the_trigger_is_found(sealed, nurse):
    tampered(
        "INSERT INTO audit_entry SELECT gen_random_uuid(), organisation_id, at, actor_id, on_behalf_of_id, kind, "
        "subject_kind, subject_id, patient_id, detail, address FROM audit_entry LIMIT 1"
    )
    assert "no seal covers it" in str(verify())


def test_an_entry_that_commits_after_later_ones_were_sealed_is_sealed_too(transactional_db, nurse):
    """Found without relying on the order of ids: a long transaction began first and committed last."""
    seal_pending()
    begun, go_on = threading.Event(), threading.Event()

    def slow_writer():
        try:
            with acting():
                audit.record(nurse, "slow.thing")
                begun.set()
                go_on.wait(10)
        finally:
            connections.close_all()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert begun.wait(10)
    audit.record(nurse, "quick.thing")
    assert seal_pending() == 1
    go_on.set()
    writer.join()
    assert seal_pending() == 1
    assert verify() is None


def test_two_sealers_at_once_seal_each_entry_once(transactional_db, nurse):
    for _ in range(50):
        audit.record(nurse, "a.thing")

    def sealer():
        try:
            seal_pending()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sealer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_pending()
    assert verify() is None
    assert not Pending.objects.exists()


def test_what_is_undone_leaves_no_entry(nurse):
    def undone():
        with acting():
            audit.record(nurse, "undone.thing")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert not Entry.objects.filter(kind="undone.thing").exists()
    assert not Pending.objects.filter(entry_id__in=Entry.objects.filter(kind="undone.thing").values("pk")).exists()
