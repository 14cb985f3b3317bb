"""Every kind of entry that the source records has its sentence, in French and in English."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from coordination.agenda.models import AppointmentMove
from coordination.audit.sentences import FIELDS, GROUPS, KINDS, NOTES, sentence_of
from notifications.models import Delivery

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("coordination", "messaging", "calendar_sync", "notifications")
RECORDERS = {"record", "record_reading", "Act"}
# what a kind that is put together can end with
ENDINGS = {
    "appointment.": {kind.value for kind in AppointmentMove.Kind},
    "mail.": {status.value for status in Delivery.ENDED},
}


@dataclass(frozen=True)
class Module:
    """A file of the source, read."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)


@cache
def modules() -> list[Module]:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return [Module(file, ast.parse(file.read_text())) for file in files if "audit" in file.read_text()]


def kinds_of(module: Module) -> Iterator[tuple[int, str | None]]:
    """(line, kind) of everything that a module records; None where the kind cannot be told."""
    for function, call in calls(module.tree):
        if is_recorder(call):
            for kind in values(kind_argument(call), function, module):
                yield call.lineno, kind


def calls(tree: ast.AST, function: ast.FunctionDef | None = None) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    for node in ast.iter_child_nodes(tree):
        inside = node if isinstance(node, ast.FunctionDef) else function
        if isinstance(node, ast.Call):
            yield inside, node
        yield from calls(node, inside)


def is_recorder(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "audit"
        and call.func.attr in RECORDERS
    )


def kind_argument(call: ast.Call) -> ast.expr:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "kind"]
    return named[0] if named else call.args[1]


def values(node: ast.expr, function: ast.FunctionDef | None, module: Module) -> Iterator[str | None]:
    """What an expression can be: a text, one of two, a text with a known ending, a constant, an argument of callers."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from values(node.body, function, module)
            yield from values(node.orelse, function, module)
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), ast.FormattedValue()]):
            yield from (beginning + ending for ending in ENDINGS[beginning])
        case ast.Name(id=name) if function and name in parameters(function):
            yield from handed_over(function, parameters(function).index(name), name, module)
        case ast.Name(id=name) if function and (given := assigned(function, name)):
            for one in given:
                yield from values(one, function, module)
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            yield from constant(getattr(import_module(module.name), name, None))
        case _:
            yield None


def constant(found: object) -> list[str | None]:
    """A text of the module, or all those of a table."""
    if isinstance(found, dict):
        return list(found.values())
    return list(found) if isinstance(found, tuple) else [found if isinstance(found, str) else None]


def parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]


def assigned(function: ast.FunctionDef, name: str) -> list[ast.expr]:
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
    ]


def handed_over(function: ast.FunctionDef, place: int, name: str, module: Module) -> Iterator[str | None]:
    """What the callers of a function give for one of its parameters: in its module, or anywhere when it is public."""
    for other in [module] if function.name.startswith("_") else modules():
        for inside, call in calls(other.tree):
            called = getattr(call.func, "attr", getattr(call.func, "id", None))
            if called != function.name or (inside is function):
                continue
            named = [keyword.value for keyword in call.keywords if keyword.arg == name]
            if named or len(call.args) > place:
                yield from values(named[0] if named else call.args[place], inside, other)


RECORDED = [(module, line, kind) for module in modules() for line, kind in kinds_of(module)]


def test_every_kind_that_is_recorded_has_its_sentence():
    bare = {f"{module.path.relative_to(ROOT)}:{line} {kind}" for module, line, kind in RECORDED if kind not in KINDS}
    assert bare == set()


def test_no_sentence_is_kept_of_what_nobody_records():
    assert set(KINDS) - {kind for _, _, kind in RECORDED} == set()


def test_the_search_finds_what_is_written_in_every_way():
    found = {kind for _, _, kind in RECORDED}
    assert {"patient.read", "task.claimed", "appointment.moved", "session.opened", "audit.closed"} <= found


@pytest.mark.parametrize("table", [KINDS, FIELDS, NOTES])
def test_every_sentence_is_in_both_languages(table):
    assert [name for name, said in table.items() if not said.fr or not said.en] == []


def test_a_kind_stands_once_and_fits_the_column():
    listed = [kind for _, kinds in GROUPS for kind in kinds]
    assert len(listed) == len(set(listed))
    assert max(map(len, listed)) <= 60


def test_a_kind_of_another_version_is_named_as_it_is():
    assert "old.thing" in sentence_of("old.thing")
