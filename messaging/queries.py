"""Reading conversations: the list with exact unread counts, the thread, the receipts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef

from coordination.accounts.models import Person
from coordination.accounts.schemas import Named, person_ref
from coordination.patients.pages import basis_out, circle_ref
from coordination.patients.schemas import Circle, patient_ref
from coordination.streams.queries import heads
from coordination.tasks.models import Task
from messaging.followers import followers
from messaging.models import Conversation, Message, Participation, ReadPosition
from messaging.schemas import (
    ConversationLine,
    ConversationOut,
    ConversationsOut,
    LastMessage,
    LinkedTask,
    MessageOut,
    MessagesOut,
    ParticipantOut,
    ReaderOut,
)

EXCERPT = 140

_POSITIONS = """
SELECT c.id, coalesce(r.ordinal, 0),
    (SELECT count(*) FROM messaging_message m
     WHERE m.conversation_id = c.id AND m.ordinal > coalesce(r.ordinal, 0) AND m.author_id <> %(person)s)
FROM messaging_conversation c
LEFT JOIN messaging_readposition r ON r.conversation_id = c.id AND r.person_id = %(person)s
WHERE c.id = ANY(%(conversations)s)
"""


def positions(person: Person, conversations: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """For each conversation, how far the person has read, and how many messages of others come after."""
    with connection.cursor() as cursor:
        cursor.execute(_POSITIONS, {"person": person.pk, "conversations": list(conversations)})
        return {conversation: (ordinal, unread) for conversation, ordinal, unread in cursor.fetchall()}


def conversations_of(person: Person) -> ConversationsOut:
    """Every conversation the person may read, latest first, valid at `heads`; the inbox tells of new ones."""
    inbox = heads([person.pk])
    ids = list(Conversation.objects.visible_to(person).values_list("pk", flat=True))
    known_at = inbox | heads(ids)
    return ConversationsOut(items=lines(ids, person), heads=known_at)


def lines(ids: Sequence[UUID], person: Person) -> list[ConversationLine]:
    """These conversations as lines of the person's list."""
    rows = list(
        Conversation.objects.filter(pk__in=ids)
        .select_related("patient", "team")
        .prefetch_related("participants")
        .order_by("-last_at", "pk")
    )
    rows.sort(key=lambda row: row.last_at is None)
    last, read = _last_messages(ids), positions(person, ids)
    return [_line(row, person, last.get(row.pk), read.get(row.pk, (0, 0))) for row in rows]


def _last_messages(ids: Sequence[UUID]) -> dict[UUID, Message]:
    latest = Message.objects.filter(conversation__in=ids, ordinal=F("conversation__last_ordinal"))
    return {row.conversation_id: row for row in latest.select_related("author")}


def _line(row: Conversation, person: Person, last: Message | None, read: tuple[int, int]) -> ConversationLine:
    others = [one for one in row.participants.all() if one.pk != person.pk]
    return ConversationLine(
        id=row.pk,
        kind=row.kind,
        title=_title(row, others),
        patient=patient_ref(row.patient) if row.patient else None,
        team=Named(id=row.team.pk, name=row.team.name) if row.team else None,
        people=[person_ref(other) for other in others] if row.kind == Conversation.Kind.DIRECT else None,
        last=_last(last) if last else None,
        last_ordinal=last.ordinal if last else 0,
        read_ordinal=read[0],
        unread=read[1],
    )


def _title(row: Conversation, others: list[Person]) -> str:
    if row.patient:
        return row.patient.name
    return row.title or (row.team.name if row.team else ", ".join(other.display_name for other in others))


def excerpt_of(body: str) -> str:
    """The beginning of a message on one line."""
    line = " ".join(body.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"


def _last(message: Message) -> LastMessage:
    return LastMessage(
        author=person_ref(message.author), excerpt=excerpt_of(message.body), at=message.at, ordinal=message.ordinal
    )


def conversation_for(conversation: Conversation, person: Person) -> ConversationOut:
    """One conversation, its members and how far each has read."""
    known_at = heads([conversation.pk])
    line = lines([conversation.pk], person)[0]
    about = conversation.kind == Conversation.Kind.PATIENT
    return ConversationOut(
        **dict(line),
        circle=circle_of(conversation),
        basis=basis_out(conversation) if about else None,
        members=members_of(conversation),
        participants=participants_of(conversation) if about else [],
        heads=known_at,
    )


def circle_of(conversation: Conversation) -> Circle | None:
    """The kind of circle that writes there; None when it is not about a patient."""
    return circle_ref(conversation.care_team).circle if conversation.care_team else None


def participants_of(conversation: Conversation) -> list[ParticipantOut]:
    """Those invited from outside the circle who read it today, in French order."""
    rows = Participation.objects.in_force().filter(conversation=conversation).select_related("person", "added_by")
    reading = {one.person for one in followers([conversation.pk])}
    return [
        ParticipantOut(
            **dict(person_ref(row.person)),
            basis=basis_out(row),
            since=row.since,
            until=row.until,
            added_by=person_ref(row.added_by) if row.added_by else None,
        )
        for row in rows.order_by("person__sort_key")
        if row.person_id in reading
    ]


def members_of(conversation: Conversation) -> list[ReaderOut]:
    """Everyone who may read it today, in French order."""
    people = Person.objects.filter(pk__in=[one.person for one in followers([conversation.pk])]).order_by("sort_key")
    read = dict(ReadPosition.objects.filter(conversation=conversation).values_list("person_id", "ordinal"))
    return [ReaderOut(**dict(person_ref(one)), read_ordinal=read.get(one.pk, 0)) for one in people]


def thread(conversation: Conversation, person: Person, *, before: int | None, limit: int) -> MessagesOut:
    """The last `limit` messages as the person sees them, or those just before an ordinal; oldest first."""
    known_at = heads([conversation.pk])
    rows = conversation.messages.select_related("author").order_by("-ordinal")
    if before is not None:
        rows = rows.filter(ordinal__lt=before)
    page = list(rows[:limit])[::-1]
    return MessagesOut(items=messages_out(page, person), heads=known_at, first=not page or page[0].ordinal == 1)


def messages_out(messages: Sequence[Message], person: Person) -> list[MessageOut]:
    """Messages with the tasks made from each, as the person sees them."""
    tasks = tasks_from([message.pk for message in messages], person)
    return [
        MessageOut(
            id=row.pk,
            conversation=row.conversation_id,
            ordinal=row.ordinal,
            author=person_ref(row.author),
            body=row.body,
            at=row.at,
            tasks=tasks[row.pk],
        )
        for row in messages
    ]


def tasks_from(messages: Sequence[UUID], person: Person) -> defaultdict[UUID, list[LinkedTask]]:
    """The tasks made from these messages, oldest first; with a title for who sees the task."""
    seen = Exists(Task.objects.visible_to(person).filter(pk=OuterRef("pk")))
    made = Task.objects.filter(origin_kind="message", origin_id__in=messages).annotate(seen=seen)
    found: defaultdict[UUID, list[LinkedTask]] = defaultdict(list)
    rows = made.order_by("created_at", "pk").values_list("pk", "origin_id", "title", "status", "seen")
    for task, message, title, status, shown in rows:
        if message:
            found[message].append(LinkedTask(id=task, title=title if shown else "", status=status))
    return found
