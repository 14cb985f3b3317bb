"""What is known of a patient in a plan: checked when a professional gives it, read back for the schedule."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from coordination.base.errors import Invalid
from coordination.base.language import Sentence
from coordination.patients.models import Patient
from coordination.protocols.definitions import Condition, ProtocolDefinition
from coordination.protocols.labels import COMPUTED_ANCHORS
from coordination.protocols.models import Plan
from coordination.protocols.schedule import Facts, Value

EARLIEST = date(1900, 1, 1)
FURTHEST = timedelta(days=20 * 366)
OTHER_FIELDS = frozenset({"status", "suivi", "missing_fields"})

NOT_ASKED = Sentence(fr="Ce protocole ne s’en sert pas.", en="This protocol has no use for it.")
NOT_A_NUMBER = Sentence(fr="Indiquez une valeur.", en="Give a value.")
TOO_FAR = Sentence(fr="Cette date est hors des limites.", en="This date is out of bounds.")
BEFORE_BIRTH = Sentence(fr="Cette date précède la naissance.", en="This date is before birth.")
NEEDED = Sentence(fr="La date d’inclusion est nécessaire.", en="The inclusion date is needed.")


@dataclass(frozen=True)
class Given:
    """What a professional says when enrolling a patient or changing a plan; `inclusion` is among the anchors."""

    anchors: Mapping[str, date]
    flags: frozenset[str] = frozenset()
    measures: Mapping[str, Value] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    @classmethod
    def of_plan(cls, plan: Plan) -> Self:
        """What was said so far."""
        anchors = {name: date.fromisoformat(day) for name, day in plan.anchors.items()}
        return cls(anchors, frozenset(plan.flags), dict(plan.measures), frozenset(plan.left_out))

    def columns(self) -> dict[str, Any]:
        """The same as the columns of a plan."""
        return {
            "anchors": {name: day.isoformat() for name, day in sorted(self.anchors.items())},
            "flags": sorted(self.flags),
            "measures": dict(sorted(self.measures.items())),
            "left_out": sorted(self.left_out),
        }

    def facts(self, patient: Patient) -> Facts:
        """What the schedule reads."""
        return Facts(patient.birth_date, patient.sex, self.anchors, self.flags, self.measures)


def flags_of(protocol: ProtocolDefinition) -> list[str]:
    """The flags its conditions look at."""
    return sorted({str(found.value) for found in _conditions(protocol) if found.field == "flag"})


def measures_of(protocol: ProtocolDefinition) -> list[str]:
    """The values its conditions look at, e.g. `measure.pied_grade`."""
    asked = {found.field for found in _conditions(protocol)}
    return sorted(name for name in asked if name.startswith("measure.") or name in OTHER_FIELDS)


def _conditions(protocol: ProtocolDefinition) -> Iterable[Condition]:
    yield from protocol.eligibility
    yield from protocol.stop_when
    for step in protocol.steps:
        yield from step.conditions


def full_names(measures: Mapping[str, Value]) -> dict[str, Value]:
    """`pied_grade` is short for `measure.pied_grade`."""
    return {name if "." in name or name in OTHER_FIELDS else f"measure.{name}": measures[name] for name in measures}


def check(given: Given, protocol: ProtocolDefinition, patient: Patient, today: date) -> None:
    """`Invalid`, naming each field, unless the protocol has a use for all of it and every date is plausible."""
    wrong: dict[str, Sentence | str] = {
        **{f"anchors.{name}": why for name, day in given.anchors.items() if (why := _wrong_day(day, patient, today))},
        **_unused("anchors", given.anchors, protocol.anchors - COMPUTED_ANCHORS),
        **_unused("flags", given.flags, flags_of(protocol)),
        **_unused("measures", given.measures, measures_of(protocol)),
        **_unused("left_out", given.left_out, [step.id for step in protocol.steps]),
        **{f"measures.{name}": NOT_A_NUMBER for name, value in given.measures.items() if not _is_value(value)},
    }
    if "inclusion" not in given.anchors:
        wrong["anchors.inclusion"] = NEEDED
    if wrong:
        raise Invalid(fields=wrong)


def _unused(where: str, names: Iterable[str], used: Iterable[str]) -> dict[str, Sentence]:
    return {f"{where}.{name}": NOT_ASKED for name in sorted(set(names) - set(used))}


def _wrong_day(day: date, patient: Patient, today: date) -> Sentence | None:
    if not EARLIEST <= day <= today + FURTHEST:
        return TOO_FAR
    return BEFORE_BIRTH if day < patient.birth_date else None


def _is_value(value: Value) -> bool:
    return math.isfinite(value) if isinstance(value, float) else bool(str(value).strip())
