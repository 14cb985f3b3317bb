"""The addresses by which calendars are read from outside."""

from typing import Self

from django.db import models

from coordination.accounts.models import Person
from coordination.agenda.models import Agenda
from coordination.base.models import Record


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, person: Person) -> Self:
        """One's own."""
        return self.filter(person=person)

    def live(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_at=None)


class Feed(Record):
    """A private, revocable address of one agenda; only the digest of its secret is kept."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="feeds")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeedQuerySet.as_manager()
