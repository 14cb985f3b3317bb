"""Entries and seals are only ever added. What is not yet sealed is noted by the database itself.

What is older than a year may leave, and only behind an entry that closes the log up to there (`retention`).
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_entry_may_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at < now() - interval '1 year' AND EXISTS (
        SELECT FROM audit_entry c WHERE c.kind = 'audit.closed' AND c.id <> OLD.id
            AND c.organisation_id IS NOT DISTINCT FROM OLD.organisation_id
            AND (c.detail ->> 'before')::timestamptz > OLD.at
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit is append-only: DELETE of audit_entry refused' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_seal_may_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at < now() - interval '1 year' AND EXISTS (
        SELECT FROM audit_entry c WHERE c.kind = 'audit.closed'
            AND c.organisation_id IS NOT DISTINCT FROM OLD.organisation_id
            AND (c.detail ->> 'through')::bigint >= OLD.number
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit is append-only: DELETE of audit_seal refused' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_entry_leaves_when_closed BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_may_leave();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_seal_leaves_when_closed BEFORE DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_seal_may_leave();
CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_pending_no_truncate BEFORE TRUNCATE ON audit_pending
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

CREATE FUNCTION audit_note_pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_pending (entry_id, organisation_id) SELECT id, organisation_id FROM added;
    RETURN NULL;
END $$;

CREATE TRIGGER audit_entry_pending AFTER INSERT ON audit_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_note_pending();
"""

BACKWARD = """
DROP TRIGGER audit_entry_pending ON audit_entry;
DROP TRIGGER audit_pending_no_truncate ON audit_pending;
DROP TRIGGER audit_seal_no_truncate ON audit_seal;
DROP TRIGGER audit_seal_leaves_when_closed ON audit_seal;
DROP TRIGGER audit_seal_append_only ON audit_seal;
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_entry_leaves_when_closed ON audit_entry;
DROP TRIGGER audit_entry_append_only ON audit_entry;
DROP FUNCTION audit_note_pending();
DROP FUNCTION audit_seal_may_leave();
DROP FUNCTION audit_entry_may_leave();
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
