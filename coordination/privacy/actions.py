"""Giving a patient a copy of what is held about them (right of access, rules §5.4)."""

from typing import Any
from uuid import UUID

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.language import Sentence
from coordination.patients.models import Patient
from coordination.patients.queries import record_links_for
from coordination.privacy.sections import IDENTITY, SECTIONS

VERSION = 2
OTHER_CIRCLES = Sentence(
    fr="Une partie de ce qui est conservé n’est pas visible par la personne qui a fait cette copie et n’y figure pas : "
    "un autre professionnel la complète.",
    en="Part of what is held cannot be seen by the person who made this copy and is not in it: another professional "
    "completes it.",
)


@action
def export_patient(patient: Patient, *, by: Person) -> dict[str, Any]:
    """Everything about one patient that the exporter may see, as plain values; the export is in the access log.

    What belongs to a circle the exporter is not in stays out, and `left_out` says whether there is any, not what nor
    how much: somebody of that circle completes the copy. `remarks` says in words what is not in the file.
    """
    require(by, Right.PRIVACY_EXPORT)
    audit.record(by, "patient.exported", patient, patient=patient.pk)
    given = [section for section in SECTIONS if section.right is None or by.may(section.right)]
    sections = {section.name: list(section.seen(patient, by).values(*section.fields)) for section in given}
    left_out = any(section.all(patient).count() > len(sections[section.name]) for section in given)
    return {
        "liaison_export": VERSION,
        "exported_at": clock.now(),
        "exported_by": by.display_name,
        "centre": patient.organisation.name,
        "patient": {name: getattr(patient, name) for name in IDENTITY}
        | {"record_links": record_links_for(patient, by)},
        **sections,
        "people": _people(sections),
        "left_out": left_out,
        "remarks": [
            *([OTHER_CIRCLES.say()] if left_out else []),
            *(section.without.say() for section in SECTIONS if section not in given and section.without),
        ],
    }


def _people(sections: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """The names behind the ids of professionals, so that the file can be read alone."""
    who = ("person_id", "by_id", "author_id", "actor_id", "added_by_id", "created_by_id", "claimed_by_id")
    also = ("assignee_id", "done_by_id", "booked_by_id", "enrolled_by_id", "collected_by_id", "recorded_by_id")
    rows = (row for rows in sections.values() for row in rows)
    ids: set[UUID] = {row[name] for row in rows for name in (*who, *also) if row.get(name)}
    return {str(person.pk): person.display_name for person in Person.objects.filter(pk__in=ids)}
