"""Plain SQL for what runs many times a second."""

from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper


def prepared() -> CursorWrapper:
    """A cursor whose statements PostgreSQL reads and plans once per connection; parameters travel beside them.

    For a few short statements that find their rows by key. A plan is kept while tables grow, so what scans or joins
    much is better planned each time, by `connection.cursor()`.
    """
    connection.ensure_connection()
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    return CursorDebugWrapper(cursor, connection) if connection.queries_logged else CursorWrapper(cursor, connection)
