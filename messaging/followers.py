"""Who may read and write which conversation, in one statement: for posting, joining, receipts and notices.

It says the same as `Conversation.objects.visible_to`, for many people at once; a test holds the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from coordination.base import clock
from coordination.base.sql import prepared

_FOLLOWERS = """
WITH wanted AS (
    SELECT id, kind, team_id, care_team_id, patient_id, organisation_id FROM messaging_conversation
    WHERE id = ANY(%(conversations)s)
),
belongs AS (
    SELECT c.id AS conversation_id, x.person_id, 'infinity'::timestamptz AS until
    FROM wanted c JOIN messaging_conversation_participants x ON x.conversation_id = c.id WHERE c.kind = 'direct'
    UNION ALL
    SELECT c.id, a.person_id, coalesce(a.until, 'infinity')
    FROM wanted c JOIN accounts_team_people x ON x.team_id = c.team_id
    JOIN patients_acting a ON a.for_id = x.person_id
        AND coalesce(a.since <= %(now)s, true) AND coalesce(a.until > %(now)s, true)
    WHERE c.kind = 'team'
    UNION ALL
    SELECT c.id, r.person_id, coalesce(r.until, 'infinity')
    FROM wanted c JOIN patients_reach r ON r.care_team_id = c.care_team_id
    WHERE c.kind = 'patient' AND r.since <= %(now)s AND coalesce(r.until > %(now)s, true)
    UNION ALL
    SELECT c.id, p.person_id, coalesce(p.until, 'infinity')
    FROM wanted c JOIN messaging_participation p ON p.conversation_id = c.id
    WHERE c.kind = 'patient' AND p.since <= %(now)s AND coalesce(p.until > %(now)s, true)
        AND NOT EXISTS (
            SELECT FROM patients_opposition o
            WHERE o.patient_id = c.patient_id AND o.lifted_at IS NULL AND (
                o.person_id = p.person_id
                OR (o.everyone AND o.recorded_by_id IS DISTINCT FROM p.person_id AND p.basis <> 'consent')
            )
        )
),
asked AS (
    SELECT * FROM belongs WHERE %(everyone)s OR person_id = ANY(%(people)s)
),
held AS (
    SELECT m.person_id,
        max(coalesce(m.valid_until, 'infinity')) AS works,
        max(coalesce(m.valid_until, 'infinity')) FILTER (WHERE r.rights ? 'patient.read') AS reads,
        bool_or(r.rights ? 'message.post') AS posts
    FROM accounts_membership m JOIN accounts_role r ON r.id = m.role_id
    WHERE m.person_id IN (SELECT person_id FROM asked)
        AND m.valid_from <= %(now)s AND (m.valid_until IS NULL OR m.valid_until > %(now)s)
    GROUP BY m.person_id
)
SELECT a.conversation_id, a.person_id, h.posts,
    nullif(least(max(a.until), CASE c.kind WHEN 'patient' THEN h.reads ELSE h.works END), 'infinity')
FROM asked a
JOIN wanted c ON c.id = a.conversation_id
JOIN accounts_person p ON p.id = a.person_id AND p.is_active AND p.organisation_id = c.organisation_id
JOIN held h ON h.person_id = a.person_id
WHERE c.kind <> 'patient' OR h.reads IS NOT NULL
GROUP BY a.conversation_id, a.person_id, h.posts, c.kind, h.reads, h.works
"""


@dataclass(frozen=True)
class Follower:
    """One person who may read one conversation, until when (None is never), and whether they may write."""

    conversation: UUID
    person: UUID
    may_post: bool
    until: datetime | None


def followers(conversations: Iterable[UUID], people: Iterable[UUID] | None = None) -> list[Follower]:
    """Everyone who may read these conversations at this moment, or those of `people` who may."""
    asked: dict[str, Any] = {
        "conversations": list(set(conversations)),
        "people": list(set(people or [])),
        "everyone": people is None,
        "now": clock.now(),
    }
    with prepared() as cursor:
        cursor.execute(_FOLLOWERS, asked)
        return [Follower(*row) for row in cursor.fetchall()]


def may_join(person_id: UUID, stream_ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """The conversations among these that a person may follow, and until when."""
    return {one.conversation: one.until for one in followers(stream_ids, [person_id])}
