"""What follows from changing an identity (rules §2.3), and who may be written to (rules §4.4)."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from coordination.patients.models import Patient

STRICT_TRAITS = frozenset({"birth_name", "birth_given_names", "birth_date", "sex", "birth_place_code"})


def forget_qualification(patient: Patient) -> None:
    """A strict trait changed: the matricule and what qualified it no longer stand; the status is PROV again."""
    patient.matricule, patient.matricule_oid, patient.matricule_hash = None, "", ""
    patient.ins_recovered = patient.identity_checked = False


SILENT = ("COLP", "FICT")
"""Identity attributes with which nothing leaves: a possible collision, a fictive identity (rules §2.3, §2.7)."""
OTHER_ADDRESS = "the patient has another address"


def mailable() -> QuerySet[Patient]:
    """Those who `may_be_mailed`, asked of the database."""
    silent = reduce(or_, (Q(attributes__contains=[attribute]) for attribute in SILENT))
    return Patient.objects.filter(email_consent=True, deceased_on=None).exclude(email="").exclude(silent)


def may_be_mailed(patient: Patient) -> bool:
    """Alive, agreed to mails, with an address, and one person's file for sure."""
    reached = patient.email_consent and patient.email and not patient.deceased_on
    return bool(reached) and not set(SILENT) & set(patient.attributes)


def why_not_mailed(patient: Patient | None, address: str) -> str | None:
    """The reason to drop a mail that waits for this address: the patient may not be mailed, or has another by now."""
    if patient is None or not may_be_mailed(patient):
        return "the patient may not be mailed"
    return None if patient.email == address else OTHER_ADDRESS
