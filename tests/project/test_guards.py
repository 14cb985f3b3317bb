"""What holds for the whole house: every model about a patient is reached from who is asking."""

from typing import Any

from django.apps import apps

from coordination.patients.models import CareTeam, Patient
from coordination.project.api import api
from tests.project.asking import BODIES, operations

OURS = ("coordination", "messaging", "calendar_sync", "notifications")


def test_every_route_that_takes_a_body_is_in_the_table():
    schema = api.get_openapi_schema()["paths"]
    with_body = {(method, path) for method, path in operations() if "requestBody" in schema[path][method]}
    assert with_body == set(BODIES)


def about_patients() -> list[Any]:
    """Our models that point to a patient, a circle, or to a model that does."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
    found: set[Any] = {Patient, CareTeam}
    while True:
        more = {
            model
            for model in ours
            if any(
                field.is_relation
                and field.many_to_one | bool(field.one_to_one)
                and field.concrete
                and field.related_model in found
                for field in model._meta.get_fields()
            )
        }
        if more <= found:
            return sorted(found, key=lambda model: model._meta.label)
        found |= more


def test_every_model_about_a_patient_is_reached_from_who_is_asking(world, stranger):
    for model in about_patients():
        assert hasattr(model._default_manager, "visible_to"), f"{model._meta.label} has no visible_to"
        assert not model._default_manager.visible_to(stranger).exists(), model._meta.label
