"""A creating request that is sent again is answered again, and done once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import path
from ninja import NinjaAPI, Router, Schema
from ninja.security import HttpBearer

from coordination.base import clock
from coordination.base.action import acting
from coordination.base.errors import Refused
from coordination.base.idempotency import idempotent
from coordination.base.jobs import forget_answers
from coordination.base.models import IdempotencyAnswer
from coordination.project import refusals
from coordination.streams.models import Stream

SLOW = threading.Event()
"""When cleared, the view waits before it answers."""


class Named(Schema):
    """What is asked for."""

    kind: str


class Known(HttpBearer):
    """Anybody: the token is the person's id."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return type("Someone", (), {"pk": UUID(token)})()


router = Router()


@router.post("/streams", response={201: dict[str, str]})
@idempotent
def create_stream(request: HttpRequest, asked: Named) -> tuple[int, dict[str, str]]:
    with acting():
        stream = Stream.objects.create(kind=asked.kind, organisation_id=uuid4())
        if asked.kind == "refused":
            raise Refused
        SLOW.wait(5)
        return 201, {"id": str(stream.pk)}


def _api() -> NinjaAPI:
    api = NinjaAPI(auth=Known(), urls_namespace="idempotency-test")
    refusals.register(api)
    api.add_router("", router)
    return api


api = _api()
urlpatterns = [path("", api.urls)]


@pytest.fixture(autouse=True)
def quick(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    SLOW.set()
    yield
    SLOW.set()


PERSON = uuid4()


def post(key: str | None, kind: str = "test", person: UUID = PERSON) -> Any:
    headers = {"Authorization": f"Bearer {person}"} | ({"Idempotency-Key": key} if key is not None else {})
    return Client().post("/streams", {"kind": kind}, content_type="application/json", headers=headers)


@pytest.mark.django_db
def test_a_retry_gets_the_first_answer_and_writes_nothing() -> None:
    first, second = post("key-00001"), post("key-00001")
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    assert Stream.objects.count() == 1


@pytest.mark.django_db
def test_another_key_or_another_person_is_another_request() -> None:
    ids = {post("key-00001").json()["id"], post("key-00002").json()["id"]}
    ids.add(post("key-00001", person=uuid4()).json()["id"])
    assert len(ids) == Stream.objects.count() == 3


@pytest.mark.django_db
def test_the_same_key_for_something_else_is_refused() -> None:
    post("key-00001")
    again = post("key-00001", kind="another")
    assert again.status_code == 422
    assert again.json()["code"] == "idempotency_key_reused"
    assert Stream.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "short", "k" * 81, "with space", "accentué-clé"])
def test_without_a_fit_key_nothing_is_done(key: str | None) -> None:
    assert post(key).status_code == 422
    assert Stream.objects.count() == 0


@pytest.mark.django_db
def test_a_refusal_writes_nothing_and_leaves_the_key_free() -> None:
    assert post("key-00001", kind="refused").status_code == 403
    assert Stream.objects.count() == IdempotencyAnswer.objects.count() == 0
    assert post("key-00001").status_code == 201


@pytest.mark.django_db
def test_a_key_is_free_again_after_24_hours() -> None:
    first = post("key-00001")
    IdempotencyAnswer.objects.update(at=clock.now() - timedelta(hours=24, seconds=1))
    assert post("key-00001").json() != first.json()


@pytest.mark.django_db
def test_old_answers_are_forgotten_and_fresh_ones_kept() -> None:
    post("key-00001")
    IdempotencyAnswer.objects.update(at=clock.now() - timedelta(hours=25))
    post("key-00002")
    assert forget_answers() == 1
    assert IdempotencyAnswer.objects.get().key == "key-00002"


@pytest.mark.django_db(transaction=True)
def test_the_same_request_twice_at_once_is_done_once() -> None:
    SLOW.clear()

    def send(_: int) -> tuple[int, bytes]:
        try:
            answer = post("key-00001")
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(send, number) for number in range(4)]
        wait_until_others_wait(3)
        SLOW.set()
        answers = {one.result() for one in sent}
    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert Stream.objects.count() == 1


def wait_until_others_wait(count: int) -> None:
    """Until PostgreSQL says that so many of our statements wait for a lock."""
    from tests.clients import eventually

    def waiting() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            return bool(cursor.fetchone()[0] >= count)

    eventually(waiting)


def test_the_openapi_document_asks_for_the_key() -> None:
    parameters = api.get_openapi_schema()["paths"]["/streams"]["post"]["parameters"]
    [header] = [one for one in parameters if one["in"] == "header"]
    assert (header["name"], header["required"]) == ("Idempotency-Key", True)
    assert (header["schema"]["minLength"], header["schema"]["maxLength"]) == (8, 80)
