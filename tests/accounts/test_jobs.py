"""What is cleaned up every night."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from coordination.accounts.jobs import forget_sessions

pytestmark = pytest.mark.django_db


def test_a_session_that_has_expired_is_forgotten_and_another_is_kept():
    now = timezone.now()
    for key, expires in {"old": now - timedelta(minutes=1), "live": now + timedelta(minutes=1)}.items():
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    forget_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]


def test_a_session_that_nobody_acts_in_is_forgotten_with_its_line_in_the_list(nurse, client_of):
    idle, used = client_of(nurse), client_of(nurse)
    key = idle.http.session.session_key
    UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now() - timedelta(hours=3))
    forget_sessions()
    assert not Session.objects.filter(pk=key).exists()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [used.http.session.session_key]


def test_the_beat_asks_for_it_once_a_day():
    job = settings.CELERY_BEAT_SCHEDULE["accounts.forget_sessions"]
    assert job["task"] == forget_sessions.name
    schedule = job["schedule"]
    assert (schedule.hour, schedule.minute) == ({3}, {30})
