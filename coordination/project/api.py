"""The API root: one router per package, one handler for every refusal."""

import re
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.functional import Promise
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.types import DictStrAny

from calendar_sync.api import router as calendars
from coordination.accounts.absences_api import router as absences
from coordination.accounts.correspondents_api import router as correspondents
from coordination.accounts.directory.api import router as ldap
from coordination.accounts.organisations_api import router as organisations
from coordination.accounts.people_api import router as people
from coordination.accounts.roles_api import router as roles
from coordination.accounts.session_api import router as session
from coordination.accounts.signin import Bearer, Cookie
from coordination.accounts.teams_api import router as teams
from coordination.accounts.token_api import router as tokens
from coordination.agenda.api import router as agenda
from coordination.indicators.api import router as indicators
from coordination.patients.api import router as patients
from coordination.patients.circle_api import router as circles
from coordination.privacy.access_api import router as access_log
from coordination.privacy.api import router as privacy
from coordination.project import refusals
from coordination.project.refusals import Malformed
from coordination.protocols.api import router as protocols
from coordination.tasks.api import router as tasks
from coordination.tasks.transfer_api import router as transfers
from coordination.timeline.api import router as timeline
from messaging.api import router as messaging

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Json(Parser):
    """Strict JSON: no lone surrogate, no NaN, and no NUL, which PostgreSQL cannot keep."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        if _NUL.search(request.body):
            raise Malformed
        body: DictStrAny = orjson.loads(request.body)
        return body


class Rendered(BaseRenderer):
    """The same writing of instants as in events: UTC with a final Z."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} has no JSON form")


api = NinjaAPI(
    title="Liaison",
    version="1",
    auth=[Bearer(), Cookie()],
    docs_url=None,
    urls_namespace="api",
    parser=Json(),
    renderer=Rendered(),
)
refusals.register(api)

api.add_router("", session)
for directory in (tokens, organisations, people, roles, teams, absences, correspondents, ldap):
    api.add_router("", directory)
api.add_router("", patients)
api.add_router("", circles)
api.add_router("", tasks)
api.add_router("", transfers)
api.add_router("", messaging)
api.add_router("", agenda)
api.add_router("", protocols)
api.add_router("", timeline)
api.add_router("", indicators)
api.add_router("", calendars)
api.add_router("", privacy)
api.add_router("", access_log)
