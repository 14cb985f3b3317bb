"""The shape of care protocols, checked strictly when a file is loaded; pure, no Django.

A file that does not fit is refused with the file, the protocol, the step and the reason.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from coordination.patients.roles import ROLES
from coordination.protocols.durations import BadDuration, duration
from coordination.protocols.labels import ANCHORS, FOLLOWING_ANCHORS

Op = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "has", "lacks"]
Kind = Literal[
    "consultation",
    "examen",
    "biologie",
    "imagerie",
    "vaccination",
    "education",
    "questionnaire",
    "appel",
    "tache",
    "orientation",
    "systeme",
]
Priority = Literal["routine", "haute", "urgent"]
Provenance = Literal["read", "mixed", "memory", "secondary"]

_FIELDS = frozenset({"age", "sex", "flag", "status", "suivi", "missing_fields"})
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


class DefinitionError(Exception):
    """A file of protocols that cannot be loaded; the text names file, protocol, step and reason."""


def _duration(text: str) -> str:
    duration(text)
    return text


def _positive(text: str) -> str:
    if not duration(text).is_positive:
        raise BadDuration(f"{text!r} does not move forward")
    return text


def _not_negative(text: str) -> str:
    if text.startswith("-"):
        raise BadDuration(f"{text!r} is negative")
    return _duration(text)


def _month_day(text: str) -> str:
    if not _MONTH_DAY.fullmatch(text) or text in {"02-30", "02-31", "04-31", "06-31", "09-31", "11-31"}:
        raise ValueError(f"{text!r} is not a day of the year (MM-DD)")
    return text


AnyDuration = Annotated[str, AfterValidator(_duration)]
Interval = Annotated[str, AfterValidator(_positive)]
Margin = Annotated[str, AfterValidator(_not_negative)]
MonthDay = Annotated[str, AfterValidator(_month_day)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Part(BaseModel):
    """A part of a definition: nothing unknown in it, nothing coerced, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Condition(Part):
    """Something that must hold, e.g. `{field: age, op: gte, value: 18}`."""

    field: str
    op: Op
    value: int | float | str | list[int | float | str]

    @field_validator("field")
    @classmethod
    def _known(cls, field: str) -> str:
        if field not in _FIELDS and not re.fullmatch(r"measure\.[a-z][a-z0-9_]*", field):
            raise ValueError(f"unknown field {field!r}")
        return field

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if (self.field == "flag") != (self.op in {"has", "lacks"}):
            raise ValueError(f"{self.op!r} does not go with the field {self.field!r}")
        if (self.op == "in") != isinstance(self.value, list):
            raise ValueError(f"{self.op!r} does not go with the value {self.value!r}")
        return self


class Window(Part):
    """How long before its day a step is to do, and how long after it is late."""

    before: Margin
    after: Margin


class Season(Part):
    """The part of the year in which a step may be proposed; may run over the new year."""

    opens: MonthDay = Field(alias="from")
    closes: MonthDay = Field(alias="to")


class PatientReminder(Part):
    """The neutral template by which the patient is reminded; `detail` is only ever shown after signing in."""

    template: str
    detail: str

    @field_validator("template")
    @classmethod
    def _declared(cls, template: str, info: ValidationInfo) -> str:
        return _one_of(template, info, "templates", "reminder template")


class StepDefinition(Part):
    """What is to be done, by whom, when first, and how often again."""

    id: Identifier
    title: Title
    kind: Kind
    role: str
    anchor: str
    first_due: AnyDuration
    every: Interval | None
    until: Interval | None
    max_count: Annotated[int, Field(ge=1)] | None
    max_count_per: Interval | None
    window: Window
    season: Season | None
    conditions: list[Condition]
    priority: Priority
    patient_reminder: PatientReminder | None
    provenance: Provenance
    note: str | None

    @field_validator("role")
    @classmethod
    def _role_declared(cls, role: str, info: ValidationInfo) -> str:
        return _one_of(role, info, "roles", "role")

    @field_validator("anchor")
    @classmethod
    def _anchor_declared(cls, anchor: str, info: ValidationInfo) -> str:
        return _one_of(anchor, info, "anchors", "anchor")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.anchor == "season" and not self.season:
            raise ValueError("dangling anchor 'season': the step has no season")
        if self.max_count_per and not (self.max_count and self.every):
            raise ValueError("max_count_per goes with max_count and every")
        return self


class Source(Part):
    """What a protocol was taken from."""

    ref: str
    year: int
    provenance: Provenance
    url: str | None


