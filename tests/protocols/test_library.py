"""Loading protocols: what is known stays, a version is never rewritten."""

import copy

import pytest
import yaml
from django.core.management import CommandError, call_command

from coordination.protocols.library import PACKAGED, definition_of
from coordination.protocols.models import ProtocolVersion
from tests.protocols.conftest import packaged

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre_file(tmp_path):
    """Writes the packaged file with one protocol only, changed as told."""
    raw = yaml.safe_load(PACKAGED.read_text())

    def write(**changes):
        changed = copy.deepcopy({**raw, "protocols": raw["protocols"][:1]})
        changed["protocols"][0].update(changes)
        path = tmp_path / "centre.yaml"
        path.write_text(yaml.safe_dump(changed, allow_unicode=True))
        return path

    return write


def test_the_command_loads_what_comes_with_liaison_once(capsys):
    call_command("protocols", "load")
    assert capsys.readouterr().out == "29 protocols, 245 steps; 29 new versions.\n"
    loaded = set(ProtocolVersion.objects.values_list("pk", "digest"))
    call_command("protocols", "load")
    assert capsys.readouterr().out == "29 protocols, 245 steps; 0 new versions.\n"
    assert set(ProtocolVersion.objects.values_list("pk", "digest")) == loaded


def test_what_is_read_back_is_what_was_loaded(dt2):
    assert definition_of(dt2) == packaged()["dt2"]


def test_a_new_version_becomes_the_current_one_and_the_old_one_stays(centre_file, dt2):
    call_command("protocols", "load", str(centre_file(version="2027.01", title="Suivi revu")))
    versions = ProtocolVersion.objects.order_by("version").values_list("version", "title", "current")
    assert list(versions) == [
        ("2026.11", "Suivi du diabète de type 2", False),
        ("2027.01", "Suivi revu", True),
    ]


def test_a_known_version_with_another_text_is_refused_and_nothing_changes(centre_file, dt2):
    path = centre_file(title="Suivi réécrit")
    with pytest.raises(CommandError, match=r"centre\.yaml: protocol dt2: version 2026\.11 is already loaded"):
        call_command("protocols", "load", str(path))
    assert ProtocolVersion.objects.get().title == "Suivi du diabète de type 2"


def test_a_file_that_does_not_fit_loads_nothing_and_says_why(centre_file):
    path = centre_file(owner_role="sorcier")
    with pytest.raises(CommandError, match=r"^centre\.yaml: protocol dt2, owner_role: unknown role 'sorcier'$"):
        call_command("protocols", "load", str(path))
    assert not ProtocolVersion.objects.exists()
