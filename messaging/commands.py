"""What the socket may ask of messaging: the same actions as over HTTP."""

from collections.abc import Sequence
from typing import Any

from coordination.accounts.models import Person
from coordination.base.errors import AppError
from coordination.base.wording import parsed
from messaging.actions import mark_read
from messaging.posting import Outcome, Post, post_messages
from messaging.schemas import PostCommand, ReadCommand

Data = dict[str, Any]


def post(calls: Sequence[tuple[Person, Data]]) -> list[Data | AppError]:
    """`message.post` {id, conversation, body} → {id, ordinal, at}, for all the calls that arrived together."""
    read = [_read(person, data) for person, data in calls]
    posted = iter(post_messages([one for one in read if isinstance(one, Post)]))
    return [_answer(next(posted)) if isinstance(one, Post) else one for one in read]


def _read(person: Person, data: Data) -> Post | AppError:
    try:
        sent = parsed(PostCommand, data)
    except AppError as refusal:
        return refusal
    return Post(author=person, id=sent.id, conversation=sent.conversation, body=sent.body)


def _answer(outcome: Outcome) -> Data | AppError:
    if isinstance(outcome, AppError):
        return outcome
    return outcome.message.model_dump(mode="json", include={"id", "ordinal", "at"})


def read(person: Person, data: Data) -> Data:
    """`read.mark` {conversation, ordinal} → {ordinal, unread}."""
    sent = parsed(ReadCommand, data)
    return mark_read(sent.conversation, ordinal=sent.ordinal, by=person).model_dump(mode="json")
