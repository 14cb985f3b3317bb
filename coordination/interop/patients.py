"""A patient as FHIR R4 in the names of FR Core 2.2 (rules §3); only a qualified identity carries its matricule."""

from typing import Any

from fhir.resources.R4B.patient import Patient as FhirPatient

from coordination.patients.models import Patient

FR_CORE = "https://hl7.fr/ig/fhir/core"
PROFILE, PROFILE_INS = (f"{FR_CORE}/StructureDefinition/fr-core-patient{end}" for end in ("", "-ins"))
BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"
COMMUNES = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM"
GENDERS = {"F": "female", "M": "male", "U": "unknown"}
INS_TYPES = {
    "1.2.250.1.213.1.4.8": ("INS-NIR", "official"),
    "1.2.250.1.213.1.4.9": ("INS-NIA", "temp"),
    "1.2.250.1.213.1.4.10": ("INS-NIR-TEST", "official"),
    "1.2.250.1.213.1.4.11": ("INS-NIR-DEMO", "official"),
}
"""From the OID of a matricule to its type and use (rules §2.1)."""
UNKNOWN_COMMUNE = "99999"

Json = dict[str, Any]


def fhir_patient(patient: Patient, *, for_health: bool) -> FhirPatient:
    """The resource, validated against R4; empty elements are left out, as FHIR wants.

    Only the health circle is given the matricule and the ids of the shared record.
    """
    parts = {
        "id": str(patient.pk),
        "meta": {"profile": [PROFILE, PROFILE_INS] if for_health and carries_ins(patient) else [PROFILE]},
        "extension": _extensions(patient),
        "identifier": _identifiers(patient) if for_health else [],
        "active": True,
        "name": _names(patient),
        "telecom": _telecom(patient),
        "gender": GENDERS[patient.sex],
        "birthDate": birth_date(patient),
        "deceasedDateTime": patient.deceased_on.isoformat() if patient.deceased_on else None,
        "address": _address(patient),
        "managingOrganization": {"display": patient.organisation.name},
    }
    return FhirPatient.model_validate({name: part for name, part in parts.items() if part not in (None, [])})


def carries_ins(patient: Patient) -> bool:
    """Whether the matricule may leave: only with a qualified identity (RNIV EXI SI 08)."""
    return bool(patient.identity_status == "QUAL" and patient.matricule and patient.matricule_oid in INS_TYPES)


def birth_date(patient: Patient) -> str:
    """As precise as it is known: a day, a month or a year."""
    length = {"day": 10, "month": 7}.get(patient.birth_date_precision, 4)
    return patient.birth_date.isoformat()[:length]


def _extensions(patient: Patient) -> list[Json]:
    status = {
        "url": "identityStatus",
        "valueCoding": {"system": f"{FR_CORE}/CodeSystem/fr-core-cs-v2-0445", "code": patient.identity_status},
    }
    found: list[Json] = [{"url": f"{FR_CORE}/StructureDefinition/fr-core-identity-reliability", "extension": [status]}]
    if patient.birth_place_code and patient.birth_place_code != UNKNOWN_COMMUNE:
        commune = {
            "url": f"{FR_CORE}/StructureDefinition/fr-core-address-insee-code",
            "valueCoding": {"system": COMMUNES, "code": patient.birth_place_code},
        }
        found.append({"url": BIRTH_PLACE, "valueAddress": {"extension": [commune]}})
    return found


def _identifiers(patient: Patient) -> list[Json]:
    """The matricule if it may leave, and the ids by which the shared record knows the patient."""
    links = [
        {"system": str(link["system"]), "value": str(link["id"])}
        for link in patient.record_links
        if link.get("system") and link.get("id")
    ]
    if not carries_ins(patient):
        return links
    kind, use = INS_TYPES[patient.matricule_oid]
    coding = {"system": f"{FR_CORE}/CodeSystem/fr-core-cs-v2-0203", "code": kind}
    ins = {
        "use": use,
        "type": {"coding": [coding]},
        "system": f"urn:oid:{patient.matricule_oid}",
        "value": patient.matricule,
    }
    return [ins, *links]


def _names(patient: Patient) -> list[Json]:
    """The official name with the whole list of birth given names, and the name in use when there is another."""
    given = patient.birth_given_names.replace(",", " ").split()
    listed = {
        "url": f"{FR_CORE}/StructureDefinition/fr-core-patient-birth-list-given-name",
        "valueString": " ".join(given),
    }
    official: Json = {"use": "official", "family": patient.birth_name}
    if given:
        official |= {"given": [given[0]], "extension": [listed]}
    if not patient.used_name and not patient.used_given_name:
        return [official]
    usual: Json = {"use": "usual", "family": patient.used_name or patient.birth_name, "given": [patient.given_name]}
    return [official, usual]


def _telecom(patient: Patient) -> list[Json]:
    reached = (("phone", patient.phone), ("email", patient.email))
    return [{"system": system, "value": value} for system, value in reached if value]


def _address(patient: Patient) -> list[Json]:
    parts = {"city": patient.city, "postalCode": patient.postcode}
    known = {name: value for name, value in parts.items() if value}
    return [{"use": "home", **known}] if known else []
