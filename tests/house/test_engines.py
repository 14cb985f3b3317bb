"""The engines that tests and `liaison up` run on."""

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgresql_18_with_the_builtin_locale():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, datlocprovider::text, datlocale"
                       " FROM pg_database WHERE datname = current_database()")  # fmt: skip
        assert cursor.fetchone() == (18, "b", "C.UTF-8")


def test_the_cache_is_a_real_redis():
    cache.set("greeting", "bonjour", 5)
    assert cache.get("greeting") == "bonjour"
