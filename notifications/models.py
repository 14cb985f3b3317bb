"""The outbox: whatever must leave is a row first, and the row tells its whole life."""

from django.db import models
from django.db.models import Q

from coordination.base.models import Record


class Delivery(Record):
    """One thing to send to one address by one channel."""

    class Status(models.TextChoices):
        DUE = "due"
        CLAIMED = "claimed"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    ENDED = frozenset({Status.SENT, Status.FAILED, Status.DROPPED})

    organisation_id = models.UUIDField()
    channel = models.CharField(max_length=20, help_text="email, webpush, inbox: a file of `transports/`")
    what = models.CharField(max_length=60, help_text="appointment.booked, plan.reminder, …")
    occurrence = models.CharField(max_length=80, help_text="which one: an id, an id and a version, a week")
    recipient = models.CharField(max_length=80, help_text="an opaque id of whoever receives it")
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=5, default="fr")
    template = models.CharField(max_length=60)
    values = models.JSONField(default=dict, help_text="what fills the template; only names on its allow-list")
    status = models.CharField(max_length=10, choices=Status, default=Status.DUE)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, help_text="the lease; a claim older than it is due again")
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120, help_text="the same on every attempt")
    possible_repeat = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="when its end was told upward")
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "occurrence", "recipient", "channel"], name="delivery_once")
        ]
        indexes = [
            # what the worker claims next
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(status__in=["due", "claimed"])),
            # what ended and was not told yet
            models.Index(
                fields=["id"],
                name="delivery_to_tell",
                condition=Q(status__in=["sent", "failed", "dropped"], told_at=None),
            ),
        ]


class DeliveryMove(Record):
    """One line of a delivery's life: claimed, sent, refused, dropped, and why."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="moves")
    status = models.CharField(max_length=10, choices=Delivery.Status)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
