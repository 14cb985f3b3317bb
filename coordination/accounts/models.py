"""People, the organisations they work in, and what their roles let them do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Least
from django.utils.functional import cached_property

from coordination.accounts.rights import Right
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.base.models import Record
from coordination.base.text import french_order


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of_centre(self, centre: UUID) -> Self:
        """The centre itself, its sites and their units."""
        return self.filter(Q(pk=centre) | Q(parent=centre) | Q(parent__parent=centre))

    def visible_to(self, person: "Person") -> Self:
        """One's own centre with its parts."""
        return self.of_centre(person.organisation_id)


class Organisation(Record):
    """A centre, one of its sites, or a unit of a site: a tree of three levels."""

    class Kind(models.TextChoices):
        CENTRE = "centre"
        SITE = "site"
        UNIT = "unit"

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    alias = models.CharField(
        max_length=120, help_text="the name in mails to patients; says nothing of a speciality (rules §5.6)"
    )
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Paris")
    declared_care_team = models.BooleanField(
        default=False,
        help_text="the centre is declared as one care team: its people share without consent (rules §5.2)",
    )
    security_referent = models.ForeignKey(
        "Person", on_delete=models.SET_NULL, null=True, related_name="+", help_text="is told of every break-glass"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="centre", parent=None) | ~Q(kind="centre") & Q(parent__isnull=False),
                name="only_a_centre_has_no_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Held:
    """What one membership gives, and until when; None is without end."""

    rights: frozenset[str]
    until: datetime | None


@dataclass(frozen=True)
class StandIn:
    """Somebody absent whose teams and circles one works meanwhile, and until when."""

    person_id: UUID
    until: datetime


class PersonQuerySet(models.QuerySet["Person"]):
    """People, reached from who is asking."""

    def visible_to(self, person: "Person") -> Self:
        """The colleagues of one's own centre."""
        return self.filter(organisation_id=person.organisation_id)

    def working(self) -> Self:
        """Those who have access today."""
        return self.filter(is_active=True, pk__in=Membership.objects.in_force().values("person_id"))


