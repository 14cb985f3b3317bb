"""Finding a patient."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.accounts.models import Person
from coordination.audit.models import Entry
from coordination.patients.identity import matricule_hash
from coordination.patients.models import Patient, PatientKey
from tests.conftest import make_patient


@pytest.fixture
def others(centre):
    return [
        make_patient(centre, "LEFÈVRE", "Thérèse", birth_date="1941-07-02"),
        make_patient(centre, "N’GUYEN", "Linh", birth_date="1979-11-23", phone="06 39 98 11 22"),
        make_patient(centre, "MARTIN", "Marie", birth_date="1957-12-03", used_name="DURANDEAU"),
    ]


def found(browser, q):
    answer = browser.get("/api/patients", q=q)
    assert answer.status_code == 200
    return [one["name"] for one in answer.json()["items"]]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("durand", ["DURAND Marie", "DURANDEAU Marie"]),
        ("DURAND mar", ["DURAND Marie", "DURANDEAU Marie"]),
        ("urand", ["DURAND Marie", "DURANDEAU Marie"]),
        ("lefevre", ["LEFÈVRE Thérèse"]),
        ("therese", ["LEFÈVRE Thérèse"]),
        ("nguyen", ["N’GUYEN Linh"]),
        ("n'guy", ["N’GUYEN Linh"]),
        ("martin", ["DURANDEAU Marie"]),
        ("12/03/1957", ["DURAND Marie"]),
        ("12031957", ["DURAND Marie"]),
        ("1957-03-12", ["DURAND Marie"]),
        ("1957", ["DURAND Marie", "DURANDEAU Marie"]),
        ("marie 03/12/1957", ["DURANDEAU Marie"]),
        ("06 12 34 56 78", ["DURAND Marie"]),
        ("0612", ["DURAND Marie"]),
        ("5678", ["DURAND Marie"]),
        ("personne", []),
        ("%", []),
        ("_urand", ["DURAND Marie", "DURANDEAU Marie"]),
    ],
)
def test_a_patient_is_found_by_name_birth_date_or_phone(client_of, nurse, patient, others, typed, names):
    assert found(client_of(nurse), typed) == names


@pytest.mark.parametrize("typed", ["257034512345639", "2 57 03 45 123 456 39"])
def test_a_patient_is_found_by_the_matricule_which_the_database_never_sees(client_of, nurse, patient, others, typed):
    patient.matricule, patient.matricule_oid = "257034512345639", "1.2.250.1.213.1.4.10"
    patient.matricule_hash = matricule_hash(patient.matricule_oid, patient.matricule)
    patient.save()
    with CaptureQueriesContext(connection) as asked:
        assert found(client_of(nurse), typed) == ["DURAND Marie"]
    assert "257034512345639" not in str(asked.captured_queries)
    [entry] = Entry.objects.filter(kind="patient.searched")
    assert entry.detail == {"found": 1}


def test_a_matricule_with_a_wrong_key_finds_nobody(client_of, nurse, patient):
    patient.matricule_hash = matricule_hash("1.2.250.1.213.1.4.10", "257034512345639")
    patient.save()
    assert found(client_of(nurse), "257034512345638") == []


def test_a_line_says_who_it_is_and_whether_they_are_in_my_care(client_of, outsider, patient):
    body = client_of(outsider).get("/api/patients", q="durand").json()
    assert body == {
        "items": [
            {
                "id": str(patient.pk),
                "name": "DURAND Marie",
                "birth_date": "1957-03-12",
                "age": patient.age,
                "sex": "F",
                "identity_status": "PROV",
                "city": "Exemple",
                "in_care": False,
            }
        ],
        "more": False,
    }


def test_without_words_the_list_is_of_those_in_my_care(client_of, secretary, outsider, patient, others):
    assert [one["name"] for one in client_of(secretary).get("/api/patients").json()["items"]] == ["DURAND Marie"]
    assert client_of(outsider).get("/api/patients").json()["items"] == []


def test_another_centre_finds_nobody(client_of, stranger, patient):
    assert found(client_of(stranger), "durand") == []


def test_who_may_not_identify_patients_does_not_search(client_of, administrator, patient):
    assert client_of(administrator).get("/api/patients", q="durand").json()["code"] == "refused"
    assert not Entry.objects.filter(kind="patient.searched").exists()


def test_a_search_is_audited_without_its_words(client_of, nurse, patient):
    found(client_of(nurse), "durand")
    entry = Entry.objects.get(kind="patient.searched")
    assert (entry.actor_id, entry.detail) == (nurse.pk, {"found": 1})


def test_a_long_list_says_that_there_are_more(client_of, nurse, centre):
    for number in range(31):
        make_patient(centre, "PETIT", f"Anne{number:02}")
    body = client_of(nurse).get("/api/patients", q="petit").json()
    assert (len(body["items"]), body["more"]) == (30, True)


def test_a_search_walks_the_index_of_keys(nurse, centre, patient):
    """Over 50,000 patients each term must be an index lookup, never a walk over all keys."""
    PatientKey.objects.bulk_create(
        PatientKey(patient=patient, organisation_id=centre.pk, kind="name", key=f"zz{number:05}")
        for number in range(20_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE patients_patientkey")
    matching = PatientKey.objects.filter(organisation_id=centre.pk, kind="name", key__startswith="durand")
    plan = matching.values("patient_id").explain()
    assert "patient_key_lookup" in plan
    assert "key >= 'durand'" in plan.replace("(key)::text", "key").replace("'::text", "'")


def test_the_list_takes_few_queries(client_of, nurse, patient, others, django_assert_max_num_queries):
    browser = client_of(nurse)
    with django_assert_max_num_queries(10):
        browser.get("/api/patients", q="marie")


def test_keys_belong_to_the_centre(nurse, stranger, patient):
    assert PatientKey.objects.visible_to(nurse).exists()
    assert not PatientKey.objects.visible_to(stranger).exists()
    assert not Patient.objects.identifiable_by(Person.objects.get(pk=stranger.pk)).exists()
