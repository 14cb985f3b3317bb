"""Posting many messages at once: few statements and one commit, and a bad one fails alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from django.db import IntegrityError

from coordination.accounts.models import Person
from coordination.accounts.schemas import person_ref
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import AppError, NotFound, Refused
from coordination.base.sql import prepared
from coordination.streams import log as streams
from messaging.errors import MessageIdTaken
from messaging.followers import Follower, followers
from messaging.models import Message
from messaging.schemas import MessageOut

# Numbers and inserts those that are not there yet, and answers with these only. Conversations are taken in the order of
# their ids, as streams are: two batches cannot wait for each other.
_INSERT_NEW = """
WITH asked AS (
    SELECT * FROM jsonb_to_recordset(%(posts)s::jsonb)
        AS p(id uuid, conversation_id uuid, author_id uuid, body text, nth bigint)
),
new AS (
    SELECT a.*, row_number() OVER (PARTITION BY a.conversation_id ORDER BY a.nth) AS place FROM asked a
    WHERE NOT EXISTS (SELECT FROM messaging_message m WHERE m.id = a.id)
),
counted AS (
    SELECT conversation_id, count(*) AS messages FROM new GROUP BY conversation_id
),
locked AS (
    SELECT c.id, w.messages FROM messaging_conversation c JOIN counted w ON w.conversation_id = c.id
    ORDER BY c.id FOR UPDATE OF c
),
moved AS (
    UPDATE messaging_conversation c SET last_ordinal = c.last_ordinal + l.messages, last_at = %(at)s
    FROM locked l WHERE c.id = l.id
    RETURNING c.id, c.last_ordinal - l.messages AS before, c.patient_id
),
inserted AS (
    INSERT INTO messaging_message (id, conversation_id, ordinal, author_id, body, at)
    SELECT n.id, n.conversation_id, m.before + n.place, n.author_id, n.body, %(at)s
    FROM new n JOIN moved m ON m.id = n.conversation_id
    RETURNING id, conversation_id, ordinal
)
SELECT i.id, i.ordinal, m.patient_id FROM inserted i JOIN moved m ON m.id = i.conversation_id
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


@dataclass(frozen=True)
class Place:
    """Where a new message stands: its number in the conversation, and the patient that it is about."""

    ordinal: int
    patient: UUID | None


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
    firsts: dict[UUID, Post] = {}
    for post in posts:
        if _refusal(post, allowed) is None:
            firsts.setdefault(post.id, post)
    written = _write(list(firsts.values()))
    known = _known(firsts.keys() - written.keys())
    return [_refusal(post, allowed) or _outcome(post, known, firsts, written) for post in posts]


def _known(ids: Collection[UUID]) -> dict[UUID, Message]:
    """Messages that were there already."""
    return Message.objects.select_related("author").in_bulk(ids) if ids else {}


def _allowed(posts: Sequence[Post]) -> dict[tuple[UUID, UUID], Follower]:
    found = followers({post.conversation for post in posts}, {post.author.pk for post in posts})
    return {(one.conversation, one.person): one for one in found}


def _refusal(post: Post, allowed: dict[tuple[UUID, UUID], Follower]) -> AppError | None:
    follower = allowed.get((post.conversation, post.author.pk))
    if follower is None:
        return NotFound()
    return None if follower.may_post else Refused()


def _outcome(
    post: Post, known: dict[UUID, Message], firsts: dict[UUID, Post], written: dict[UUID, MessageOut]
) -> Outcome:
    """What became of a post that is allowed."""
    if before := known.get(post.id):
        return Posted(shown(before, post.author), created=False) if post.is_same_as(before) else MessageIdTaken()
    first = firsts[post.id]
    if post is not first and not post.is_same_as(first):
        return MessageIdTaken()
    return Posted(written[post.id], created=post is first)


def _write(posts: list[Post]) -> dict[UUID, MessageOut]:
    """Number and insert those of the allowed messages that are new; tell their conversations."""
    if not posts:
        return {}
    at = clock.now()
    placed = _insert_new(posts, at)
    new = [post for post in posts if post.id in placed]
    if not new:
        return {}
    audit.record_many(
        audit.Act(post.author, "message.posted", Message._meta.label_lower, post.id, placed[post.id].patient)
        for post in new
    )
    written = {post.id: _message_out(post, placed[post.id].ordinal, at) for post in new}
    for message in written.values():
        streams.append(message.conversation, "message.posted", message.model_dump(mode="json"), actor=message.author.id)
    return written


def _insert_new(posts: list[Post], at: datetime) -> dict[UUID, Place]:
    """Where each of the new messages stands now; those that were there already are left out."""
    rows = [
        {
            "id": post.id,
            "conversation_id": post.conversation,
            "author_id": post.author.pk,
            "body": post.body,
            "nth": nth,
        }
        for nth, post in enumerate(posts)
    ]
    with prepared() as cursor:
        cursor.execute(_INSERT_NEW, {"posts": orjson.dumps(rows).decode(), "at": at})
        return {message: Place(ordinal, patient) for message, ordinal, patient in cursor.fetchall()}


def _message_out(post: Post, ordinal: int, at: datetime) -> MessageOut:
    return MessageOut.model_construct(
        id=post.id,
        conversation=post.conversation,
        ordinal=ordinal,
        author=person_ref(post.author),
        body=post.body,
        at=at,
        tasks=[],
    )


def shown(message: Message, person: Person) -> MessageOut:
    """A message that is already there, with the tasks made from it as the person sees them."""
    from messaging.queries import messages_out

    return messages_out([message], person)[0]
