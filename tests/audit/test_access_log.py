"""Reading the access log of a centre stays quick however long it is."""

import pytest
from django.db import connection

from coordination.audit.models import Entry

pytestmark = pytest.mark.django_db


def plan_of(rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def test_a_page_of_a_centre_is_read_in_the_order_of_its_index(centre):
    plan = plan_of(Entry.objects.filter(organisation_id=centre.pk).order_by("-at", "-id")[:50])
    assert "entry_of_organisation" in plan
    assert "Sort" not in plan


def test_another_order_has_no_index_and_is_sorted(centre):
    assert "Sort" in plan_of(Entry.objects.filter(organisation_id=centre.pk).order_by("kind")[:50])
