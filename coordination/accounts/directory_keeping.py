"""What stays true of a directory whatever is done to it: it is managed, and by nobody who reads patients' files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from coordination.accounts.directory_errors import AdministratorReadsNoPatient, LastAdministrator
from coordination.accounts.models import Membership, Organisation, Role
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless
from coordination.base import clock

CONTENT = frozenset(
    {
        Right.PATIENT_IDENTIFY,
        Right.PATIENT_READ,
        Right.PATIENT_EDIT,
        Right.PATIENT_BREAK_GLASS,
        Right.QUEUE_WORK,
        Right.AGENDA_SEE,
        Right.PRIVACY_EXPORT,
    }
)
"""The rights that show who the patients are, or what is said of them."""
NEVER = datetime.min.replace(tzinfo=UTC)
FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Tenure:
    """What one membership gives to one person, and when."""

    person: UUID
    rights: frozenset[str]
    begins: datetime
    ends: datetime

    def meets(self, other: "Tenure") -> bool:
        """Whether there is a moment at which the same person holds both."""
        return self.person == other.person and self.begins < other.ends and other.begins < self.ends


def mixes(tenures: Sequence[Tenure]) -> bool:
    """Whether anybody would at any moment both manage the directory and see patients."""
    return bool(mixtures(tenures))


def mixtures(tenures: Sequence[Tenure]) -> set[tuple[UUID, str]]:
    """Who would at any moment manage the directory, with each right that would show them patients then."""
    managing = [one for one in tenures if Right.DIRECTORY_MANAGE in one.rights]
    reading = [one for one in tenures if CONTENT & one.rights]
    met = [other for one in managing for other in reading if one.meets(other)]
    return {(one.person, right) for one in met for right in CONTENT & one.rights}


@contextmanager
def keeping(centre: UUID) -> Iterator[None]:
    """Around a change of access in a centre, inside its action; such changes wait for each other.

    `LastAdministrator` if the directory would be without anybody who manages it sooner than before;
    `AdministratorReadsNoPatient` if whoever manages it would see patients, by a right with which they did not before.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=centre)
    before, mixed = _managed_until(centre), mixtures(_tenures_of_managers(centre))
    yield
    refuse_unless(_managed_until(centre) >= before, LastAdministrator())
    refuse_unless(mixtures(_tenures_of_managers(centre)) <= mixed, AdministratorReadsNoPatient())


def _managed_until(centre: UUID) -> datetime:
    """The last instant at which somebody who is there today will manage the directory."""
    managing = Membership.objects.in_force().filter(
        role__rights__contains=[Right.DIRECTORY_MANAGE],
        person__organisation=centre,
        person__is_active=True,
        person__is_service=False,
    )
    return max((end or FOR_EVER for end in managing.values_list("valid_until", flat=True)), default=NEVER)


def _tenures_of_managers(centre: UUID) -> list[Tenure]:
    """What those who manage the directory hold now or later, whatever it is.

    In three steps, each by an index: as one statement it would compare everybody with everybody right after thousands
    of people were brought in, before PostgreSQL has counted them.
    """
    lasting = Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=clock.now()), person__organisation=centre
    )
    managing = list(
        Role.objects.filter(organisation=centre, rights__contains=[Right.DIRECTORY_MANAGE]).values_list("pk", flat=True)
    )
    managers = list(lasting.filter(role__in=managing).values_list("person_id", flat=True))
    rows = lasting.filter(person__in=managers).values_list("person_id", "role__rights", "valid_from", "valid_until")
    return [Tenure(person, frozenset(rights), begins, ends or FOR_EVER) for person, rights, begins, ends in rows]
