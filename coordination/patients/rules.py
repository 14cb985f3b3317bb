"""What follows from changing an identity (rules §2.3)."""

from coordination.patients.models import Patient

STRICT_TRAITS = frozenset({"birth_name", "birth_given_names", "birth_date", "sex", "birth_place_code"})


def forget_qualification(patient: Patient) -> None:
    """A strict trait changed: the matricule and what qualified it no longer stand; the status is PROV again."""
    patient.matricule, patient.matricule_oid, patient.matricule_hash = None, "", ""
    patient.ins_recovered = patient.identity_checked = False
