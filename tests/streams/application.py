"""The real server and its real sockets, with a kind of stream and commands that need no domain.

`python -m tests.streams.application --port N`: everyone of the organisation may follow its `test` streams, as long as a
membership lasts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from coordination.base.errors import AppError, Refused
from coordination.streams.commands import register_command
from coordination.streams.kinds import register_kind


def may_join(person: UUID, streams: Sequence[UUID]) -> Mapping[UUID, datetime | None]:
    from coordination.accounts.models import Membership
    from coordination.streams.models import Stream

    held = Membership.objects.in_force().filter(person=person).values_list("organisation_id", "valid_until")
    until = dict(held)
    found = Stream.objects.filter(pk__in=streams, organisation_id__in=until).values_list("pk", "organisation_id")
    return {stream: until[organisation] for stream, organisation in found}


def tell(stream: UUID, text: str, actor: UUID | None = None) -> None:
    from coordination.base.action import acting
    from coordination.streams import log

    with acting():
        log.append(stream, "test.told", {"text": text}, actor=actor)


def tell_many(calls: Sequence[tuple[Any, dict[str, Any]]]) -> list[dict[str, Any] | AppError]:
    """Refuses "no"; breaks on "broken"; else appends the text to the stream."""
    from coordination.base.action import acting
    from coordination.streams import log

    outcomes: list[dict[str, Any] | AppError] = []
    with acting():
        for person, data in calls:
            if data["text"] == "broken":
                raise ZeroDivisionError
            if data["text"] == "no":
                outcomes.append(Refused())
                continue
            log.append(UUID(data["stream"]), "test.told", {"text": data["text"]}, actor=person.id)
            outcomes.append({"together": len(calls)})
    return outcomes


def tell_one(person: Any, data: dict[str, Any]) -> dict[str, Any]:
    if data["text"] == "no":
        raise Refused
    tell(UUID(data["stream"]), data["text"], person.id)
    return {"told": data["text"]}


def register() -> None:
    """Make the kind and the commands known to this process."""
    register_kind("test", may_join)
    register_command("test.tell_many", tell_many, batch=True)
    register_command("test.tell_one", tell_one)


if __name__ == "__main__":
    from coordination.project.server import main

    register()
    main()
