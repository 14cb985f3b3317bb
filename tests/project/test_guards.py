"""What holds for the whole house: scoping of every model about a patient, and every route refuses strangers."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from coordination.base.ids import uuid7
from coordination.patients.models import CareTeam, Patient
from coordination.project.api import api
from coordination.streams.models import Event
from tests.clients import PersonClient

OURS = ("coordination", "messaging", "calendar_sync", "notifications")
HTTP = {"get", "post", "patch", "put", "delete"}

# asked before anybody has signed in
OPEN_TO_ALL = {("get", "/api/session/csrf")}

# what a stranger asks with; every route with a body is here
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("patch", "/api/session/language"): {"language": "fr"},
    ("post", "/api/patients"): {
        "birth_name": "Intrus",
        "given_names": "Jean",
        "birth_date": "1980-01-01",
        "sex": "M",
        "members": [{"person": "{person_id}"}],
    },
    ("patch", "/api/patients/{patient_id}"): {"city": "Ailleurs"},
    ("post", "/api/patients/{patient_id}/circle"): {"person": "{person_id}"},
    ("post", "/api/tasks"): {"queue": "{queue_id}", "title": "Intrusion", "patient": "{patient_id}"},
    ("patch", "/api/tasks/{task_id}"): {"title": "Intrusion"},
    ("post", "/api/tasks/{task_id}/checklist/{item_id}/tick"): {"done": True},
    ("post", "/api/conversations/direct"): {"person": "{person_id}"},
    ("post", "/api/conversations/{conversation_id}/messages"): {"id": str(uuid7()), "body": "Intrusion"},
    ("post", "/api/conversations/{conversation_id}/read"): {"ordinal": 1},
    ("post", "/api/appointments"): {"agendas": ["{agenda_id}"], "local_start": "2030-01-07T10:00"},
    ("patch", "/api/appointments/{appointment_id}"): {"version": 0, "note": "Intrusion"},
    ("post", "/api/patients/{patient_id}/plans"): {"protocol": "{protocol_id}", "anchors": {"inclusion": "2026-11-21"}},
    ("post", "/api/patients/{patient_id}/plans/preview"): {
        "protocol": "{protocol_id}",
        "anchors": {"inclusion": "2026-11-21"},
    },
    ("patch", "/api/plans/{plan_id}"): {"flags": []},
    ("post", "/api/plans/{plan_id}/end"): {"why": "Intrusion"},
    ("post", "/api/steps/{step_id}/done"): {},
    ("post", "/api/steps/{step_id}/skip"): {"why": "Intrusion"},
    ("post", "/api/feeds"): {"agenda": "{agenda_id}"},
}
QUERIES = {
    "/api/appointments": {"from": "2026-01-01", "until": "2026-01-31"},
    "/api/appointments/first-free": {"agendas": "{agenda_id}", "from": "2026-11-23T09:00"},
    "/api/patients/candidates": {
        "birth_name": "Durand",
        "given_names": "Marie",
        "birth_date": "1957-03-12",
        "sex": "F",
        "phone": "0612345678",
    },
    "/api/indicators/tasks": {"from": "2026-01-01", "until": "2026-01-31"},
    "/api/patients": {"q": "durand"},
    "/api/audit": {"patient": "{patient_id}"},
    "/api/tasks": {"queue": "{queue_id}"},
}
# a stranger may do these for themselves, and only for themselves
THEIR_OWN = {
    ("patch", "/api/session/language"),
    ("post", "/api/session/seen"),
    ("delete", "/api/session"),
    ("get", "/api/sessions"),
    ("delete", "/api/sessions"),
}
# a reference that is not theirs may also be refused as a field
REFUSED_FIELDS = {"code", "detail", "fields"}
# the library of protocols is the same for every centre
COMMON = {"/api/protocols", "/api/protocols/{protocol_id}", "/api/protocols/{protocol_id}/plans"}


def operations() -> list[tuple[str, str]]:
    """Every method and path of the API."""
    paths = api.get_openapi_schema()["paths"]
    return sorted((method, path) for path, found in paths.items() for method in found if method in HTTP)


def filled(value: Any, world: Any) -> Any:
    """The same with `{names}` replaced by the ids of what there is."""
    if isinstance(value, str):
        return world.fill(value) if value.startswith("{") else value
    if isinstance(value, dict):
        return {key: filled(one, world) for key, one in value.items()}
    return [filled(one, world) for one in value] if isinstance(value, list) else value


def ask(client: PersonClient, method: str, path: str, world: Any) -> Any:
    where = world.fill(path)
    if method == "get":
        return client.get(where, **filled(QUERIES.get(path, {}), world))
    return getattr(client, method)(where, filled(BODIES.get((method, path), {}), world))


def test_every_route_that_takes_a_body_is_in_the_table():
    schema = api.get_openapi_schema()["paths"]
    with_body = {(method, path) for method, path in operations() if "requestBody" in schema[path][method]}
    assert with_body == set(BODIES)


def trouble(check: Callable[[str, str], None]) -> list[str]:
    """The routes at which a check fails, with what it said; one world serves them all, since nothing may change."""
    found = []
    for method, path in operations():
        try:
            check(method, path)
        except AssertionError as error:
            found.append(f"{method} {path}: {error}")
    return found


def test_nobody_is_refused_everywhere(world):
    def check(method: str, path: str) -> None:
        answer = ask(PersonClient(None), method, path, world)
        if (method, path) not in OPEN_TO_ALL:
            assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")

    assert trouble(check) == []


def test_a_stranger_learns_and_changes_nothing(world, stranger):
    """A doctor of another centre asks with real ids: 404 or 403, or an answer in which nothing of ours is."""

    def check(method: str, path: str) -> None:
        before = Event.objects.count()
        answer = ask(PersonClient(stranger), method, path, world)
        assert Event.objects.count() == before, "something was written"
        if (method, path) in THEIR_OWN | OPEN_TO_ALL:
            return
        if path in COMMON or (method == "get" and "{" not in path):
            assert answer.status_code in {200, 403, 404, 422}, answer.content
        else:
            assert answer.status_code in {403, 404} or set(answer.json()) == REFUSED_FIELDS, answer.content
        assert_nothing_of_ours(answer, world)

    assert trouble(check) == []


def assert_nothing_of_ours(answer: Any, world: Any) -> None:
    text = answer.content.decode()
    assert "DURAND" not in text
    assert "Diallo" not in text
    for name, known in world.ids.items():
        assert name == "protocol_id" or str(known) not in text, name


def test_a_colleague_outside_the_circle_learns_nothing_about_the_patient(world, outsider):
    def check(method: str, path: str) -> None:
        if any(name in path for name in ("{patient_id}", "{conversation_id}", "{plan_id}", "{step_id}")):
            answer = ask(PersonClient(outsider), method, path, world)
            assert answer.status_code in {403, 404}, answer.content
            assert "DURAND" not in answer.content.decode()

    assert trouble(check) == []


def test_the_administrator_sees_no_patient_content(world, administrator):
    def check(method: str, path: str) -> None:
        if (method, path) in THEIR_OWN | OPEN_TO_ALL or path == "/api/audit":
            return
        text = ask(PersonClient(administrator), method, path, world).content.decode()
        assert "DURAND" not in text
        assert "Pansement" not in text
        assert str(world.ids["patient_id"]) not in text

    assert trouble(check) == []


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
