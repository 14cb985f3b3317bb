"""What a patient agrees to and what they refuse: consents, oppositions, and what follows from them at once."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from coordination.accounts.actions import raise_epoch
from coordination.accounts.models import Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import Conflict
from coordination.patients import queries
from coordination.patients.actions import end_lines, hold, tell_circle
from coordination.patients.errors import ConsentWithdrawn
from coordination.patients.models import CareTeam, CareTeamMember, Consent, Opposition
from coordination.patients.signals import consent_withdrawn, opposition_lifted, opposition_recorded


@dataclass(frozen=True)
class Agreed:
    """What a patient agreed to: what is shared, with whom, when and how they said so, and where the proof is."""

    scope: str
    recipients: str
    collected_on: date
    how: str
    evidence: str = ""


@dataclass(frozen=True)
class Refusal:
    """Whom a patient refuses: a person, a team, or with neither everybody."""

    person: Person | None = None
    team: Team | None = None
    note: str = ""


@action
def record_consent(circle: CareTeam, agreed: Agreed, *, by: Person) -> Consent:
    """Keep a patient's consent, collected by whoever writes it down."""
    require(by, Right.CONSENT_COLLECT)
    consent = Consent.objects.create(
        patient_id=circle.patient_id, care_team=circle, collected_by=by, recorded_at=clock.now(), **vars(agreed)
    )
    audit.record(by, "consent.given", consent)
    tell_circle(circle, by.pk)
    return consent


@action
def withdraw_consent(consent: Consent, *, by: Person) -> Consent:
    """The patient takes a consent back: whoever saw anything through it alone sees it no more."""
    require(by, Right.CONSENT_COLLECT)
    hold(consent.care_team)
    now = clock.now()
    still = Consent.objects.in_force().filter(pk=consent.pk)
    refuse_unless(bool(still.update(withdrawn_at=now, withdrawn_by=by)), ConsentWithdrawn())
    consent.withdrawn_at, consent.withdrawn_by = now, by
    end_lines(list(CareTeamMember.objects.current().filter(consent=consent)))
    audit.record(by, "consent.withdrawn", consent)
    consent_withdrawn.send(Consent, consent=consent)
    tell_circle(consent.care_team, by.pk)
    return consent


@action
def record_opposition(circle: CareTeam, refusal: Refusal, *, by: Person) -> Opposition:
    """Close every circle of the patient to whom they refuse, at once: pages, lists, conversations and sockets."""
    require(by, Right.CONSENT_COLLECT)
    hold(circle)
    everyone = refusal.person is None and refusal.team is None
    same = Q(person=refusal.person, team=refusal.team, everyone=everyone)
    known = Opposition.objects.in_force().filter(same, patient=circle.patient_id).exists()
    refuse_unless(not known, Conflict())
    before = queries.reached(circle.patient_id)
    opposition = Opposition.objects.create(
        patient_id=circle.patient_id,
        care_team=circle,
        person=refusal.person,
        team=refusal.team,
        everyone=everyone,
        note=refusal.note,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    lost = {person for _, person in before - queries.reached(circle.patient_id)}
    raise_epoch(lost | ({refusal.person.pk} if refusal.person else set()))
    audit.record(by, "opposition.raised", opposition)
    opposition_recorded.send(Opposition, opposition=opposition)
    tell_circle(circle, by.pk)
    return opposition


@action
def lift_opposition(opposition: Opposition, *, by: Person) -> Opposition:
    """The patient no longer refuses; who belongs to a circle sees it again."""
    require(by, Right.CONSENT_COLLECT)
    now = clock.now()
    still = Opposition.objects.in_force().filter(pk=opposition.pk)
    refuse_unless(bool(still.update(lifted_at=now, lifted_by=by)), Conflict())
    opposition.lifted_at, opposition.lifted_by = now, by
    audit.record(by, "opposition.lifted", opposition)
    opposition_lifted.send(Opposition, opposition=opposition)
    tell_circle(opposition.care_team, by.pk)
    return opposition
