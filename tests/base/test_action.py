"""A write is one action: all of it, or none."""

from uuid import uuid4

import pytest

from coordination.base.action import acting, action, current_scope
from coordination.streams.models import Stream


@action
def create() -> None:
    Stream.objects.create(kind="test", organisation_id=uuid4())


@pytest.mark.django_db
def test_an_inner_action_shares_the_outer_ones_fate() -> None:
    @action
    def outer() -> None:
        create()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        outer()
    assert Stream.objects.count() == 0


@pytest.mark.django_db
def test_an_inner_action_joins_the_outer_scope() -> None:
    with acting() as outer, acting() as inner:
        assert inner is outer is current_scope()


def test_there_is_no_scope_outside_an_action() -> None:
    with pytest.raises(RuntimeError, match="@action"):
        current_scope()
