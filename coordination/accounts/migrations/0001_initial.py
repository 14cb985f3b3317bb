import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coordination.base.clock
import coordination.base.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("login", models.CharField(max_length=60, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("given_name", models.CharField(max_length=80)),
                ("family_name", models.CharField(max_length=80)),
                ("title", models.CharField(blank=True, help_text="Dr, …", max_length=10)),
                (
                    "profession",
                    models.CharField(
                        help_text="a role of the care protocols, e.g. ide, medecin_traitant", max_length=40
                    ),
                ),
                ("profession_label", models.CharField(help_text="as a person says it: Infirmière", max_length=60)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("rpps", models.CharField(blank=True, max_length=11)),
                ("language", models.CharField(default="fr", max_length=5)),
                (
                    "hours",
                    models.JSONField(
                        default=list,
                        help_text='usual working hours, local: [{"day": 1, "from": "08:30", "until": "12:30"}], 1 is Monday',
                    ),
                ),
                (
                    "photo_version",
                    models.CharField(blank=True, help_text="of the photo shown; empty without one", max_length=16),
                ),
                ("sort_key", models.CharField(editable=False, max_length=170)),
                (
                    "is_service",
                    models.BooleanField(default=False, help_text="a program, which only ever comes with a token"),
                ),
                (
                    "password_to_change",
                    models.BooleanField(default=False, help_text="it was given by the administrator"),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "access_epoch",
                    models.BigIntegerField(default=0, help_text="raised by any loss of rights; the sockets compare it"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="photo",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("content", models.BinaryField(help_text="256 × 256 WebP")),
            ],
        ),
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(blank=True, max_length=80)),
                (
                    "scopes",
                    models.JSONField(
                        help_text="the rights it is limited to; null is all that its person has", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=coordination.base.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(help_text="of the last use, to the minute", null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("centre", "Centre"), ("site", "Site"), ("unit", "Unit")], max_length=20),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "alias",
                    models.CharField(
                        help_text="the name in mails to patients; says nothing of a speciality (rules §5.6)",
                        max_length=120,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("time_zone", models.CharField(default="Europe/Paris", max_length=40)),
                (
                    "declared_care_team",
                    models.BooleanField(
                        default=False,
                        help_text="the centre is declared as one care team: its people share without consent (rules §5.2)",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "security_referent",
                    models.ForeignKey(
                        help_text="is told of every break-glass",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correspondent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pharmacy", "Pharmacy"),
                            ("hospital", "Hospital"),
                            ("physician", "Physician"),
                            ("laboratory", "Laboratory"),
                            ("social", "Social"),
                            ("landlord", "Landlord"),
                            ("employer", "Employer"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "structure",
                    models.CharField(blank=True, help_text="the organisation they belong to", max_length=120),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("mss_address", models.EmailField(blank=True, help_text="their MSSanté mailbox", max_length=254)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "sort_key",
                    models.CharField(
                        editable=False, help_text="the folded words of name and structure", max_length=250
                    ),
                ),
                ("archived_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="the centre",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="correspondents",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="organisation",
            field=models.ForeignKey(
                help_text="the centre",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="accounts.organisation",
            ),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("rights", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="accounts.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="accounts.role"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("rights", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="accounts.role"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("code", models.SlugField(max_length=40)),
                (
                    "roles",
                    models.JSONField(default=list, help_text="roles of the care protocols that this team answers for"),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        help_text="the site or unit it works for; null is the whole centre",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams_of_entity",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="teams", to="accounts.organisation"
                    ),
                ),
                ("people", models.ManyToManyField(related_name="teams", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coordination.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=120)),
                (
                    "begun_at",
                    models.DateTimeField(help_text="when its beginning was told to those concerned", null=True),
                ),
                ("ended_at", models.DateTimeField(help_text="when its end was told to those concerned", null=True)),
                (
                    "delegate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="delegations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ends_at"], name="absences_not_over")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="absence_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "centre"), ("parent", None)),
                    models.Q(models.Q(("kind", "centre"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="only_a_centre_has_no_parent",
            ),
        ),
        migrations.AddIndex(
            model_name="correspondent",
            index=models.Index(fields=["organisation", "sort_key"], name="correspondents_in_order"),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(fields=("organisation", "code"), name="role_code_once"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"),
                name="membership_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleversion",
            constraint=models.UniqueConstraint(fields=("role", "version"), name="role_version_once"),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(fields=("organisation", "code"), name="team_code_once"),
        ),
    ]
