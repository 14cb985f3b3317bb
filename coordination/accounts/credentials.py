"""What follows when somebody else gives a person another way in: they are told, and their tokens end."""

from datetime import timedelta

from coordination.accounts.access_news import tell_access
from coordination.accounts.actions import raise_epoch
from coordination.accounts.errors import BothKeys
from coordination.accounts.models import Person
from coordination.accounts.rules import refuse_unless
from coordination.audit import actions as audit
from coordination.audit.models import Entry
from coordination.base import clock

APART = timedelta(hours=24)
"""How long whoever gave a password waits before they take the second factor away, and the other way round."""


def refuse_both(person: Person, other: str, *, by: Person) -> None:
    """`BothKeys` if `by` did the `other` act (a kind of the audit) to this person within `APART`.

    With both, one administrator alone could sign in as anybody. Two such acts at one moment wait for each other here.
    """
    Person.objects.filter(pk=person.pk).select_for_update(no_key=True).get()
    since = clock.now() - APART
    done = Entry.objects.filter(actor_id=by.pk, at__gt=since, kind=other, subject_id=person.pk)
    refuse_unless(not done.exists(), BothKeys(name=person.display_name))


def startle(person: Person, *, by: Person | None) -> None:
    """After a change of how somebody gets in: their tokens end, their sockets are asked again, and they are told."""
    for token in person.tokens.all():
        detail = {"person": str(person.pk)}
        audit.record(by, "token.revoked", token, organisation=person.organisation_id, detail=detail)
        token.delete()
    raise_epoch([person.pk])
    tell_access([person.pk], by=by)
