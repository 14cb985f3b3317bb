"""Posting many messages at once: few statements and one commit, and a bad one fails alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection

from coordination.accounts.models import Person
from coordination.accounts.schemas import person_ref
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import AppError, NotFound, Refused
from coordination.streams import log as streams
from messaging.errors import MessageIdTaken
from messaging.followers import Follower, followers
from messaging.models import Message
from messaging.schemas import MessageOut

# Conversations are taken in the order of their ids, as streams are: two batches cannot wait for each other.
_MOVE_HEADS = """
WITH wanted AS (SELECT * FROM unnest(%s::uuid[], %s::bigint[]) AS w(id, messages)),
locked AS (
    SELECT c.id, w.messages FROM messaging_conversation c JOIN wanted w ON w.id = c.id ORDER BY c.id FOR UPDATE OF c
)
UPDATE messaging_conversation c SET last_ordinal = c.last_ordinal + l.messages, last_at = %s
FROM locked l WHERE c.id = l.id
RETURNING c.id, c.last_ordinal - l.messages, c.patient_id
"""

_INSERT = """
INSERT INTO messaging_message (id, conversation_id, ordinal, author_id, body, at)
SELECT m.id, m.conversation_id, m.ordinal, m.author_id, m.body, %s
FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[], %s::uuid[], %s::text[])
    AS m(id, conversation_id, ordinal, author_id, body)
"""


@dataclass(frozen=True)
class Post:
    """A message that somebody asks to post."""

    author: Person
    id: UUID
    conversation: UUID
    body: str

    def is_same_as(self, other: "Post | Message") -> bool:
        """Whether the other is this very message, sent before."""
        where = other.conversation if isinstance(other, Post) else other.conversation_id
        who = other.author.pk if isinstance(other, Post) else other.author_id
        return (self.conversation, self.author.pk, self.body) == (where, who, other.body)


@dataclass(frozen=True)
class Posted:
    """A message that is in its conversation; `created` is false when it already was."""

    message: MessageOut
    created: bool


Outcome = Posted | AppError


def post_messages(posts: Sequence[Post]) -> list[Outcome]:
    """Post them all in one transaction; one outcome each, in order: posted, or why not.

    The same id with the same author, conversation and body gives the first answer again; with anything else it is
    `MessageIdTaken`. A conversation out of sight is `NotFound`.
    """
    try:
        return _post_together(posts)
    except IntegrityError:
        # Another process posted one of these ids meanwhile: each alone, then, so that only that one meets it.
        return [_post_alone(post) for post in posts]


def _post_alone(post: Post) -> Outcome:
    try:
        return _post_together([post])[0]
    except IntegrityError:
        # It has committed by now, so it is found as a message that is already there.
        return _post_together([post])[0]


@action
def _post_together(posts: Sequence[Post]) -> list[Outcome]:
    allowed = _allowed(posts)
    known = Message.objects.select_related("author").in_bulk([post.id for post in posts])
    firsts: dict[UUID, Post] = {}
    for post in posts:
        if post.id not in known and post.id not in firsts and _refusal(post, allowed) is None:
            firsts[post.id] = post
    written = _write(list(firsts.values()))
    return [_outcome(post, allowed, known, firsts, written) for post in posts]


def _allowed(posts: Sequence[Post]) -> dict[tuple[UUID, UUID], Follower]:
    found = followers({post.conversation for post in posts}, {post.author.pk for post in posts})
    return {(one.conversation, one.person): one for one in found}


def _refusal(post: Post, allowed: dict[tuple[UUID, UUID], Follower]) -> AppError | None:
    follower = allowed.get((post.conversation, post.author.pk))
    if follower is None:
        return NotFound()
    return None if follower.may_post else Refused()


def _outcome(
    post: Post,
    allowed: dict[tuple[UUID, UUID], Follower],
    known: dict[UUID, Message],
    firsts: dict[UUID, Post],
    written: dict[UUID, MessageOut],
) -> Outcome:
    if refusal := _refusal(post, allowed):
        return refusal
    if before := known.get(post.id):
        return Posted(shown(before), created=False) if post.is_same_as(before) else MessageIdTaken()
    first = firsts[post.id]
    if post is not first and not post.is_same_as(first):
        return MessageIdTaken()
    return Posted(written[post.id], created=post is first)


def _write(posts: list[Post]) -> dict[UUID, MessageOut]:
    """Number and insert messages that are known to be new and allowed; tell their conversations."""
    if not posts:
        return {}
    at = clock.now()
    heads = _move_heads(Counter(post.conversation for post in posts), at)
    next_ordinal = {conversation: before for conversation, (before, _) in heads.items()}
    written: dict[UUID, MessageOut] = {}
    for post in posts:
        next_ordinal[post.conversation] += 1
        written[post.id] = _message_out(post, next_ordinal[post.conversation], at)
    _insert(written.values(), at)
    audit.record_many(
        audit.Act(post.author, "message.posted", Message._meta.label_lower, post.id, heads[post.conversation][1])
        for post in posts
    )
    for message in written.values():
        streams.append(message.conversation, "message.posted", message.model_dump(mode="json"), actor=message.author.id)
    return written


def _move_heads(counts: Counter[UUID], at: datetime) -> dict[UUID, tuple[int, UUID | None]]:
    """Take as many places in each conversation; its last ordinal before them, and the patient it is about."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEADS, [list(counts), list(counts.values()), at])
        return {conversation: (before, patient) for conversation, before, patient in cursor.fetchall()}


def _insert(messages: Iterable[MessageOut], at: datetime) -> None:
    rows = list(messages)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                at,
                [row.id for row in rows],
                [row.conversation for row in rows],
                [row.ordinal for row in rows],
                [row.author.id for row in rows],
                [row.body for row in rows],
            ],
        )


def _message_out(post: Post, ordinal: int, at: datetime) -> MessageOut:
    return MessageOut(
        id=post.id,
        conversation=post.conversation,
        ordinal=ordinal,
        author=person_ref(post.author),
        body=post.body,
        at=at,
        tasks=[],
    )


def shown(message: Message) -> MessageOut:
    """A message that is already there, with the tasks made from it."""
    from messaging.queries import messages_out

    return messages_out([message])[0]
