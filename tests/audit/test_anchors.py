"""A line a day, kept elsewhere, shows what the chain alone cannot: that its end was cut off."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from coordination.audit import actions as audit
from coordination.audit import anchors
from coordination.audit.anchors import Anchor, BadAnchor
from coordination.audit.chain import seal_hash, seal_pending, verify
from coordination.audit.models import Seal
from coordination.base import clock
from tests.audit.test_seals import tampered

pytestmark = pytest.mark.django_db


def today():
    return clock.today(settings.TIME_ZONE)


@pytest.fixture
def chain(nurse):
    """Three seals of one centre, made today; the last one."""
    seal_pending()
    for _ in range(2):
        audit.record(nurse, "a.thing")
        seal_pending()
    return Seal.objects.filter(organisation_id=nurse.organisation_id).latest("number")


@pytest.fixture
def kept(chain, tmp_path):
    """What was anchored today and copied elsewhere."""
    return anchors.keep(today(), tmp_path / "anchors")


def checked(file):
    out = StringIO()
    call_command("audit", "verify", "--anchor", str(file), stdout=out)
    return out.getvalue()


def test_an_anchor_names_the_day_the_centre_the_last_seal_and_its_hash(chain, kept):
    assert f"{today()} {chain.organisation_id} {chain.number} {seal_hash(chain)}" in kept.read_text().splitlines()
    assert kept.name == f"{today():%Y-%m}.txt"


def test_a_day_is_kept_once_and_the_next_beside_it(chain, kept):
    before = kept.read_text()
    anchors.keep(today(), kept.parent)
    assert kept.read_text() == before


def test_a_day_before_the_chain_began_has_no_anchor(chain):
    assert anchors.of_day(today() - timedelta(days=2)) == []


def test_the_anchors_of_an_untouched_log_fit(chain, kept, nurse):
    audit.record(nurse, "a.thing")
    seal_pending()
    assert "anchors" in checked(kept)


def cut_off(seal):
    tampered("DELETE FROM audit_seal WHERE id = %s", seal.pk)
    tampered("DELETE FROM audit_entry WHERE id::text = ANY(%s)", seal.entries)


def test_the_newest_seal_cut_off_with_its_entries_shows_only_against_the_anchor(chain, kept):
    cut_off(chain)
    assert verify() is None
    with pytest.raises(CommandError, match=f"seal {chain.number}: it is missing, as anchored on {today()}"):
        checked(kept)


def test_another_seal_in_its_place_shows_too(chain, kept, nurse):
    cut_off(chain)
    audit.record(nurse, "another.thing")
    seal_pending()
    assert verify() is None
    with pytest.raises(CommandError, match=f"seal {chain.number}: it is not the one that was there"):
        checked(kept)


def test_the_command_prints_what_it_would_keep(chain):
    out = StringIO()
    call_command("audit", "anchor", "--day", str(today()), stdout=out)
    assert anchors.parse_all(out.getvalue()) == anchors.of_day(today())


@pytest.mark.parametrize("line", ["", "2026-11-22", "2026-11-22 - one abc", "yesterday - 1 abc", "2026-11-22 x 1 abc"])
def test_what_is_no_anchor_is_refused(line):
    with pytest.raises(BadAnchor):
        Anchor.parse(line)


def test_a_file_of_something_else_is_refused(tmp_path, chain):
    file = tmp_path / "other.txt"
    file.write_text("# anchors\n\nnothing of the kind\n")
    with pytest.raises(CommandError, match="not an anchor"):
        checked(file)
    with pytest.raises(CommandError, match="cannot read"):
        checked(tmp_path / "missing.txt")
