"""What a reading changes, decided without a directory and without a database."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.accounts.directory.planning import Conflict, Known, Rule, Turn, plan, plan_one
from coordination.accounts.directory.reading import Entry, Reading
from coordination.accounts.rights import Right

CENTRE, OTHER, ROLE, SECOND, TEAM, AWA = (UUID(int=number) for number in range(1, 7))
CARERS = Rule("cn=soignants", CENTRE, CENTRE, ROLE, team=TEAM, profession="ide", label="Soignant")
ENTRY = Entry("e1", "uid=awa", "awa.diallo", "Awa", "Diallo", email="awa@example.org")
PERSON = Known(AWA, CENTRE, "awa.diallo", "Awa", "Diallo", email="awa@example.org")
LINKED = replace(PERSON, entry="e1", places=frozenset({CARERS.place}), teams=frozenset({TEAM}))
READING = Reading((ENTRY,), {"cn=soignants": frozenset({"e1"})})


def planned(reading=READING, rules=(CARERS,), known=(), centre=CENTRE):
    return plan(reading, rules, known, centre=centre)


def only(found) -> Turn:
    [turn] = found.turns
    return turn


def test_somebody_new_is_added_with_what_their_groups_give():
    turn = only(planned())
    assert (turn.kind, turn.name, turn.profession, turn.label) == ("added", "Awa Diallo", "ide", "Soignant")
    assert (turn.give, turn.join) == ({(CENTRE, ROLE)}, {TEAM})


def test_somebody_none_of_whose_groups_gives_access_is_left_out():
    found = planned(Reading((ENTRY,), {"cn=autres": frozenset({"e1"})}))
    assert (found.turns, found.without_group, found.unknown_groups) == ((), 1, {"cn=autres": 1})
    assert found.missing_groups == ("cn=soignants",)


def test_nothing_changes_for_somebody_who_is_up_to_date():
    assert planned(known=[LINKED]).turns == ()


def test_what_the_directory_says_otherwise_is_taken_over_and_what_it_leaves_empty_stays():
    known = replace(LINKED, email="old@example.org", phone="01 99 00 00 01")
    assert only(planned(known=[known])).fields == {"email": ("old@example.org", "awa@example.org")}


def test_a_person_of_liaison_is_recognised_by_login_and_name():
    turn = only(planned(known=[PERSON]))
    assert (turn.kind, turn.person, turn.give) == ("linked", AWA, {(CENTRE, ROLE)})


def test_a_person_of_liaison_is_recognised_by_rpps_before_their_login():
    known = replace(PERSON, login="adiallo", rpps="10001234567")
    turn = only(planned(replace(READING, entries=(replace(ENTRY, rpps="10001234567"),)), known=[known]))
    assert (turn.person, turn.fields) == (AWA, {"login": ("adiallo", "awa.diallo")})


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (replace(PERSON, family_name="Traoré"), "other_name"),
        (replace(PERSON, is_service=True), "login_taken"),
        (replace(PERSON, centre=OTHER), "two_centres"),
    ],
)
def test_somebody_else_s_account_is_never_taken_over(known, why):
    found = planned(known=[known])
    assert [turn for turn in found.turns if turn.kind != "suspended"] == []
    assert found.conflicts == (Conflict(why, "Awa Diallo", "awa.diallo"),)


MANAGES = frozenset({Right.DIRECTORY_MANAGE})
READS = frozenset({Right.PATIENT_READ})


def test_whoever_manages_the_directory_is_given_nothing_by_a_group_and_still_loses_what_it_gave():
    second = Rule("cn=chefs", CENTRE, CENTRE, SECOND)
    known = replace(LINKED, places=frozenset({second.place}), teams=frozenset(), rights=MANAGES)
    found = planned(rules=(CARERS, second), known=[known])
    turn = only(found)
    assert (turn.give, turn.join, turn.end, turn.is_delicate) == (frozenset(), frozenset(), {second.place}, True)
    assert found.conflicts == (Conflict("manages_directory", "Awa Diallo", "awa.diallo"),)
    given = only(planned(rules=(CARERS, second), known=[replace(known, rights=READS)]))
    assert (given.give, given.join, given.is_delicate) == ({CARERS.place}, {TEAM}, False)


def test_whoever_manages_the_directory_is_not_linked_by_a_group_that_would_give_them_something():
    found = planned(known=[replace(PERSON, rights=MANAGES)])
    assert (found.turns, [one.why for one in found.conflicts]) == ((), ["manages_directory"])


@pytest.mark.parametrize("known", [(), (replace(LINKED, places=frozenset(), rights=READS),)])
def test_groups_do_not_make_somebody_manage_the_directory_and_see_patients(known):
    admins = Rule("cn=chefs", CENTRE, CENTRE, SECOND, rights=MANAGES)
    reading = replace(READING, groups={"cn=soignants": frozenset({"e1"}), "cn=chefs": frozenset({"e1"})})
    found = planned(reading, rules=(replace(CARERS, rights=READS), admins), known=known)
    assert not any(turn.give for turn in found.turns)
    assert [one.why for one in found.conflicts] == ["administrator_reads_no_patient"]
    alone = only(planned(replace(READING, groups={"cn=chefs": frozenset({"e1"})}), rules=(admins,)))
    assert (alone.give, alone.is_delicate) == ({admins.place}, True)


def test_an_rpps_of_somebody_else_and_another_rpps_of_one_s_own_are_refused():
    reading = replace(READING, entries=(replace(ENTRY, rpps="10001234567"),))
    other = replace(PERSON, login="other", entry="e2", rpps="10001234567", id=OTHER)
    assert planned(reading, known=[other, LINKED]).conflicts[0].why == "rpps_taken"
    assert planned(reading, known=[replace(PERSON, rpps="10009999999")]).conflicts[0].why == "other_rpps"


def test_two_entries_that_claim_one_login_are_both_refused():
    twins = Reading((ENTRY, replace(ENTRY, id="e2")), {"cn=soignants": frozenset({"e1", "e2"})})
    found = planned(twins)
    assert (found.turns, [one.why for one in found.conflicts]) == ((), ["claimed_twice", "claimed_twice"])


def test_somebody_gone_is_suspended_and_one_who_comes_back_is_restored():
    turn = only(planned(Reading(), known=[LINKED]))
    assert (turn.kind, turn.loses, turn.end) == ("suspended", True, frozenset())
    back = only(planned(known=[replace(LINKED, is_active=False, is_suspended=True)]))
    assert back.kind == "restored"


def test_somebody_suspended_by_hand_is_not_restored_and_one_who_was_never_linked_is_not_suspended():
    assert planned(known=[replace(LINKED, is_active=False)]).turns == ()
    assert planned(Reading(), known=[PERSON]).turns == ()


def test_somebody_entered_again_under_the_same_login_is_the_same_person():
    again = replace(READING, entries=(replace(ENTRY, id="e2"),), groups={"cn=soignants": frozenset({"e2"})})
    turn = only(planned(again, known=[LINKED]))
    assert (turn.kind, turn.person, turn.loses) == ("linked", AWA, False)
    assert only(planned(again, known=[replace(LINKED, is_active=False, is_suspended=True)])).kind == "restored"


def test_an_unreadable_entry_is_not_somebody_gone():
    assert planned(Reading(unreadable={"e1": "uid=awa"}), known=[LINKED]).turns == ()


def test_leaving_a_group_ends_what_it_gave_and_nothing_else():
    second = Rule("cn=chefs", CENTRE, CENTRE, SECOND)
    both = replace(LINKED, places=LINKED.places | {second.place})
    turn = only(planned(rules=(CARERS, second), known=[both]))
    assert (turn.kind, turn.end, turn.leave, turn.loses) == ("changed", {second.place}, frozenset(), False)
    last = only(planned(replace(READING, groups={}), rules=(CARERS, second), known=[both]))
    assert (last.end, last.leave, last.loses) == (both.places, {TEAM}, True)


def test_the_people_of_another_centre_are_left_alone():
    abroad = replace(LINKED, centre=OTHER)
    assert planned(Reading(), known=[abroad]).turns == ()
    assert planned(known=[abroad], rules=()).turns == ()


def test_a_sign_in_touches_nobody_else():
    gone = replace(LINKED, id=OTHER, login="gone", entry="e9")
    turn = plan_one(READING, [CARERS], [gone])
    assert isinstance(turn, Turn)
    assert turn.kind == "added"


def crowd(size: int) -> tuple[list[Entry], list[Known]]:
    entries = [replace(ENTRY, id=f"e{number}", login=f"p{number}") for number in range(size)]
    people = [
        replace(LINKED, id=UUID(int=100 + number), entry=f"e{number}", login=f"p{number}") for number in range(size)
    ]
    return entries, people


@pytest.mark.parametrize(("size", "gone", "braked"), [(3, 2, False), (3, 3, True), (50, 10, False), (50, 11, True)])
def test_the_brake_holds_when_more_than_a_fifth_and_more_than_two_lose_their_access(size, gone, braked):
    entries, people = crowd(size)
    groups = {"cn=soignants": frozenset(entry.id for entry in entries)}
    assert planned(Reading(tuple(entries[gone:]), groups), known=people).is_braked(20) is braked


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=12),
    st.sampled_from([(CARERS,), (CARERS, Rule("cn=chefs", CENTRE, CENTRE, SECOND)), ()]),
)
def test_planning_twice_finds_nothing_left_to_do(people, rules):
    """Whoever is there or not, in a group or not, known or not: after the plan is carried out, nothing remains."""
    entries, known = crowd(len(people))
    there = [entry for entry, (present, _, _) in zip(entries, people, strict=True) if present]
    members = frozenset(entry.id for entry, (_, member, _) in zip(entries, people, strict=True) if member)
    before = [person for person, (_, _, is_known) in zip(known, people, strict=True) if is_known]
    reading = Reading(tuple(there), {"cn=soignants": members})
    found = planned(reading, rules=rules, known=before)
    assert planned(reading, rules=rules, known=carried_out(found.turns, before)).turns == ()


def carried_out(turns, people):
    """The people as a plan leaves them."""
    by_id = {person.id: person for person in people}
    for number, turn in enumerate(turns):
        entry = turn.entry
        new = Known(UUID(int=1000 + number), CENTRE, entry.login if entry else "", "Awa", "Diallo")
        person = by_id.get(turn.person or new.id, new)
        by_id[person.id] = replace(
            person,
            **{name: after for name, (_, after) in turn.fields.items()},
            email=entry.email if entry else person.email,
            entry=entry.id if entry else person.entry,
            is_active=person.is_active if turn.active is None else turn.active,
            is_suspended=entry is None,
            places=(person.places | turn.give) - turn.end,
            teams=(person.teams | turn.join) - turn.leave,
        )
    return list(by_id.values())