class PersonManager(BaseUserManager["Person"]):
    """Creates people; the login is kept in lower case."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def visible_to(self, person: "Person") -> PersonQuerySet:
        return self.get_queryset().visible_to(person)

    def create_person(self, login: str, password: str | None, **fields: Any) -> "Person":
        """A person who can sign in; without a password they cannot until one is set."""
        person = self.model(login=login.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who works at a centre."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="people", help_text="the centre"
    )
    login = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    title = models.CharField(max_length=10, blank=True, help_text="Dr, …")
    profession = models.CharField(max_length=40, help_text="a role of the care protocols, e.g. ide, medecin_traitant")
    profession_label = models.CharField(max_length=60, help_text="as a person says it: Infirmière")
    phone = models.CharField(max_length=20, blank=True)
    rpps = models.CharField(max_length=11, blank=True)
    language = models.CharField(max_length=5, default="fr")
    hours = models.JSONField(
        default=list,
        help_text='usual working hours, local: [{"day": 1, "from": "08:30", "until": "12:30"}], 1 is Monday',
    )
    photo_version = models.CharField(max_length=16, blank=True, help_text="of the photo shown; empty without one")
    sort_key = models.CharField(max_length=170, editable=False)
    is_service = models.BooleanField(default=False, help_text="a program, which only ever comes with a token")
    password_to_change = models.BooleanField(default=False, help_text="it was given by the administrator")
    is_active = models.BooleanField(default=True)
    access_epoch = models.BigIntegerField(default=0, help_text="raised by any loss of rights; the sockets compare it")

    USERNAME_FIELD = "login"
    objects: ClassVar[PersonManager] = PersonManager()

    address: str | None = None
    """Where this person sits, for the audit; set by a socket, as no request says it."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = french_order(f"{self.family_name} {self.given_name}")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """As colleagues name each other: "Dr Claire Roux", "Awa Diallo"."""
        return " ".join(filter(None, [self.title, self.given_name, self.family_name]))

    @property
    def short_name(self) -> str:
        """Where there is little room: "Dr Roux", "Awa D."."""
        if self.title or not self.given_name:
            return f"{self.title} {self.family_name}".strip()
        return f"{self.given_name} {self.family_name[:1]}."

    @property
    def initials(self) -> str:
        """Of the given and the family name: "CR"."""
        return f"{self.given_name[:1]}{self.family_name[:1]}".upper()

    @property
    def is_of_directory(self) -> bool:
        """Whether the centre's directory keeps this person's password (`accounts.directory`)."""
        return hasattr(self, "directory_link")

    @cached_property
    def held(self) -> list["Held"]:
        """The roles in force at this moment; read once per instance."""
        rows = Membership.objects.in_force().filter(person=self).values_list("role__rights", "valid_until")
        return [Held(frozenset(rights), until) for rights, until in rows]

    @property
    def rights(self) -> frozenset[str]:
        """What the memberships in force let this person do."""
        return frozenset(right for held in self.held for right in held.rights)

    @property
    def has_access(self) -> bool:
        """Whether this person works here at this moment: a stand-in's access ends with the membership."""
        return self.is_active and bool(self.held)

    def may_until(self, right: Right | None = None) -> datetime | None:
        """The instant at which a right that is held can end (any membership at all, unless told); None is never."""
        ends = [held.until for held in self.held if right is None or right in held.rights]
        return None if None in ends else max((end for end in ends if end), default=None)

    @cached_property
    def standing_in(self) -> list["StandIn"]:
        """Those this person stands in for at this moment, never through another stand-in; read once per instance."""
        return [StandIn(absent, until) for _, absent, until in Absence.objects.filter(delegate=self).stood_in()]

    @property
    def works_as(self) -> dict[UUID, datetime | None]:
        """Whose teams and circles this person works now, until when: their own without end, and those stood in for."""
        return {self.pk: None, **{one.person_id: one.until for one in self.standing_in}}

    @property
    def known_standing_in(self) -> list["StandIn"]:
        """`standing_in` if anybody has asked for it, else nothing: the audit asks no question of its own."""
        known: list[StandIn] = self.__dict__.get("standing_in", [])
        return known

    @property
    def self_and_absent(self) -> list[UUID]:
        """Whose teams and circles this person works now."""
        return list(self.works_as)

    @cached_property
    def teams_until(self) -> dict[UUID, datetime | None]:
        """The teams this person works in at this moment, each until when for sure; read once per instance."""
        until = self.works_as
        rows = Team.people.through.objects.filter(person_id__in=until)
        return last_ends((team, until[who]) for team, who in rows.values_list("team_id", "person_id"))

    @property
    def team_ids(self) -> list[UUID]:
        """The teams this person works in: their own and those of whom they stand in for."""
        return list(self.teams_until)

    def may(self, right: Right) -> bool:
        """Whether a role in force grants the right."""
        return self.is_active and right in self.rights


class Photo(models.Model):
    """A person's portrait, made small, without anything the camera wrote into it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="photo")
    content = models.BinaryField(help_text="256 × 256 WebP")


class Role(Record):
    """A named set of rights."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    rights = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="role_code_once")]


class RoleVersion(models.Model):
    """What a role was called and gave from one change to the next."""

    id = models.BigAutoField(primary_key=True)
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    rights = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "version"], name="role_version_once")]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Those that have begun and not ended, at the minute."""
        at = at or clock.now()
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)


class Membership(Record):
    """A person's role in an organisation; a stand-in's or a trainee's ends by date."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="membership_ends_after_it_begins",
            )
        ]


def last_ends(rows: Iterable[tuple[UUID, datetime | None]]) -> dict[UUID, datetime | None]:
    """For each id, the last of its ends; None is without end."""
    ends: dict[UUID, datetime | None] = {}
    for key, until in rows:
        known = ends.get(key, until)
        ends[key] = None if known is None or until is None else max(known, until)
    return ends


