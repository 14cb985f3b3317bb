"""What `liaison up` says while it starts and runs."""

import sys
import time


def say(line: str) -> None:
    """One line on the console, at once; a console that is gone is no reason to end."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except (BrokenPipeError, OSError):
        return


def step(line: str) -> None:
    """A step of the start."""
    say(f"  {line}")


def news(line: str) -> None:
    """Something that happened while running, with the time of day."""
    say(f"  {time.strftime('%H:%M:%S')}  {line}")


def banner(address: str, people: list[tuple[str, str, str]]) -> None:
    """Ready: where to go, and in the demo who to be (login, password, what they do) and where mails arrive."""
    say(f"\nLiaison is ready: {address}\n")
    for login, password, profession in people:
        say(f"  {login:<16} {password:<20} {profession}")
    if people:
        say(f"\n  Mails can be read at {address}/demo/mail")
    say("  Ctrl-C stops everything.\n")
