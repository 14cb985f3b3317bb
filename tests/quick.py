"""What makes tests quick without changing what they test: a pytest plugin.

Passwords are hashed by Argon2 with the least work it allows. After a test with transactions of its own, the rows it
left are deleted instead of every table being truncated: a truncated table gets new files, for each of its indexes too.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import TransactionTestCase

# Rows that stand for the code itself; made with the database.
KEPT = ["django_migrations", "django_content_type", "auth_permission"]

# The locks wait for whatever a server of the test is still writing. As a replica would: no trigger refuses, no foreign
# key asks, so the order of the tables does not matter. Needs a superuser, as the tests' own cluster has.
_EMPTY = """
DO $$
DECLARE
    tables text[] := ARRAY(
        SELECT quote_ident(relname) FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (ARRAY[{kept}])
    );
    one text;
    filled boolean;
BEGIN
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', array_to_string(tables, ', '));
    SET LOCAL session_replication_role = replica;
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %s', one); END IF;
    END LOOP;
END $$
"""


def empty(_: TransactionTestCase) -> None:
    """Delete every row that a test can have made."""
    kept = ", ".join(f"'{table}'" for table in KEPT)
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY.format(kept=kept))


@pytest.fixture(autouse=True, scope="session")
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        for name, least in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, name, least)
        yield
