"""What `liaison up` refuses: one sentence each, a status that is not 0, and no hang."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordination.project.embedded import Places
from coordination.project.up import engines
from tests.house.running import refusal

pytestmark = pytest.mark.engine

# Root without these two capabilities is held to the rights of files, like anybody else.
_HELD_TO_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    folder.mkdir()
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 64 MB, or nothing where this user may mount none."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], check=False, capture_output=True
    )
    yield disk if mounted.returncode == 0 else None
    if mounted.returncode == 0:
        subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk(small_disk: Path | None, var: Path):
    """Where nothing can be mounted, a limit on the size of files makes the same writes fail."""
    if small_disk:
        said = refusal(small_disk / "var")
        assert "is full: 6" in said
        assert "300 MB are needed" in said
    else:
        said = refusal(var, before=["prlimit", f"--fsize={2**20}"])
        assert "the PostgreSQL cluster could not be made" in said


def test_a_disk_that_fills_while_the_cluster_is_made(
    small_disk: Path | None, var: Path, monkeypatch: pytest.MonkeyPatch
):
    """The cluster is made afresh when there is room again, not taken for a whole one."""
    folder = (small_disk or var.parent) / "filling"
    folder.mkdir()
    if small_disk:
        (small_disk / "ballast").write_bytes(bytes(45 * 2**20))
    places = Places(folder)
    places.logs.mkdir()
    engines.prepare_sockets(places)
    postgres = engines.open_postgres(places)
    if not small_disk:
        monkeypatch.setattr(engines, "_CLUSTER", ("--no-such-option",))
    with pytest.raises(engines.Refusal, match="the PostgreSQL cluster could not be made: "):
        postgres.initialise()
    monkeypatch.undo()
    (folder.parent / "ballast").unlink(missing_ok=True)
    postgres.initialise()
    assert (places.postgres / "PG_VERSION").read_text() == "18\n"
    os.close(postgres.data)
    shutil.rmtree(places.sockets)


def test_a_var_that_may_not_be_passed(var: Path):
    var.chmod(0)
    said = refusal(var, before=_HELD_TO_RIGHTS if os.getuid() == 0 else None)
    var.chmod(0o700)
    assert f"cannot use {var}" in said


def test_a_var_that_is_a_file(tmp_path: Path):
    (tmp_path / "var").write_text("?")
    assert "cannot use" in refusal(tmp_path / "var")


def test_a_var_that_leads_nowhere(tmp_path: Path):
    (tmp_path / "var").symlink_to(tmp_path / "var")
    assert "cannot use" in refusal(tmp_path / "var")


def test_a_postgres_folder_that_holds_something_else(var: Path):
    (var / "postgres").mkdir()
    (var / "postgres" / "holiday.jpg").write_text("?")
    assert "is not empty and holds no PostgreSQL cluster" in refusal(var)


def whole_keys(var: Path) -> None:
    (var / "keys").mkdir()
    for name in ("session", "field", "vapid.pem"):
        (var / "keys" / name).write_text("k" * 64)


def test_a_cluster_of_another_version(var: Path):
    whole_keys(var)
    (var / "postgres").mkdir()
    (var / "postgres" / "PG_VERSION").write_text("16\n")
    assert "was made by PostgreSQL 16, not 18" in refusal(var)


def test_a_damaged_cluster(var: Path):
    whole_keys(var)
    (var / "postgres").mkdir()
    (var / "postgres" / "PG_VERSION").write_text("18\n")
    assert "postgres ended while starting: " in refusal(var)


@pytest.mark.parametrize("name", ["session", "field", "vapid.pem"])
def test_a_missing_key(var: Path, name: str):
    whole_keys(var)
    (var / "keys" / name).unlink()
    (var / "postgres").mkdir()
    (var / "postgres" / "PG_VERSION").write_text("18\n")
    said = refusal(var)
    assert f"the key {var / 'keys' / name} is missing" in said
    assert not (var / "keys" / name).exists()


def test_a_damaged_key(var: Path):
    whole_keys(var)
    (var / "keys" / "field").write_text("")
    assert "is damaged" in refusal(var)


def test_a_setting_that_makes_no_sense(var: Path):
    assert "PORT: takes a whole number" in refusal(var, PORT="eight thousand")


def test_a_first_start_that_was_refused_leaves_nothing_in_the_way_of_the_next(var: Path):
    for _ in range(2):
        assert "DEBUG: takes 1 or 0" in refusal(var, DEBUG="perhaps")


def test_a_temporary_folder_too_deep_for_sockets(var: Path, tmp_path: Path):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    assert "too long for a socket" in refusal(var, TMPDIR=str(deep))
