"""The addresses by which calendars are read from outside."""

from django.db import models

from coordination.accounts.models import Person
from coordination.agenda.models import Agenda
from coordination.base.models import Record


class Feed(Record):
    """A private, revocable address of one agenda; only the digest of its secret is kept."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="feeds")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
