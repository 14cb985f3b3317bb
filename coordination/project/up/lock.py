"""One Liaison per `var/`, and a record of its children for the one that comes after a crash."""

import fcntl
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from coordination.project.up import processes
from coordination.project.up.console import step
from coordination.project.up.refusal import Refusal

_STOPPING_PATIENCE = 90.0
_ORPHAN_PATIENCE = 20.0
_PAUSE = 0.1


@dataclass(frozen=True)
class Lock:
    """Held by the kernel as long as this process lives; the file says who holds it and whether it is stopping."""

    descriptor: int

    @classmethod
    def take(cls, path: Path) -> Self:
        """Take it, wait for one that is stopping, or refuse because another Liaison runs on the same folder."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline, told = time.monotonic() + _STOPPING_PATIENCE, False
        while not _locked(descriptor):
            holder = os.pread(descriptor, 64, 0).decode(errors="replace").split()
            if holder[1:] != ["stopping"] or time.monotonic() > deadline:
                who = f" (process {holder[0]})" if holder else ""
                raise Refusal(f"another Liaison{who} is already running on {path.parent}.")
            if not told:
                step("Another Liaison is stopping; waiting for it …")
                told = True
            time.sleep(_PAUSE)
        lock = cls(descriptor)
        lock.say("running")
        return lock

    def say(self, state: str) -> None:
        """Tell whoever waits for the lock what this process is doing."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, f"{os.getpid()} {state}".encode(), 0)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@dataclass(frozen=True)
class Record:
    """The children of this `var/`: their pid and when they started, which together never name another process."""

    path: Path

    def write(self, pids: Mapping[str, int]) -> None:
        """Replace what is recorded; on a full disk the old record stays, and the kernel still ends the children."""
        draft = self.path.with_suffix(".new")
        with suppress(OSError):
            draft.write_text(json.dumps({name: [pid, processes.born(pid)] for name, pid in pids.items()}))
            draft.rename(self.path)

    def alive(self) -> list[int]:
        """The recorded children that still run; a damaged record knows none."""
        try:
            recorded = json.loads(self.path.read_text())
            return [pid for pid, born in recorded.values() if born and processes.born(pid) == born]
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return []

    def end_orphans(self) -> None:
        """End what a killed Liaison left behind; the kernel has told it to stop, patience ends with a kill."""
        orphans = self.alive()
        if not orphans:
            return
        step(f"Ending {len(orphans)} processes that an interrupted Liaison left behind …")
        for pid in orphans:
            processes.terminate(pid)
        deadline = time.monotonic() + _ORPHAN_PATIENCE
        while orphans := self.alive():
            if time.monotonic() > deadline:
                for pid in orphans:
                    processes.kill_group(pid)
            time.sleep(_PAUSE)
