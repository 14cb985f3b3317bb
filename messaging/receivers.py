"""What messaging does when something below happens: a task made from a message, someone new in a circle."""

from typing import Any
from uuid import UUID

from coordination.accounts.models import Person, Team
from coordination.base.errors import NotFound
from coordination.base.language import Sentence
from coordination.base.text import fold
from coordination.patients.actions import people_of
from coordination.patients.models import CareTeam, CareTeamMember
from coordination.streams import log as streams
from coordination.tasks.models import Task
from messaging.actions import open_team_conversation, tell_people
from messaging.models import Conversation, Message

ORIGIN = "message"
LABEL = Sentence(fr="Message {of}{who}", en="Message from {who}")


def tell_link(sender: type[Task], *, task: Task, by: Person | None, **_: Any) -> None:
    """A task made from a message was created or changed: everyone who sees the message sees the task's state.

    Its title is for those who see the task, over HTTP.
    """
    if task.origin_kind != ORIGIN or task.origin_id is None:
        return
    conversation = Message.objects.filter(pk=task.origin_id).values_list("conversation_id", flat=True).first()
    if conversation:
        data = {"message": str(task.origin_id), "task": {"id": str(task.pk), "status": task.status}}
        streams.append(conversation, "message.linked", data, actor=by.pk if by else None)


def open_its_conversation(sender: type[Team], *, team: Team, by: Person | None, **_: Any) -> None:
    """A new team has a conversation of its own."""
    open_team_conversation(team, by=by)


def tell_joined(sender: type[Team], *, team: Team, joined: set[UUID], by: Person | None, **_: Any) -> None:
    """Whoever is new in a team is told of its conversation."""
    if conversation := Conversation.objects.filter(team=team).first():
        tell_people(conversation.pk, sorted(joined), by=by.pk if by else None)


def tell_newcomers(
    sender: type[CareTeam], *, care_team: CareTeam, member: CareTeamMember, by: UUID | None, **_: Any
) -> None:
    """Whoever enters a circle that has a conversation is told of it."""
    if care_team.conversation_id:
        tell_people(care_team.conversation_id, people_of(member), by=by)


def origin_label(person: Person, message: UUID) -> str:
    """What a task made from a message says it came from; `NotFound` for a message out of sight."""
    found = Message.objects.visible_to(person).select_related("author").filter(pk=message).first()
    if found is None:
        raise NotFound
    who = found.author.display_name
    return LABEL.say(who=who, of="du " if found.author.title else _of(who))


def origin_circle(message: UUID) -> CareTeam | None:
    """The circle that writes where a message is; None outside the conversations about a patient."""
    return CareTeam.objects.filter(conversation__messages=message).first()


def _of(who: str) -> str:
    """French elides before a vowel or a silent h: "d’Awa Diallo", "de Martine Dubois"."""
    return "d’" if fold(who[:1]) in "aeiouyh" else "de "
