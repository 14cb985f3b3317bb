"""The FHIR façade: a patient as FR Core says it, and refusals in FHIR's words."""

from datetime import timedelta

import pytest
from django.test import Client
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.patient import Patient as FhirPatient

from coordination.accounts.models import AccessToken
from coordination.accounts.signin import digest
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.patients.actions import NewMember, join_circle, open_circle

pytestmark = pytest.mark.django_db

MATRICULE = "255081416802538"


@pytest.fixture
def qualified(patient):
    """The same patient, with a test matricule and a qualified identity."""
    patient.matricule, patient.matricule_oid = MATRICULE, "1.2.250.1.213.1.4.10"
    patient.ins_recovered = patient.identity_checked = True
    patient.birth_given_names, patient.used_name, patient.birth_place_code = "Marie Louise", "Petit", "37261"
    patient.record_links = [{"system": "urn:oid:1.2.3", "id": "42", "url": "https://record.example/42"}]
    patient.save()
    return patient


def read(client, patient):
    return client.get(f"/fhir/Patient/{patient.pk}")


def test_a_patient_in_care_is_read_as_fr_core_names_it(client_of, nurse, qualified, centre):
    answer = read(client_of(nurse), qualified)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/fhir+json; charset=utf-8")
    base = "https://hl7.fr/ig/fhir/core"
    assert answer.json() == {
        "resourceType": "Patient",
        "id": str(qualified.pk),
        "meta": {
            "profile": [
                f"{base}/StructureDefinition/fr-core-patient",
                f"{base}/StructureDefinition/fr-core-patient-ins",
            ]
        },
        "extension": [
            {
                "url": f"{base}/StructureDefinition/fr-core-identity-reliability",
                "extension": [
                    {
                        "url": "identityStatus",
                        "valueCoding": {"system": f"{base}/CodeSystem/fr-core-cs-v2-0445", "code": "QUAL"},
                    }
                ],
            },
            {
                "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
                "valueAddress": {
                    "extension": [
                        {
                            "url": f"{base}/StructureDefinition/fr-core-address-insee-code",
                            "valueCoding": {
                                "system": "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM",
                                "code": "37261",
                            },
                        }
                    ]
                },
            },
        ],
        "identifier": [
            {
                "use": "official",
                "type": {"coding": [{"system": f"{base}/CodeSystem/fr-core-cs-v2-0203", "code": "INS-NIR-TEST"}]},
                "system": "urn:oid:1.2.250.1.213.1.4.10",
                "value": MATRICULE,
            },
            {"system": "urn:oid:1.2.3", "value": "42"},
        ],
        "active": True,
        "name": [
            {
                "use": "official",
                "family": "Durand",
                "given": ["Marie"],
                "extension": [
                    {
                        "url": f"{base}/StructureDefinition/fr-core-patient-birth-list-given-name",
                        "valueString": "Marie Louise",
                    }
                ],
            },
            {"use": "usual", "family": "Petit", "given": ["Marie"]},
        ],
        "telecom": [
            {"system": "phone", "value": "06 12 34 56 78"},
            {"system": "email", "value": "marie.durand@example.org"},
        ],
        "gender": "female",
        "birthDate": "1957-03-12",
        "address": [{"use": "home", "city": "Exemple", "postalCode": "00000"}],
        "managingOrganization": {"display": centre.name},
    }
    FhirPatient.model_validate(answer.json())
    assert Entry.objects.filter(kind="patient.read", patient_id=qualified.pk, detail={"over": "fhir"}).count() == 1


@pytest.mark.parametrize(
    "change",
    [{"ins_recovered": False}, {"identity_checked": False}, {"attributes": ["DOUT"]}, {"matricule_oid": "1.2.3"}],
)
def test_the_matricule_stays_unless_the_identity_is_qualified(client_of, nurse, qualified, change):
    for name, value in change.items():
        setattr(qualified, name, value)
    qualified.save()
    answer = read(client_of(nurse), qualified)
    assert MATRICULE not in answer.content.decode()
    assert "INS" not in answer.content.decode()


def test_the_social_circle_reads_neither_the_matricule_nor_the_ids_of_the_shared_record(client_of, outsider, qualified):
    social = open_circle(qualified, by=outsider, circle="social")
    join_circle(social, NewMember("assistant_social", person=outsider), by=outsider)
    answer = read(client_of(outsider), qualified)
    assert (answer.status_code, answer.json()["name"][0]["family"]) == (200, "Durand")
    assert "identifier" not in answer.json()
    assert len(answer.json()["meta"]["profile"]) == 1
    assert MATRICULE not in answer.content.decode()


@pytest.mark.parametrize(
    ("precision", "said"), [("day", "1957-03-12"), ("month", "1957-03"), ("year", "1957"), ("estimated", "1957")]
)
def test_a_birth_date_is_as_precise_as_it_is_known(client_of, nurse, patient, precision, said):
    patient.birth_date_precision = precision
    patient.save()
    assert read(client_of(nurse), patient).json()["birthDate"] == said


def test_a_deceased_patient_says_so(client_of, nurse, patient):
    patient.deceased_on = "2026-01-02"
    patient.save()
    assert read(client_of(nurse), patient).json()["deceasedDateTime"] == "2026-01-02"


def test_a_bearer_token_reads_too(nurse, patient):
    AccessToken.objects.create(person=nurse, digest=digest("secret"), expires_at=clock.now() + timedelta(hours=1))
    answer = Client().get(f"/fhir/Patient/{patient.pk}", headers={"authorization": "Bearer secret"})
    assert answer.status_code == 200


def refusal(answer, status, code):
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/fhir+json; charset=utf-8")
    outcome = OperationOutcome.model_validate(answer.json())
    assert [issue.code for issue in outcome.issue] == [code]
    assert "DURAND" not in answer.content.decode()


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_somebody_outside_the_circle_learns_nothing(request, client_of, patient, who):
    refusal(read(client_of(request.getfixturevalue(who)), patient), 404, "not-found")
    assert not Entry.objects.filter(kind="patient.read").exists()


def test_nobody_is_asked_to_sign_in(client_of, patient):
    refusal(read(client_of(None), patient), 401, "login")


@pytest.mark.parametrize("path", ["/fhir/Patient/x", "/fhir/Observation/1", "/fhir/Patient", "/fhir/Patient/a/b"])
def test_what_is_not_here_is_an_operation_outcome(client_of, nurse, path):
    refusal(client_of(nurse).get(path), 404, "not-found")


def test_writing_is_not_here(client_of, nurse, patient):
    assert client_of(nurse).put(f"/fhir/Patient/{patient.pk}", {}).status_code in {404, 405}


def test_the_capabilities_are_open_to_all(db):
    answer = Client().get("/fhir/metadata")
    assert answer.status_code == 200
    statement = CapabilityStatement.model_validate(answer.json())
    assert (statement.fhirVersion, statement.rest[0].resource[0].type) == ("4.0.1", "Patient")
