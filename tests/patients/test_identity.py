"""Statuses, keys and typed searches: pure functions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.patients.identity import birth_keys, identity_status, name_keys, phone_digits, phone_keys
from coordination.patients.search import Term, likeness, terms


@pytest.mark.parametrize(
    ("recovered", "checked", "attributes", "status"),
    [
        (False, False, set(), "PROV"),
        (True, False, set(), "RECUP"),
        (False, True, set(), "VALI"),
        (True, True, set(), "QUAL"),
        (True, True, {"DOUT"}, "PROV"),
        (True, True, {"FICT"}, "PROV"),
        (True, True, {"HOMD"}, "QUAL"),
    ],
)
def test_the_status_follows_from_what_was_recovered_and_checked(recovered, checked, attributes, status):
    assert identity_status(recovered=recovered, checked=checked, attributes=frozenset(attributes)) == status


def test_a_name_is_found_by_any_tail_of_its_words():
    assert {"lefevre", "efevre", "re", "therese"} <= name_keys("LEFÈVRE", "Thérèse")
    assert "e" not in name_keys("LEFÈVRE")
    assert {"legoff", "goff", "le"} <= name_keys("Le Goff")
    assert {"nguyen", "n", "guyen"} <= name_keys("N’GUYEN")
    assert "oeuvrard" in name_keys("ŒUVRARD")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèçïœ", min_size=2, max_size=20), st.data())
def test_every_piece_of_a_name_begins_one_of_its_keys(name, data):
    folded = max(name_keys(name), key=len)
    start = data.draw(st.integers(0, len(folded) - 2))
    piece = folded[start : data.draw(st.integers(start + 2, len(folded)))]
    assert any(key.startswith(piece) for key in name_keys(name))


@pytest.mark.parametrize(
    "typed", ["0612345678", "06 12 34 56 78", "06.12.34.56.78", "+33 6 12 34 56 78", "0033612345678"]
)
def test_a_phone_is_one_number_however_it_is_written(typed):
    assert phone_digits(typed) == "0612345678"


def test_a_phone_is_found_by_its_beginning_and_by_its_last_pairs():
    assert phone_keys("06 12 34 56 78") == {"0612345678", "12345678", "345678", "5678"}
    assert phone_keys("") == set()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("durand", [Term("name", "durand")]),
        ("Lefèvre Thér", [Term("name", "lefevre"), Term("name", "ther")]),
        ("12/03/1957", [Term("birth", "12031957")]),
        ("12.3.57", [Term("birth", "120357")]),
        ("12/3", [Term("birth", "1203")]),
        ("03/1957", [Term("birth", "031957")]),
        ("1957-03-12", [Term("birth", "12031957")]),
        ("12031957", [Term("number", "12031957")]),
        ("1957", [Term("number", "1957")]),
        ("06 12 34 56 78", [Term("number", "0612345678")]),
        ("06.12.34.56.78", [Term("number", "0612345678")]),
        ("+33 6 12 34 56 78", [Term("number", "0612345678")]),
        ("durand 1957", [Term("name", "durand"), Term("number", "1957")]),
        ("durand 12/03/1957", [Term("name", "durand"), Term("birth", "12031957")]),
        ("12", []),
        ("%_'\";--", []),
    ],
)
def test_what_is_typed_is_read_as_names_dates_and_numbers(typed, found):
    assert terms(typed) == found


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read(typed):
    assert len(terms(typed)) <= 8


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)))
def test_a_birth_date_is_found_in_its_usual_forms(born):
    for typed in (f"{born:%d/%m/%Y}", f"{born:%Y-%m-%d}", f"{born:%d%m%Y}", f"{born:%d.%m.%y}", f"{born:%Y}"):
        (term,) = terms(typed)
        assert term.key in birth_keys(born)


@pytest.mark.parametrize(
    ("other", "grade"),
    [("1957-03-12", "same"), ("1957-12-03", "near"), ("1957-03-22", "near"), ("1958-04-12", "far")],
)
def test_dates_are_alike_when_swapped_or_one_digit_off(other, grade):
    assert likeness(date(1957, 3, 12), date.fromisoformat(other)) == grade
