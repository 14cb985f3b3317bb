"""The row that every table of Liaison extends."""

from django.db import models

from coordination.base.ids import uuid7


class Record(models.Model):
    """A row known by a UUID version 7."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class IdempotencyAnswer(models.Model):
    """The first answer to a creating request, kept so that a retry of it is answered the same way."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "key"], name="idempotency_once")]
        # the daily clean-up of answers older than 24 h
        indexes = [models.Index(fields=["at"], name="idempotency_at")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"
