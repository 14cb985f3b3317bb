"""Who may see which circle, said once: a view that every scope, every socket and every notice reads.

It knows no instant: each row carries its own beginning and end, and whoever reads it asks for those in force. An end of
null is never; `greatest` and `least` pass over nulls.
"""

from django.db import migrations

ACTING = """
CREATE VIEW patients_acting AS
    SELECT p.id AS person_id, p.id AS for_id, NULL::timestamptz AS since, NULL::timestamptz AS until
    FROM accounts_person p
    UNION ALL
    SELECT a.delegate_id, a.person_id, greatest(a.starts_at, m.valid_from), least(a.ends_at, m.valid_until)
    FROM accounts_absence a
    JOIN accounts_person p ON p.id = a.person_id AND p.is_active
    JOIN accounts_person d ON d.id = a.delegate_id AND d.organisation_id = p.organisation_id
    JOIN accounts_membership m ON m.person_id = a.person_id
"""

# A consent names whom the patient agreed to, and an emergency is one's own: nobody stands in for either.
REACH = """
CREATE VIEW patients_reach AS
    SELECT l.line_id, l.care_team_id, l.basis, l.team_id, l.for_id, l.person_id, l.since, l.until
    FROM (
        SELECT m.id AS line_id, m.care_team_id, m.patient_id, m.basis, m.person_id AS named_id, NULL::uuid AS team_id,
            a.for_id, a.person_id, greatest(m.since, a.since) AS since, least(m.until, a.until) AS until
        FROM patients_careteammember m JOIN patients_acting a ON a.for_id = m.person_id
        WHERE a.person_id = a.for_id OR m.basis NOT IN ('consent', 'emergency')
        UNION ALL
        SELECT m.id, m.care_team_id, m.patient_id, m.basis, NULL, m.team_id,
            a.for_id, a.person_id, greatest(m.since, a.since), least(m.until, a.until)
        FROM patients_careteammember m
        JOIN accounts_team_people x ON x.team_id = m.team_id
        JOIN patients_acting a ON a.for_id = x.person_id
    ) l
    WHERE NOT EXISTS (
        SELECT FROM patients_opposition o
        WHERE o.patient_id = l.patient_id AND o.lifted_at IS NULL AND (
            o.person_id = l.person_id
            OR o.person_id = l.named_id
            OR o.team_id = l.team_id
            OR (o.everyone AND o.recorded_by_id IS DISTINCT FROM l.person_id
                AND l.basis NOT IN ('consent', 'emergency'))
        )
    )
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0001_initial"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(ACTING, "DROP VIEW patients_acting"),
        migrations.RunSQL(REACH, "DROP VIEW patients_reach"),
    ]