def earliest(*ends: datetime | None) -> datetime | None:
    """The first of these ends; None is without end."""
    return min((end for end in ends if end), default=None)


def read_held(people: Sequence[Person]) -> None:
    """Read what these people hold in one query, so that `held` asks nothing more."""
    held: dict[UUID, list[Held]] = {person.pk: [] for person in people}
    rows = Membership.objects.in_force().filter(person__in=held)
    for holder, rights, until in rows.values_list("person_id", "role__rights", "valid_until"):
        held[holder].append(Held(frozenset(rights), until))
    for person in people:
        person.__dict__["held"] = held[person.pk]


class Team(Record):
    """People who share a queue and a conversation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    code = models.SlugField(max_length=40)
    roles = models.JSONField(default=list, help_text="roles of the care protocols that this team answers for")
    entity = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="teams_of_entity",
        help_text="the site or unit it works for; null is the whole centre",
    )
    people = models.ManyToManyField(Person, related_name="teams")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="team_code_once")]


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Those that have begun and not ended, at the minute."""
        at = at or clock.now()
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def stood_in(self, at: datetime | None = None) -> list[tuple[UUID, UUID, datetime]]:
        """(delegate, absent, until) of those in force: who takes over from somebody who has access, and until when.

        Who is gone for good has nothing left to hand over: their last membership ends the standing in too.
        """
        works = Membership.objects.in_force(at).filter(person=OuterRef("person"))
        last = works.order_by(F("valid_until").desc(nulls_first=True)).values("valid_until")[:1]
        same = self.in_force(at).filter(person__is_active=True, person__organisation=F("delegate__organisation"))
        rows = same.filter(Exists(works)).annotate(until=Least("ends_at", Subquery(last)))
        return list(rows.order_by("until", "pk").values_list("delegate_id", "person_id", "until"))

    def visible_to(self, person: Person) -> Self:
        """Those of the colleagues of one's centre."""
        return self.filter(person__organisation_id=person.organisation_id)


class Absence(Record):
    """When a person is away, and who takes over their teams and circles meanwhile."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    delegate = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="delegations")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField(null=True, help_text="when its beginning was told to those concerned")
    ended_at = models.DateTimeField(null=True, help_text="when its end was told to those concerned")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_begins")
        ]
        # those in force, whatever has been
        indexes = [models.Index(fields=["ends_at"], name="absences_not_over")]


class CorrespondentQuerySet(models.QuerySet["Correspondent"]):
    def visible_to(self, person: Person) -> Self:
        """Those of one's centre that are still in use."""
        return self.filter(organisation_id=person.organisation_id, archived_at=None)


class Correspondent(Record):
    """Someone outside whom the centre works with, and who has no account: a pharmacy, a ward, a landlord."""

    class Kind(models.TextChoices):
        PHARMACY = "pharmacy"
        HOSPITAL = "hospital"
        PHYSICIAN = "physician"
        LABORATORY = "laboratory"
        SOCIAL = "social"
        LANDLORD = "landlord"
        EMPLOYER = "employer"
        OTHER = "other"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="correspondents", help_text="the centre"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    structure = models.CharField(max_length=120, blank=True, help_text="the organisation they belong to")
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    mss_address = models.EmailField(blank=True, help_text="their MSSanté mailbox")
    address = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    sort_key = models.CharField(max_length=250, editable=False, help_text="the folded words of name and structure")
    archived_at = models.DateTimeField(null=True)

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        # the list of a centre in French order
        indexes = [models.Index(fields=["organisation", "sort_key"], name="correspondents_in_order")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = french_order(f"{self.name} {self.structure}")
        super().save(*args, **kwargs)


class AccessToken(Record):
    """A bearer token for `/api` and `/ws`; only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)
    scopes = models.JSONField(null=True, help_text="the rights it is limited to; null is all that its person has")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, help_text="of the last use, to the minute")
