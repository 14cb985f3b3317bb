"""The light index of patients: who they are, how to reach them, and who cares for them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from coordination.accounts.models import Organisation, Person, Team
from coordination.accounts.rights import Right
from coordination.base import clock
from coordination.base.encryption import EncryptedText
from coordination.base.models import Record
from coordination.base.text import french_order
from coordination.patients.identity import identity_status


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, person: Person) -> Self:
        """Those in this person's care: a care team names them or one of their teams."""
        if not person.may(Right.PATIENT_READ):
            return self.none()
        return self.filter(
            pk__in=CareTeamMember.objects.current().of(person).values("care_team__patient_id"),
            organisation_id=person.organisation_id,
        )

    def identifiable_by(self, person: Person) -> Self:
        """Those whose identity, and nothing more, this person may see: the centre's."""
        if not person.may(Right.PATIENT_IDENTIFY):
            return self.none()
        return self.filter(organisation_id=person.organisation_id)


class Patient(Record):
    """A person who is cared for; traits and statuses follow the RNIV (rules §2)."""

    class Sex(models.TextChoices):
        FEMALE = "F"
        MALE = "M"
        UNKNOWN = "U"

    class Precision(models.TextChoices):
        DAY = "day"
        MONTH = "month"
        YEAR = "year"
        ESTIMATED = "estimated"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="patients", help_text="the centre"
    )
    birth_name = models.CharField(max_length=100)
    birth_given_names = models.CharField(max_length=150)
    used_name = models.CharField(max_length=100, blank=True)
    used_given_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField()
    birth_date_precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    birth_place_code = models.CharField(max_length=5, blank=True, help_text="COG; 99999 is unknown")
    sex = models.CharField(max_length=1, choices=Sex)
    ins_recovered = models.BooleanField(default=False, help_text="the INS came from the national service")
    identity_checked = models.BooleanField(default=False, help_text="coherence checked on a high-confidence document")
    attributes = models.JSONField(default=list, help_text="RNIV codes: HOMD, DOUT, FICT, DPOT, …")
    matricule = EncryptedText(null=True)
    matricule_oid = models.CharField(max_length=40, blank=True)
    matricule_hash = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    email_consent = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="fr")
    postcode = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=80, blank=True)
    deceased_on = models.DateField(null=True)
    record_links = models.JSONField(default=list, help_text="[{system, id, url}] in the shared record")
    sort_key = models.CharField(max_length=260, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        indexes = [
            # the patient list of a centre, in French order
            models.Index(fields=["organisation", "sort_key"], name="patient_in_order"),
            # finding a matricule again without reading it
            models.Index(fields=["matricule_hash"], name="patient_by_matricule", condition=~Q(matricule_hash="")),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = french_order(self.name)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the banner shows it: the used or birth name in capitals, then the given name: "DURAND Marie"."""
        return f"{(self.used_name or self.birth_name).upper()} {self.given_name}"

    @property
    def given_name(self) -> str:
        """The one in use, else the first of the birth certificate."""
        return self.used_given_name or self.birth_given_names.split(" ")[0].split(",")[0]

    @property
    def age(self) -> int:
        """Whole years, on the day of death for the deceased."""
        day = self.deceased_on or clock.today()
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday

    @property
    def identity_status(self) -> str:
        """Computed, never typed (RNIV EXI SI 07); a doubtful or fictive identity is provisional (EXI SI 09)."""
        return identity_status(
            recovered=self.ins_recovered, checked=self.identity_checked, attributes=frozenset(self.attributes)
        )


class PatientKeyQuerySet(models.QuerySet["PatientKey"]):
    def visible_to(self, person: Person) -> Self:
        """The keys of the patients this person may look up."""
        if not person.may(Right.PATIENT_IDENTIFY):
            return self.none()
        return self.filter(organisation_id=person.organisation_id)


class PatientKey(models.Model):
    """A folded piece of what a patient may be looked up by: any tail of a name, a birth date, a phone number."""

    class Kind(models.TextChoices):
        NAME = "name"
        BIRTH = "birth"
        PHONE = "phone"

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="keys")
    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=100, db_collation="C")

    objects = PatientKeyQuerySet.as_manager()

    class Meta:
        # "begins with" on any tail of a name is "contains" on the name (the `C` collation makes a btree fit for LIKE)
        indexes = [models.Index(fields=["organisation_id", "kind", "key"], name="patient_key_lookup")]


class CareTeamQuerySet(models.QuerySet["CareTeam"]):
    def visible_to(self, person: Person) -> Self:
        """The circles this person belongs to, alone or through a team."""
        if not person.may(Right.PATIENT_READ):
            return self.none()
        mine = CareTeamMember.objects.current().of(person).values("care_team_id")
        return self.filter(pk__in=mine, patient__organisation_id=person.organisation_id)


class CareTeam(Record):
    """A patient's circle; health, social and occupational circles never read each other. Its id is its stream's."""

    class Circle(models.TextChoices):
        HEALTH = "health"
        SOCIAL = "social"
        OCCUPATIONAL = "occupational"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="care_teams")
    circle = models.CharField(max_length=20, choices=Circle, default=Circle.HEALTH)
    conversation_id = models.UUIDField(null=True, help_text="where the circle writes, once it has written")

    objects = CareTeamQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "circle"], name="care_team_once")]


class CareTeamMemberQuerySet(models.QuerySet["CareTeamMember"]):
    def current(self) -> Self:
        """Those in force at this instant."""
        now = clock.now()
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)

    def of(self, person: Person) -> Self:
        """Those that name this person, or whom they stand in for, alone or through a team."""
        return self.filter(Q(person__in=person.self_and_absent) | Q(team_id__in=person.team_ids))

    def visible_to(self, person: Person) -> Self:
        """Who belongs to the circles this person belongs to."""
        return self.filter(care_team__in=CareTeam.objects.visible_to(person))


class CareTeamMember(Record):
    """Someone, or a whole team, in a patient's circle, and why."""

    care_team = models.ForeignKey(CareTeam, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="care_teams")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="care_teams")
    role = models.CharField(
        max_length=40, blank=True, help_text="a role of the care protocols: medecin_traitant, ide, …"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = CareTeamMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, team=None) | Q(person=None, team__isnull=False),
                name="care_team_member_is_a_person_or_a_team",
            )
        ]
        # the patients in one person's or one team's care
        indexes = [
            models.Index(fields=["person", "care_team"], name="care_of_person"),
            models.Index(fields=["team", "care_team"], name="care_of_team"),
        ]
