"""The light index of patients: who they are, how to reach them, and who cares for them."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from coordination.accounts.models import Organisation, Person, Team
from coordination.accounts.rights import Right
from coordination.base import clock
from coordination.base.encryption import EncryptedText
from coordination.base.models import Record
from coordination.base.text import french_order
from coordination.patients.identity import identity_status


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, person: Person) -> Self:
        """Those in this person's care: a circle that they see, whichever it is."""
        return self.filter(pk__in=CareTeam.objects.visible_to(person).values("patient_id"))

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


class ReachQuerySet(models.QuerySet["Reach"]):
    def in_force(self) -> Self:
        """What gives access at this instant."""
        now = clock.now()
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)

    def of(self, person: Person) -> Self:
        """What gives one person access, now: in their own name, and for those they stand in for."""
        return self.in_force().filter(person_id=person.pk, for_id__in=person.self_and_absent)

    def lasting(self) -> Self:
        """Without those who opened a circle in an emergency: they see it, and do not belong to it."""
        return self.exclude(basis=Basis.EMERGENCY)


class Reach(models.Model):
    """Whom each line of a circle lets in, from when until when, for many people at once.

    A view (`0002_reach`) over lines in one's own name, those of one's teams and those of whom one stands in for, less
    what the patient opposes. It says the same as `CareTeamMember.objects.of`, which asks for one person; a test with a
    reference holds the two together. Neither says anything of rights: `patient.read` is asked beside them.
    """

    line_id = models.UUIDField(primary_key=True, help_text="several rows may share one: a team has many people")
    care_team_id = models.UUIDField()
    basis = models.CharField(max_length=12)
    team_id = models.UUIDField(null=True)
    for_id = models.UUIDField(help_text="whom the line counts: the person, or somebody absent")
    person_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = ReachQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "patients_reach"


class CareTeamQuerySet(models.QuerySet["CareTeam"]):
    def visible_to(self, person: Person) -> Self:
        """The circles this person sees: alone, through a team, for somebody absent, or for an hour in an emergency."""
        return self._through(CareTeamMember.objects.of(person), person)

    def managed_by(self, person: Person) -> Self:
        """Those this person belongs to and so may change: an emergency opens a circle, it does not hand it over."""
        return self._through(CareTeamMember.objects.of(person).lasting(), person)

    def _through(self, lines: "CareTeamMemberQuerySet", person: Person) -> Self:
        if not person.may(Right.PATIENT_READ):
            return self.none()
        return self.filter(pk__in=lines.values("care_team_id"), patient__organisation_id=person.organisation_id)


class CareTeam(Record):
    """A patient's circle; health, social and occupational circles never read each other. Its id is its stream's."""

    class Circle(models.TextChoices):
        HEALTH = "health"
        SOCIAL = "social"
        OCCUPATIONAL = "occupational"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="care_teams")
    circle = models.CharField(max_length=20, choices=Circle, default=Circle.HEALTH)
    entity = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the site or unit that follows the patient; null is the whole centre",
    )
    conversation_id = models.UUIDField(null=True, help_text="where the circle writes, once it has written")

    objects = CareTeamQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "circle"], name="care_team_once")]


class Basis(models.TextChoices):
    """Why information about a patient may reach somebody (CSP L.1110-4, rules §5.2)."""

    SAME_TEAM = "same_team"
    EXCHANGE = "exchange"
    CONSENT = "consent"
    EMERGENCY = "emergency"


PERSONAL = (Basis.CONSENT, Basis.EMERGENCY)
"""What lets in one person or team alone: those the patient agreed to, and who opened a circle by themselves."""


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, person: Person) -> Self:
        """Those collected in the circles this person sees."""
        return self.filter(care_team__in=CareTeam.objects.visible_to(person))

    def managed_by(self, person: Person) -> Self:
        """Those of the circles this person belongs to: an emergency takes nothing back."""
        return self.filter(care_team__in=CareTeam.objects.managed_by(person))


class Consent(Record):
    """What a patient agreed to share, with whom, and how they said so (FHIR Consent)."""

    class How(models.TextChoices):
        ORAL = "oral"
        WRITTEN = "written"
        ELECTRONIC = "electronic"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="consents")
    care_team = models.ForeignKey(CareTeam, on_delete=models.CASCADE, related_name="consents")
    scope = models.CharField(max_length=300, help_text="what may be shared")
    recipients = models.CharField(max_length=300, help_text="with whom")
    collected_on = models.DateField()
    collected_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=12, choices=How)
    evidence = models.CharField(max_length=300, blank=True, help_text="where the proof is: a form, a letter, a mail")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    @property
    def is_in_force(self) -> bool:
        """Not withdrawn."""
        return self.withdrawn_at is None


