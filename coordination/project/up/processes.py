"""Starting a program so that it cannot outlive its parent, and recognising it later."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """The unprivileged user that a program runs as."""

    user: int
    group: int


@dataclass(frozen=True)
class Program:
    """One child to be: what to run, as whom, where it logs and which signal ends it in good order."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] | None = None
    """The whole environment; None is this process's own."""
    account: Account | None = None
    folder: Path | None = None
    descriptors: tuple[int, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 20.0
    """Seconds between the stop signal and the kill."""


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start it in a process group of its own; the kernel sends it the stop signal when this process dies."""
    account = program.account
    with program.log.open("ab") as log:
        return subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=program.environment,
            cwd=program.folder,
            pass_fds=program.descriptors,
            start_new_session=True,
            preexec_fn=_die_with_parent(program.stop_signal),
            user=account.user if account else None,
            group=account.group if account else None,
            extra_groups=[] if account else None,
        )


def stop(child: subprocess.Popen[bytes], program: Program) -> None:
    """Ask it to end; kill its whole group when it does not within its patience."""
    if child.poll() is None:
        child.send_signal(program.stop_signal)
    await_end(child, program)


def await_end(child: subprocess.Popen[bytes], program: Program) -> None:
    """Wait for a child that was asked to end; kill its whole group after its patience."""
    try:
        child.wait(program.patience)
    except subprocess.TimeoutExpired:
        kill_group(child.pid)
        child.wait()


def kill_group(pid: int) -> None:
    """Kill every process of the group that `pid` leads; none left is fine."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def terminate(pid: int) -> None:
    """Ask one process to end; gone already is fine."""
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return


def kill(pid: int) -> None:
    """Kill one process; gone already is fine."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def all_pids() -> list[int]:
    """Every process of the machine that this user can see."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def born(pid: int) -> str | None:
    """When the process started, in the kernel's ticks: with the pid it names one process for ever; None when gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def catches(pid: int, signal_number: signal.Signals) -> bool:
    """Whether the process handles the signal itself, as its status in `/proc` says."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next((line for line in status.splitlines() if line.startswith("SigCgt:")), "SigCgt: 0")
    return bool(int(caught.split()[1], 16) >> (signal_number - 1) & 1)


def command_line(pid: int) -> str:
    """The words of a process's command, or nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def die_with_parent(signal_number: signal.Signals) -> None:
    """Have the kernel send this process a signal when the one that started it dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal_number))


def _die_with_parent(signal_number: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def set_death_signal() -> None:
        die_with_parent(signal_number)
        if os.getppid() != parent:
            os._exit(1)

    return set_death_signal


def tail(log: Path, size: int = 4096) -> str:
    """The end of a log, in at most `size` bytes."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - size))
            return file.read().decode(errors="replace")
    except OSError:
        return ""
