"""Ordered event logs: a stream is the unit of visibility, an event is one numbered line of it."""

from django.db import models

from coordination.base.models import Record


class Stream(Record):
    """A log that a set of people may follow; its id is that of the thing it tells about."""

    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    head = models.BigIntegerField(default=0, help_text="number of the last event, 0 when there is none")


class Event(models.Model):
    """One thing that happened, numbered without gaps inside its stream."""

    pk = models.CompositePrimaryKey("stream_id", "seq")
    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, db_index=False, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    data = models.JSONField()

    class Meta:
        # the daily pruning of events older than the log's memory
        indexes = [models.Index(fields=["at"], name="event_at")]

    def __str__(self) -> str:
        return f"{self.stream_id} {self.seq} {self.kind}"
