"""Conversations, their messages, and how far each person has read."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from coordination.accounts.models import Organisation, Person, Team
from coordination.accounts.rights import Right
from coordination.audit import origin
from coordination.base import clock
from coordination.base.models import Record
from coordination.patients.models import Basis, CareTeam, Opposition, Patient, Shared


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, person: Person) -> Self:
        """Direct ones this person takes part in, those of their teams and of circles they see, and by invitation.

        A token that may not write messages reads those about a patient alone. `followers` says the same for many
        people at once, of whom none comes with such a token.
        """
        if not person.has_access:
            return self.none()
        if origin.token() and not person.may(Right.MESSAGE_POST):
            return self.filter(kind=Conversation.Kind.PATIENT)._of(person)
        return self._of(person)

    def _of(self, person: Person) -> Self:
        direct = Conversation.participants.through.objects.filter(person=person).values("conversation_id")
        return self.filter(
            Q(kind=Conversation.Kind.DIRECT, pk__in=direct)
            | Q(kind=Conversation.Kind.TEAM, team_id__in=person.team_ids)
            | Q(kind=Conversation.Kind.PATIENT, care_team__in=CareTeam.objects.visible_to(person))
            | Q(kind=Conversation.Kind.PATIENT, pk__in=Participation.objects.of(person).values("conversation_id")),
            organisation_id=person.organisation_id,
        )


class Conversation(Record, Shared):
    """Where some people write to each other. Its id is its stream's.

    About a patient, it belongs to one circle, and its basis is that on which the circle shares what is written there.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct"
        TEAM = "team"
        PATIENT = "patient"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="conversations", help_text="the centre"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120, blank=True)
    team = models.OneToOneField(Team, on_delete=models.CASCADE, null=True, related_name="conversation")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, related_name="conversations")
    care_team = models.OneToOneField(CareTeam, on_delete=models.PROTECT, null=True, related_name="conversation")
    participants = models.ManyToManyField(Person, related_name="direct_conversations", help_text="of a direct one")
    pair = models.CharField(max_length=80, null=True, unique=True, help_text="the two sorted ids of a direct one")
    last_ordinal = models.BigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="patient") | Q(patient__isnull=False, care_team__isnull=False),
                name="patient_conversation_names_its_circle",
            )
        ]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def in_force(self) -> Self:
        """Those that have begun and not ended, at the minute."""
        now = clock.now()
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)

    def of(self, person: Person) -> Self:
        """Those by which a person reads conversations now: with the right, and unless the patient refuses them."""
        if not person.may(Right.PATIENT_READ):
            return self.none()
        against = Opposition.objects.in_force().filter(patient=OuterRef("conversation__patient"))
        closed = Q(Exists(against.filter(person=person)))
        everyone = against.filter(everyone=True).exclude(recorded_by=person)
        closed |= Q(Exists(everyone)) & ~Q(basis=Basis.CONSENT)
        return self.in_force().filter(~closed, person=person)

    def visible_to(self, person: Person) -> Self:
        """Those in the conversations this person may read."""
        return self.filter(conversation__in=Conversation.objects.visible_to(person))


class Participation(Record, Shared):
    """Somebody from outside the circle in one conversation about a patient, on a basis, and in nothing else."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        # the conversations somebody was invited to
        indexes = [models.Index(fields=["person", "conversation"], name="participation_of_person")]


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person: Person) -> Self:
        """Those of the conversations this person may read."""
        return self.filter(conversation__in=Conversation.objects.visible_to(person))


class Message(models.Model):
    """One message; its id is made by the client and is also its idempotency key."""

    id = models.UUIDField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    ordinal = models.BigIntegerField(help_text="its place in the conversation, from 1, without gaps")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    body = models.TextField()
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "ordinal"], name="message_ordinal_once")]


class ReadPositionQuerySet(models.QuerySet["ReadPosition"]):
    def visible_to(self, person: Person) -> Self:
        """The receipts of the conversations this person may read."""
        return self.filter(conversation__in=Conversation.objects.visible_to(person))


class ReadPosition(models.Model):
    """How far one person has read one conversation: a position, not a row per message."""

    pk = models.CompositePrimaryKey("conversation_id", "person_id")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="read_positions", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_positions")
    ordinal = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    objects = ReadPositionQuerySet.as_manager()