class Shared(models.Model):
    """Something that shares information about a patient, and on what basis."""

    basis = models.CharField(max_length=12, choices=Basis, default=Basis.SAME_TEAM)
    basis_why = models.CharField(max_length=300, blank=True, help_text="why the exchange is needed")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class OppositionQuerySet(models.QuerySet["Opposition"]):
    def in_force(self) -> Self:
        """Those that have not been lifted."""
        return self.filter(lifted_at=None)

    def against(self, person: Person) -> Self:
        """Those in force that close a patient's file to this person, whatever way they had to it."""
        everyone = Q(everyone=True) & ~Q(recorded_by=person)
        return self.in_force().filter(Q(person=person) | everyone)

    def visible_to(self, person: Person) -> Self:
        """Those recorded in the circles this person sees."""
        return self.filter(care_team__in=CareTeam.objects.visible_to(person))

    def managed_by(self, person: Person) -> Self:
        """Those of the circles this person belongs to: an emergency lifts nothing."""
        return self.filter(care_team__in=CareTeam.objects.managed_by(person))


class Opposition(Record):
    """A patient's refusal that somebody, a team or everybody have their file; it closes every circle at once.

    A refusal of everybody leaves those the patient has consented to, and whoever wrote it down, who answers for it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="oppositions")
    care_team = models.ForeignKey(
        CareTeam, on_delete=models.CASCADE, related_name="oppositions", help_text="where it was recorded"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+")
    everyone = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OppositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, team=None, everyone=False)
                | Q(person=None, team__isnull=False, everyone=False)
                | Q(person=None, team=None, everyone=True),
                name="opposition_is_to_a_person_a_team_or_everyone",
            )
        ]
        # asked whenever a circle is: there are few
        indexes = [
            models.Index(fields=["patient"], name="oppositions_in_force", condition=Q(lifted_at__isnull=True)),
        ]


class CareTeamMemberQuerySet(models.QuerySet["CareTeamMember"]):
    def current(self) -> Self:
        """Those in force at this instant."""
        now = clock.now()
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)

    def lasting(self) -> Self:
        """Without the emergencies."""
        return self.exclude(basis=Basis.EMERGENCY)

    def of(self, person: Person) -> Self:
        """The lines that let one person in now: theirs, their teams', and those of whom they stand in for.

        Nobody stands in where the patient agreed to one person, or one opened in an emergency. A refusal closes what
        names whom it refuses; that of everybody leaves what the patient agreed to, and whoever wrote it down.
        """
        absent = Q(person__in=[one.person_id for one in person.standing_in]) & ~Q(basis__in=PERSONAL)
        reaching = Q(person=person) | Q(team__in=person.team_ids) | absent
        refused = Opposition.objects.in_force().filter(patient=OuterRef("patient"))
        whom = Q(person=person) | Q(person=OuterRef("person")) | Q(team=OuterRef("team"))
        everyone = refused.filter(everyone=True).exclude(recorded_by=person)
        closed = Q(Exists(refused.filter(whom))) | Q(Exists(everyone)) & ~Q(basis__in=PERSONAL)
        return self.current().filter(reaching & ~closed)

    def visible_to(self, person: Person) -> Self:
        """Who belongs to the circles this person sees."""
        return self.filter(care_team__in=CareTeam.objects.visible_to(person))


class CareTeamMember(Record, Shared):
    """Someone, or a whole team, in a patient's circle, from when until when, why, and on what basis.

    An emergency (break-glass) is a line too: in one's own name, for an hour, its reason in `why`.
    """

    care_team = models.ForeignKey(CareTeam, on_delete=models.CASCADE, related_name="members")
    patient = models.ForeignKey(
        Patient, on_delete=models.CASCADE, related_name="+", help_text="the circle's: what a patient refuses is theirs"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="care_teams")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="care_teams")
    role = models.CharField(
        max_length=40, blank=True, help_text="a role of the care protocols: medecin_traitant, ide, …"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = CareTeamMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, team=None) | Q(person=None, team__isnull=False),
                name="care_team_member_is_a_person_or_a_team",
            ),
            models.CheckConstraint(
                condition=~Q(basis="emergency") | Q(person__isnull=False, until__isnull=False),
                name="an_emergency_is_somebody_s_and_ends",
            ),
            models.CheckConstraint(
                condition=~Q(basis="consent") | Q(consent__isnull=False), name="care_team_member_names_its_consent"
            ),
        ]
        # the patients in one person's or one team's care
        indexes = [
            models.Index(fields=["person", "care_team"], name="care_of_person"),
            models.Index(fields=["team", "care_team"], name="care_of_team"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.patient_id = self.care_team.patient_id
        super().save(*args, **kwargs)


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, person: Person) -> Self:
        """Those of the circles this person sees."""
        return self.filter(care_team__in=CareTeam.objects.visible_to(person))


class Transfer(Record):
    """A follow-up that went from one entity of the centre to another, and why; null is the whole centre."""

    care_team = models.ForeignKey(CareTeam, on_delete=models.CASCADE, related_name="transfers")
    from_entity = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    to_entity = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = TransferQuerySet.as_manager()
