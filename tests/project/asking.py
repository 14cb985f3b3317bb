"""Every route of the API with something to ask it: the ids of what exists, and a body that would be accepted."""

from datetime import timedelta
from typing import Any

from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.project.api import api
from tests.clients import PersonClient

SOON = str(clock.today() + timedelta(days=30))
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
    ("post", "/api/patients/{patient_id}/break-glass"): {"reason": "Malaise au guichet, allergies à vérifier"},
    ("post", "/api/patients/{patient_id}/circles"): {"circle": "social", "why": "Intrusion"},
    ("post", "/api/patients/{patient_id}/consents"): {
        "scope": "le suivi",
        "recipients": "la pharmacie",
        "collected_on": "2026-11-20",
        "how": "oral",
    },
    ("post", "/api/patients/{patient_id}/oppositions"): {"person": "{person_id}", "note": "Intrusion"},
    ("post", "/api/patients/{patient_id}/transfer"): {"to": "{organisation_id}", "why": "Intrusion"},
    ("post", "/api/conversations/{conversation_id}/participants"): {"person": "{person_id}"},
    ("post", "/api/organisations"): {"parent": "{organisation_id}", "kind": "unit", "name": "Intrusion"},
    ("patch", "/api/organisations/{organisation_id}"): {"name": "Intrusion"},
    ("post", "/api/people"): {
        "given_name": "Jean",
        "family_name": "Intrus",
        "profession": "ide",
        "role": "{role_id}",
        "organisation": "{organisation_id}",
    },
    ("patch", "/api/people/{person_id}"): {"phone": "01 99 00 99 99"},
    ("put", "/api/people/{person_id}/photo"): {},
    ("post", "/api/people/{person_id}/memberships"): {"role": "{role_id}", "organisation": "{organisation_id}"},
    ("patch", "/api/memberships/{membership_id}"): {"valid_until": "2030-01-01T00:00:00Z"},
    ("post", "/api/absences"): {
        "person": "{person_id}",
        "starts_at": "2030-01-01T00:00:00Z",
        "ends_at": "2030-01-02T00:00:00Z",
    },
    ("post", "/api/roles"): {"name": "Intrusion", "rights": ["patient.read"]},
    ("put", "/api/roles/{role_id}"): {"name": "Intrusion", "rights": [], "version": 1},
    ("post", "/api/roles/{role_id}/preview"): {"name": "Intrusion", "rights": [], "version": 1},
    ("post", "/api/teams"): {"name": "Intrusion", "people": ["{person_id}"]},
    ("patch", "/api/teams/{team_id}"): {"name": "Intrusion"},
    ("post", "/api/correspondents"): {"kind": "pharmacy", "name": "Intrusion"},
    ("patch", "/api/correspondents/{correspondent_id}"): {"name": "Intrusion"},
    ("post", "/api/tokens"): {"label": "Intrusion", "scopes": ["patient.read"], "expires_on": SOON},
    ("post", "/api/service-accounts"): {"name": "Intrusion", "role": "{role_id}"},
    ("post", "/api/service-accounts/{account_id}/tokens"): {
        "label": "Intrusion",
        "scopes": ["patient.read"],
        "expires_on": SOON,
    },
    ("put", "/api/directory/mapping"): {"items": []},
    ("post", "/api/directory/sync"): {"dry_run": True},
    ("post", "/api/prints"): {"page": "/patients/", "patient": "{patient_id}"},
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
    "/api/audit/anchor": {"day": "2026-11-21"},
    "/api/audit/patient": {"name": "Durand Marie", "born": "1957-03-12"},
    "/api/patients/{patient_id}/transfer": {"to": "{organisation_id}"},
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