class ProtocolDefinition(Part):
    """One version of a care protocol."""

    id: Identifier
    title: Title
    version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{2}(\.\d+)?$")]
    audience: list[Literal["msp", "spsti", "social"]]
    subject: Literal["patient", "travailleur", "entreprise", "beneficiaire", "structure"]
    domain: str
    owner_role: str
    provenance: Provenance
    source: list[Source]
    eligibility: list[Condition]
    stop_when: list[Condition]
    note: str | None
    steps: Annotated[list[StepDefinition], Field(min_length=1)]

    @field_validator("owner_role")
    @classmethod
    def _role_declared(cls, role: str, info: ValidationInfo) -> str:
        return _one_of(role, info, "roles", "role")

    @field_validator("steps")
    @classmethod
    def _coherent(cls, steps: list[StepDefinition]) -> list[StepDefinition]:
        names = [step.id for step in steps]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"step {twice[0]!r} is there twice")
        if steps[0].anchor in FOLLOWING_ANCHORS:
            raise ValueError(f"dangling anchor {steps[0].anchor!r}: no step stands before {steps[0].id!r}")
        return steps

    @property
    def source_year(self) -> int | None:
        """The year of the most recent source, always shown beside the protocol (rules §4.6)."""
        return max((source.year for source in self.source), default=None)

    @property
    def anchors(self) -> frozenset[str]:
        """The anchors that its steps start from, and `inclusion`."""
        return frozenset(step.anchor for step in self.steps) | {"inclusion"}

    def step(self, code: str) -> StepDefinition:
        """The step with this id; `KeyError` when there is none."""
        for step in self.steps:
            if step.id == code:
                return step
        raise KeyError(code)


def read_library(path: Path) -> list[ProtocolDefinition]:
    """The protocols of a YAML file; `DefinitionError` at the first thing in it that does not fit."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DefinitionError(f"{path.name}: cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name}: not YAML ({' '.join(str(error).split())})") from error
    return parse_library(raw, name=path.name)


def parse_library(raw: object, *, name: str) -> list[ProtocolDefinition]:
    """The protocols of a parsed file, checked against the roles, anchors and templates that the same file declares."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("protocols"), list):
        raise DefinitionError(f"{name}: holds no list of protocols")
    context = _declared(raw, name)
    found: dict[str, ProtocolDefinition] = {}
    for position, entry in enumerate(raw["protocols"], start=1):
        try:
            protocol = ProtocolDefinition.model_validate(entry, context=context)
        except ValidationError as error:
            raise DefinitionError(_explain(error, entry, position, name)) from error
        if protocol.id in found:
            raise DefinitionError(f"{name}: protocol {protocol.id} is there twice")
        found[protocol.id] = protocol
    return list(found.values())


def _declared(raw: Mapping[str, Any], name: str) -> dict[str, frozenset[str]]:
    """What the steps may name: the file's roles and anchors, all of which Liaison must know how to call."""
    schema = raw.get("schema")
    roles = raw.get("roles")
    anchors = schema.get("anchors") if isinstance(schema, Mapping) else None
    templates = raw.get("reminder_templates")
    if not (isinstance(roles, list) and isinstance(anchors, Mapping) and isinstance(templates, Mapping)):
        raise DefinitionError(f"{name}: declares no roles, schema.anchors or reminder_templates")
    if unknown := sorted(set(map(str, roles)) - set(ROLES)):
        raise DefinitionError(f"{name}: unknown role {unknown[0]!r} among roles")
    if unknown := sorted(set(map(str, anchors)) - set(ANCHORS)):
        raise DefinitionError(f"{name}: unknown anchor {unknown[0]!r} among schema.anchors")
    return {"roles": frozenset(roles), "anchors": frozenset(anchors), "templates": frozenset(templates)}


def _one_of(value: str, info: ValidationInfo, declared: str, noun: str) -> str:
    """The value, if the file declares it; a definition read back from the database was checked when it was loaded."""
    if info.context is not None and value not in info.context[declared]:
        raise ValueError(f"{'dangling' if noun == 'anchor' else 'unknown'} {noun} {value!r}")
    return value


def _explain(error: ValidationError, entry: object, position: int, name: str) -> str:
    """`protocols.yaml: protocol dt2, step hba1c_trim, role: unknown role 'sorcier'`."""
    first = error.errors(include_url=False, include_context=False)[0]
    where = list(first["loc"])
    said = [f"protocol {_name_of(entry) or f'number {position}'}"]
    if where[:1] == ["steps"] and len(where) > 1 and isinstance(entry, Mapping):
        number = int(where[1])
        said.append(f"step {_name_of(entry['steps'][number]) or f'number {number + 1}'}")
        where = where[2:]
    if where:
        said.append(".".join(map(str, where)))
    reason = first["msg"].removeprefix("Value error, ")
    return f"{name}: {', '.join(said)}: {reason}"


def _name_of(entry: object) -> str | None:
    name = entry.get("id") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) else None
