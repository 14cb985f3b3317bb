"""Who may be mailed: one rule, asked of a row or of the database."""

import pytest

from coordination.patients.rules import mailable, may_be_mailed, why_not_mailed
from tests.conftest import make_patient

pytestmark = pytest.mark.django_db

AGREED = {"email": "marie@example.org", "email_consent": True}


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({}, True),
        ({"attributes": ["HOMD"]}, True),
        ({"email": ""}, False),
        ({"email_consent": False}, False),
        ({"deceased_on": "2026-01-01"}, False),
        ({"attributes": ["COLP"]}, False),
        ({"attributes": ["HOMD", "FICT"]}, False),
    ],
)
def test_the_row_and_the_database_say_the_same(centre, fields, may):
    patient = make_patient(centre, "Durand", "Marie", **(AGREED | fields))
    assert (may_be_mailed(patient), mailable().filter(pk=patient.pk).exists()) == (may, may)


def test_a_mail_leaves_for_the_address_of_today_only(centre):
    patient = make_patient(centre, "Durand", "Marie", **AGREED)
    assert why_not_mailed(patient, "marie@example.org") is None
    assert why_not_mailed(patient, "old@example.org") == "the patient has another address"
    assert why_not_mailed(None, "marie@example.org") == "the patient may not be mailed"
