"""The outbox: a row is due, claimed with a lease, sent outside any transaction, and its end is committed."""

import random
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models import Q

from coordination.base import clock
from coordination.base.action import action, current_scope
from coordination.base.ids import uuid7
from notifications import jobs, telling
from notifications.checks import reason_to_drop
from notifications.models import Delivery, DeliveryMove
from notifications.templates import refuse_unless_allowed
from notifications.transports import transport_of
from notifications.transports.base import TransportError

LEASE = timedelta(minutes=5)
"""How long a claim holds. Far above any transport's own time limit, so that a live worker never loses it."""
PATIENCE = timedelta(days=4)
"""After the first attempt, how long a temporary failure is tried again (RFC 5321 §4.5.4.1)."""
PAUSE = timedelta(seconds=30)
"""How long everything of a channel waits when its other side cannot be reached."""
_FIRST_WAIT, _LONGEST_WAIT = 30.0, 4 * 3600.0
_UNTIL_THE_DATABASE_IS_BACK = 0.5

Status = Delivery.Status
log = structlog.get_logger(__name__)


def enqueue(
    *,
    organisation_id: UUID,
    channel: str,
    what: str,
    occurrence: str,
    recipient: str,
    address: str,
    language: str,
    template: str,
    values: Mapping[str, str],
    due_at: datetime | None = None,
) -> Delivery:
    """Put one thing in the outbox, inside the action that decides it; the same thing twice is the first row again.

    Raises `NotAllowedOut` when the template or a value is not on the allow-list.
    """
    scope = current_scope()
    refuse_unless_allowed(template, values)
    delivery, is_new = Delivery.objects.get_or_create(
        what=what,
        occurrence=occurrence,
        recipient=recipient,
        channel=channel,
        defaults={
            "organisation_id": organisation_id,
            "address": address,
            "language": language,
            "template": template,
            "values": dict(values),
            "due_at": due_at or clock.now(),
            "message_id": _new_message_id(),
        },
    )
    if is_new and not scope.collected["outbox"]:
        transaction.on_commit(jobs.ring, robust=True)
    scope.collected["outbox"].append(delivery.pk)
    return delivery


def _new_message_id() -> str:
    """RFC 5322 §3.6.4: unique for ever; says nothing of whom or what."""
    domain = settings.MAIL_FROM.rpartition("@")[2]
    return f"<{uuid7().hex}@{domain}>"


def claim(limit: int = 10) -> list[Delivery]:
    """Take what is due, and what a dead worker had taken; committed before anything is sent.

    Two workers never take the same row (`FOR UPDATE SKIP LOCKED`). Taking it from a dead worker marks it as a possible
    repeat: whether the server had accepted it can no longer be known.
    """
    now = clock.now()
    due = Q(status=Status.DUE, due_at__lte=now) | Q(status=Status.CLAIMED, claimed_until__lte=now)
    with transaction.atomic():
        taken = list(Delivery.objects.select_for_update(skip_locked=True).filter(due).order_by("due_at")[:limit])
        for delivery in taken:
            delivery.possible_repeat |= delivery.status == Status.CLAIMED
            delivery.status = Status.CLAIMED
            delivery.claimed_until = now + LEASE
            delivery.attempts += 1
        Delivery.objects.bulk_update(taken, ["possible_repeat", "status", "claimed_until", "attempts"])
        DeliveryMove.objects.bulk_create(
            DeliveryMove(delivery=delivery, status=Status.CLAIMED, why="possible repeat" * delivery.possible_repeat)
            for delivery in taken
        )
    return taken


def deliver(delivery: Delivery) -> bool:
    """Send one claimed delivery and commit how it ended; nothing when another worker has taken it since.

    False when the other side cannot be reached at all: there is no use in going on now.
    """
    if not _still_ours(delivery):
        return True
    if why := reason_to_drop(delivery):
        finish(delivery, Status.DROPPED, why)
        return True
    try:
        receipt = transport_of(delivery.channel).send(delivery)
    except TransportError as error:
        _fail(delivery, error)
        return not error.unreachable
    finish(delivery, Status.SENT, receipt.detail)
    return True


def _fail(delivery: Delivery, error: TransportError) -> None:
    """Give up, or try again later; while the other side is away, everything for it waits a little."""
    first = delivery.moves.order_by("at").values_list("at", flat=True).first()
    if error.permanent or (first and clock.now() - first > PATIENCE):
        finish(delivery, Status.FAILED, str(error))
    else:
        _postpone(delivery, error)
    if error.unreachable:
        now = clock.now()
        others = Delivery.objects.filter(channel=delivery.channel, status=Status.DUE, due_at__lte=now)
        others.update(due_at=now + PAUSE)


def _still_ours(delivery: Delivery) -> bool:
    """Renew the lease for the sending itself; false when it expired and another worker claimed meanwhile."""
    ours = Delivery.objects.filter(pk=delivery.pk, status=Status.CLAIMED, attempts=delivery.attempts)
    delivery.claimed_until = clock.now() + LEASE
    return bool(ours.update(claimed_until=delivery.claimed_until))


def finish(delivery: Delivery, status: Delivery.Status, why: str) -> None:
    """Commit the end of a delivery, then tell upward in a transaction of its own: a receiver never undoes the end."""
    if _end_while_leased(delivery, status, why):
        telling.tell(delivery.pk)


def _end_while_leased(delivery: Delivery, status: Delivery.Status, why: str) -> bool:
    """Commit the end, again and again while the lease lasts: a mail is not sent twice because the database restarts.

    False when another worker has claimed it meanwhile, or when an earlier commit did hold and only its answer was lost.
    """
    while True:
        try:
            return _end(delivery, status, why)
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or not _is_leased(delivery):
                raise
            log.warning("delivery.end_waits", delivery=str(delivery.pk), why=str(error))
            close_old_connections()
            time.sleep(_UNTIL_THE_DATABASE_IS_BACK)


def _is_leased(delivery: Delivery) -> bool:
    return delivery.claimed_until is not None and clock.now() < delivery.claimed_until


@action
def _end(delivery: Delivery, status: Delivery.Status, why: str) -> bool:
    """The row and its move; what was secret in it (a link) is forgotten. False when it is no longer this worker's."""
    is_sent = status == Status.SENT
    ours = Delivery.objects.filter(pk=delivery.pk, status=Status.CLAIMED, attempts=delivery.attempts)
    ended = ours.update(
        status=status,
        sent_at=clock.now() if is_sent else None,
        error="" if is_sent else why[:300],
        values={name: value for name, value in delivery.values.items() if name != "lien"},
        claimed_until=None,
    )
    if ended:
        delivery.moves.create(status=status, why=why[:300])
    return bool(ended)


@action
def _postpone(delivery: Delivery, error: TransportError) -> None:
    """Make it due again later."""
    ours = Delivery.objects.filter(pk=delivery.pk, status=Status.CLAIMED, attempts=delivery.attempts)
    if ours.update(
        status=Status.DUE,
        due_at=clock.now() + wait_before(delivery.attempts + 1),
        claimed_until=None,
        error=str(error)[:300],
        possible_repeat=delivery.possible_repeat or error.perhaps_accepted,
    ):
        delivery.moves.create(status=Status.DUE, why=str(error)[:300])


def wait_before(attempt: int) -> timedelta:
    """The wait before attempt 2, 3, …: 30 s doubling up to 4 h, give or take a fifth so that none come together."""
    wait = min(_FIRST_WAIT * 2.0 ** (attempt - 2), _LONGEST_WAIT)
    return timedelta(seconds=wait * random.uniform(0.8, 1.2))  # noqa: S311
