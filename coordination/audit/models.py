"""Who did or read what: rows that are only ever added, and the seals that hold them together."""

from django.db import models

from coordination.base.models import Record


class Entry(Record):
    """One act: a write, a sign-in, a refusal, or the reading of a patient."""

    organisation_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, help_text="the person; null for Liaison itself")
    on_behalf_of_id = models.UUIDField(null=True, help_text="the absent person for whom the actor stands in")
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True, help_text="where the request came from; null for a job")

    class Meta:
        indexes = [
            # the access log of one patient
            models.Index(
                fields=["patient_id", "-at"], name="entry_of_patient", condition=models.Q(patient_id__isnull=False)
            ),
            # the access log of a centre, page by page
            models.Index(fields=["organisation_id", "-at", "-id"], name="entry_of_organisation"),
            # what one person did
            models.Index(fields=["actor_id", "-at"], name="entry_of_actor"),
            # what left the log, asked by the trigger for each row that is to go
            models.Index(fields=["organisation_id"], name="entry_closing", condition=models.Q(kind="audit.closed")),
        ]


class Pending(models.Model):
    """An entry that no seal covers yet; a trigger puts it here in the transaction of the entry itself."""

    entry_id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id"], name="pending_of_organisation")]


class Seal(Record):
    """A link of an organisation's chain: the entries it covers, their digest, and the seal before it."""

    organisation_id = models.UUIDField(null=True)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    entries = models.JSONField(help_text="ids of the entries covered, in order")
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="seal_once", nulls_distinct=False)
        ]
