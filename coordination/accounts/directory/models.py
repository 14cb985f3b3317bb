"""What is remembered of the directory: who is in it, what its groups give, and how the last reading went."""

from django.db import models

from coordination.accounts.models import Membership, Organisation, Person, Role, Team
from coordination.base.models import Record


class DirectoryMapping(Record):
    """What a group of the directory gives its people: a role somewhere, and perhaps a team."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="directory_mappings")
    group = models.CharField(max_length=400, help_text="the group's DN, as the administrator wrote it")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="directory_mappings")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="directory_mappings")
    profession = models.CharField(
        max_length=40, blank=True, help_text="of the people it brings in; their role's code when empty"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "group", "role"], name="directory_mapping_once"),
        ]


class DirectoryLink(Record):
    """A person who is in the directory: its password is theirs, and its groups say what they are given."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="directory_link")
    entry = models.CharField(max_length=400, unique=True, help_text="entryUUID or objectGUID, else the DN")
    dn = models.CharField(max_length=400)
    gone_at = models.DateTimeField(
        null=True, help_text="since when the directory does not name them; they are suspended"
    )
    memberships = models.ManyToManyField(Membership, related_name="directory_links", help_text="given by its groups")
    teams = models.ManyToManyField(Team, related_name="directory_links", help_text="joined by its groups")


class DirectoryRun(Record):
    """One synchronisation of a centre: what it did, or why it changed nothing."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="directory_runs")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    refusal = models.CharField(max_length=60, blank=True, help_text="the refusal's code; empty when all went well")
    report = models.JSONField(default=dict)

    class Meta:
        # the last one is shown
        indexes = [models.Index(fields=["organisation", "-at"], name="directory_runs_latest")]
