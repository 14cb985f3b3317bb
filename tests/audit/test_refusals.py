"""What somebody asked for and was refused is in the access log, and does not flood it."""

import pytest

from coordination.audit.models import Entry
from coordination.base.ids import uuid7
from coordination.project import refused

pytestmark = pytest.mark.django_db


def refusals(person):
    return list(Entry.objects.filter(actor_id=person.pk, kind__endswith=".refused").order_by("at", "pk"))


def test_a_colleague_outside_the_circle_who_tries_is_noted_with_the_patient(client_of, outsider, patient):
    assert client_of(outsider).get(f"/api/patients/{patient.pk}").status_code == 404
    [entry] = refusals(outsider)
    assert (entry.kind, entry.patient_id, entry.address) == ("patient.refused", patient.pk, "127.0.0.1")
    assert entry.detail["route"].startswith("GET /api/patients/")


def test_a_stranger_who_tries_is_in_the_patient_s_log_too(client_of, stranger, patient):
    client_of(stranger).get(f"/api/patients/{patient.pk}/story")
    [entry] = refusals(stranger)
    assert (entry.organisation_id, entry.patient_id) == (stranger.organisation_id, patient.pk)


def test_what_is_about_a_patient_names_the_patient(client_of, outsider, conversation, patient):
    client_of(outsider).get(f"/api/conversations/{conversation.pk}/messages")
    [entry] = refusals(outsider)
    assert (entry.subject_id, entry.patient_id) == (conversation.pk, patient.pk)


def test_what_a_role_does_not_allow_is_noted_too(client_of, nurse):
    assert client_of(nurse).get("/api/audit").status_code == 403
    [entry] = refusals(nurse)
    assert (entry.kind, entry.patient_id) == ("request.refused", None)


def test_nobody_and_what_does_not_exist_leave_nothing(client_of, nurse, patient):
    client_of(None).get(f"/api/patients/{patient.pk}")
    client_of(nurse).get(f"/api/patients/{uuid7()}")
    client_of(nurse).get("/api/nothing")
    assert not Entry.objects.filter(kind__in=refused.KINDS).exists()


def test_what_may_be_seen_is_no_refusal(client_of, nurse, patient):
    assert client_of(nurse).get(f"/api/patients/{patient.pk}").status_code == 200
    assert refusals(nurse) == []


def test_asking_again_and_again_is_told_once(client_of, outsider, patient):
    browser = client_of(outsider)
    for _ in range(3):
        browser.get(f"/api/patients/{patient.pk}")
    assert len(refusals(outsider)) == 1


def test_a_flood_is_told_up_to_a_limit_and_the_last_line_says_so(outsider, patient):
    for number in range(refused.MOST + 5):
        refused.record_refusal(outsider, patient, route=f"GET /{number}")
    told = refusals(outsider)
    assert len(told) == refused.MOST
    assert ["more" in entry.detail for entry in told] == [False] * (refused.MOST - 1) + [True]


def test_a_page_that_is_printed_is_noted_when_it_may_be_seen(client_of, nurse, outsider, patient):
    printed = {"page": "/patients/", "patient": str(patient.pk)}
    assert client_of(nurse).post("/api/prints", printed).status_code == 204
    assert client_of(outsider).post("/api/prints", printed).status_code == 404
    entry = Entry.objects.get(kind="page.printed")
    assert (entry.actor_id, entry.patient_id, entry.detail) == (nurse.pk, patient.pk, {"page": "/patients/"})


def test_the_address_of_a_printed_page_names_nobody(client_of, nurse):
    assert client_of(nurse).post("/api/prints", {"page": "/patients/DURAND Marie"}).status_code == 422
