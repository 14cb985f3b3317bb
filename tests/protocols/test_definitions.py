"""What a file of protocols must look like, and how it is refused: file, protocol, step and reason."""

import copy

import pytest
import yaml

from coordination.protocols.definitions import DefinitionError, parse_library, read_library
from coordination.protocols.library import PACKAGED


@pytest.fixture(scope="module")
def packaged():
    return yaml.safe_load(PACKAGED.read_text())


@pytest.fixture
def raw(packaged):
    """The packaged file with its first protocol alone, to be damaged."""
    return copy.deepcopy({**packaged, "protocols": packaged["protocols"][:1]})


def refusal(raw):
    with pytest.raises(DefinitionError) as caught:
        parse_library(raw, name="centre.yaml")
    return str(caught.value)


def test_the_29_protocols_and_245_steps_that_come_with_liaison_load():
    library = read_library(PACKAGED)
    assert len(library) == 29
    assert sum(len(protocol.steps) for protocol in library) == 245


def test_every_role_and_anchor_has_a_name_in_both_languages(packaged):
    from coordination.patients.roles import ROLES
    from coordination.protocols.labels import ANCHORS

    assert set(packaged["roles"]) <= set(ROLES)
    assert set(packaged["schema"]["anchors"]) == set(ANCHORS)
    assert all(label.fr and label.en for label in [*ROLES.values(), *ANCHORS.values()])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"role": "sorcier"}, "role: unknown role 'sorcier'"),
        ({"anchor": "full_moon"}, "anchor: dangling anchor 'full_moon'"),
        ({"anchor": "season"}, "dangling anchor 'season': the step has no season"),
        ({"first_due": "3 months"}, "first_due: '3 months' is not a duration such as P3M, P2W or -P6M"),
        ({"first_due": "PT5M"}, "first_due: 'PT5M' is not a duration such as P3M, P2W or -P6M"),
        ({"first_due": "P"}, "first_due: 'P' is not a duration such as P3M, P2W or -P6M"),
        ({"every": "P0D"}, "every: 'P0D' does not move forward"),
        ({"every": "-P3M"}, "every: '-P3M' does not move forward"),
        ({"window": {"before": "-P1D", "after": "P1D"}}, "window.before: '-P1D' is negative"),
        ({"window": {"before": "P1D", "after": "P1.5D"}}, "'P1.5D' is not a duration such as P3M, P2W or -P6M"),
        ({"season": {"from": "13-01", "to": "01-31"}}, "'13-01' is not a day of the year (MM-DD)"),
        ({"season": {"from": "10-15", "to": "02-30"}}, "'02-30' is not a day of the year (MM-DD)"),
        ({"max_count": 0}, "max_count"),
        ({"max_count_per": "P1Y"}, "max_count_per goes with max_count and every"),
        ({"conditions": [{"field": "weight", "op": "gt", "value": 3}]}, "unknown field 'weight'"),
        ({"conditions": [{"field": "age", "op": "has", "value": "x"}]}, "'has' does not go with the field 'age'"),
        ({"conditions": [{"field": "flag", "op": "eq", "value": "x"}]}, "'eq' does not go with the field 'flag'"),
        ({"conditions": [{"field": "age", "op": "in", "value": 3}]}, "'in' does not go with the value 3"),
        ({"conditions": [{"field": "age", "op": "about", "value": 3}]}, "conditions.0.op"),
        ({"patient_reminder": {"template": "poem", "detail": "x"}}, "unknown reminder template 'poem'"),
        ({"kind": "party"}, "kind"),
        ({"priority": "soon"}, "priority"),
        ({"surprise": 1}, "surprise: Extra inputs are not permitted"),
        ({"max_count": "3"}, "max_count: Input should be a valid integer"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_by_name(raw, change, reason):
    raw["protocols"][0]["steps"][3].update(change)
    said = refusal(raw)
    assert said.startswith("centre.yaml: protocol dt2, step reevaluation")
    assert reason in said


def test_a_step_without_a_field_is_refused_by_name(raw):
    del raw["protocols"][0]["steps"][0]["every"]
    assert refusal(raw) == "centre.yaml: protocol dt2, step hba1c_trim, every: Field required"


def test_a_step_without_a_name_is_refused_by_number(raw):
    del raw["protocols"][0]["steps"][1]["id"]
    assert refusal(raw) == "centre.yaml: protocol dt2, step number 2, id: Field required"


def test_a_first_step_cannot_follow_another(raw):
    raw["protocols"][0]["steps"][0]["anchor"] = "prev_done"
    assert "dangling anchor 'prev_done': no step stands before 'hba1c_trim'" in refusal(raw)


def test_two_steps_of_one_name_are_refused(raw):
    raw["protocols"][0]["steps"][1]["id"] = "hba1c_trim"
    assert refusal(raw).endswith("steps: step 'hba1c_trim' is there twice")


def test_a_protocol_that_does_not_fit_is_refused_by_name(raw):
    raw["protocols"][0]["owner_role"] = "sorcier"
    assert refusal(raw) == "centre.yaml: protocol dt2, owner_role: unknown role 'sorcier'"


def test_two_protocols_of_one_name_are_refused(raw):
    raw["protocols"].append(raw["protocols"][0])
    assert refusal(raw) == "centre.yaml: protocol dt2 is there twice"


def test_a_role_that_liaison_cannot_name_is_refused(raw):
    raw["roles"].append("sorcier")
    assert refusal(raw) == "centre.yaml: unknown role 'sorcier' among roles"


@pytest.mark.parametrize("raw", [None, [], "text", {}, {"protocols": {}}, {"protocols": [], "roles": []}])
def test_what_is_no_library_is_refused(raw):
    assert refusal(raw).startswith("centre.yaml: ")


def test_a_file_that_is_not_yaml_or_not_there_is_refused(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("protocols: [")
    with pytest.raises(DefinitionError, match=r"broken\.yaml: not YAML"):
        read_library(broken)
    with pytest.raises(DefinitionError, match=r"gone\.yaml: cannot be read"):
        read_library(tmp_path / "gone.yaml")
