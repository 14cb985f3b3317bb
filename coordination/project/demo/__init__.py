"""The demo centre: the Maison de santé des Tilleuls, its people and its patients. All of it is fictional."""

import random

from django.db import connection

from coordination.accounts.models import Organisation
from coordination.audit import actions as audit
from coordination.base.action import action
from coordination.project.demo.agendas import create_agendas
from coordination.project.demo.circles import create_follow_ups
from coordination.project.demo.conversations import create_conversations
from coordination.project.demo.patients import create_patients
from coordination.project.demo.people import create_centre
from coordination.project.demo.plans import create_plans
from coordination.project.demo.tasks import create_tasks

SEED = 20261121


@action
def create_demo() -> bool:
    """Fill an empty Liaison with the demo centre; false, and nothing done, when there is a centre already.

    The same centre each time, but for its dates, which are relative to today, and its ids.
    """
    if Organisation.objects.exists():
        return False
    dice = random.Random(SEED)  # noqa: S311 – the demo is to be the same each time
    house = create_centre()
    patients = create_patients(house, dice)
    create_conversations(house, patients, dice)
    create_tasks(house, patients, dice)
    create_agendas(house, patients, dice)
    # PostgreSQL has not counted these rows yet, and would plan what follows as if there were none
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    create_plans(house, patients)
    create_follow_ups(house, patients)
    audit.record(None, "demo.created", house.centre, organisation=house.centre.pk)
    return True
