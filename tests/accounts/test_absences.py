"""While somebody is away their delegate works in their place, to the minute, and never more than that."""

from datetime import timedelta

import pytest

from coordination.accounts.absences import worker_for
from coordination.accounts.absences_actions import tell_absences
from coordination.accounts.models import Absence, Person
from coordination.accounts.teams_actions import leave_team
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.patients.queries import may_join_circles
from coordination.protocols.routing import roster_of
from coordination.streams.models import Event
from coordination.tasks.actions import NewTask, create_task
from coordination.tasks.models import Task
from coordination.tasks.queries import may_join_queues
from messaging.actions import open_team_conversation
from messaging.followers import followers
from messaging.models import Conversation
from tests.accounts.conftest import unproved
from tests.conftest import make_person


def again(person):
    return Person.objects.get(pk=person.pk)


def away(person, delegate, *, hours=8, since=1):
    now = clock.now()
    return Absence.objects.create(
        person=person,
        delegate=delegate,
        starts_at=now - timedelta(hours=since),
        ends_at=now + timedelta(hours=hours),
    )


@pytest.fixture
def delegate(outsider):
    """A colleague outside every team and circle."""
    return outsider


@pytest.fixture
def later(monkeypatch):
    """A clock that stands still until it is told how many hours have passed."""
    began = clock.now()

    def pass_(hours):
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(hours=hours))

    pass_(0)
    return pass_


def test_a_delegate_works_the_queues_and_the_tasks_of_whoever_is_away(
    nursing_queue, coordination_queue, nurse, delegate
):
    hers = create_task(NewTask(coordination_queue, "Rappeler", assignee=nurse), by=None)
    queued = create_task(NewTask(nursing_queue, "Préparer"), by=None)
    assert not Task.objects.visible_to(again(delegate)).exists()
    away(nurse, delegate)
    assert set(Task.objects.visible_to(again(delegate))) == {hers, queued}
    assert set(again(delegate).team_ids) == {nursing_queue.team_id, coordination_queue.team_id}


def test_it_ends_at_the_minute(nursing_queue, nurse, delegate, later):
    absence = away(nurse, delegate, hours=2)
    assert may_join_queues(delegate.pk, [nursing_queue.pk]) == {nursing_queue.pk: absence.ends_at}
    later(2)
    assert again(delegate).team_ids == []
    assert may_join_queues(delegate.pk, [nursing_queue.pk]) == {}


def test_it_has_not_begun_before_its_hour(nursing, nurse, delegate, later):
    away(nurse, delegate, since=-1)
    assert again(delegate).standing_in == []
    later(1.5)
    assert again(delegate).team_ids == [nursing.pk]


def test_a_delegate_reads_the_patients_of_whoever_is_away_until_they_are_back(
    client_of, patient, care_team, conversation, nurse, delegate
):
    browser = client_of(delegate)
    assert browser.get(f"/api/patients/{patient.pk}").status_code == 404
    absence = away(nurse, delegate)
    assert browser.get(f"/api/patients/{patient.pk}").status_code == 200
    assert may_join_circles(delegate.pk, [care_team.pk]) == {care_team.pk: absence.ends_at}
    (follower,) = followers([conversation.pk], [delegate.pk])
    assert follower.until == absence.ends_at
    Absence.objects.update(ends_at=clock.now())
    assert browser.get(f"/api/patients/{patient.pk}").status_code == 404
    assert followers([conversation.pk], [delegate.pk]) == []


def test_followers_and_visible_to_say_the_same_of_a_delegate(nursing, nurse, delegate, conversation):
    team = open_team_conversation(nursing, by=None)
    away(nurse, delegate)
    seen = set(Conversation.objects.visible_to(again(delegate)))
    assert seen == {team, conversation}
    assert {one.conversation for one in followers([team.pk, conversation.pk], [delegate.pk])} == {
        one.pk for one in seen
    }


def test_standing_in_never_passes_through_somebody_else_who_is_away(nursing, nurse, doctor, delegate):
    away(nurse, doctor)
    away(doctor, delegate)
    assert again(doctor).team_ids == [nursing.pk]
    assert again(delegate).self_and_absent == [delegate.pk, doctor.pk]
    assert again(delegate).team_ids == []


def test_rights_are_not_taken_over(client_of, patient, nursing_queue, nurse, administrator):
    away(nurse, administrator)
    assert client_of(administrator).get(f"/api/patients/{patient.pk}").status_code == 404
    assert client_of(administrator).get("/api/queues").json()["items"] == []


def test_whoever_is_gone_for_good_hands_nothing_over(nursing, nurse, delegate, later):
    absence = away(nurse, delegate)
    nurse.memberships.update(valid_until=clock.now() + timedelta(hours=3))
    (standing_in,) = again(delegate).standing_in
    assert standing_in.until == nurse.memberships.get().valid_until < absence.ends_at
    Person.objects.filter(pk=nurse.pk).update(is_active=False)
    assert again(delegate).standing_in == []
    Person.objects.filter(pk=nurse.pk).update(is_active=True)
    later(3)
    assert again(delegate).standing_in == []


def test_what_the_absent_person_loses_their_delegate_is_asked_about_again(
    administrator, nursing, nurse, delegate, doctor
):
    away(nurse, delegate)
    leave_team(nursing, nurse, by=administrator)
    assert again(delegate).access_epoch == delegate.access_epoch + 1
    assert again(doctor).access_epoch == doctor.access_epoch


def test_steps_and_tasks_go_to_the_delegate_or_to_the_team(care_team, queues, nurse, delegate):
    assert roster_of(care_team).route("ide").assignee == nurse
    absence = away(nurse, delegate)
    route = roster_of(care_team).route("ide")
    assert (route.assignee, route.queue) == (delegate, queues["infirmerie"])
    made = create_task(NewTask(queues["coordination"], "Rappeler", assignee=nurse), by=None)
    assert (made.assignee, worker_for(nurse)) == (delegate, delegate)
    Absence.objects.filter(pk=absence.pk).update(delegate=None)
    route = roster_of(care_team).route("ide")
    assert (route.kind, route.assignee, route.queue) == ("team", None, queues["infirmerie"])
    assert worker_for(nurse) == nurse


def asked(**changes):
    now = clock.now()
    body = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(days=7)).isoformat()}
    return body | {name: str(value) if value else None for name, value in changes.items()}


def test_a_nurse_declares_her_absence_and_her_delegate_is_told(client_of, nurse, delegate, secretary):
    answer = client_of(nurse).post("/api/absences", asked(delegate=delegate.pk, reason="Congés"))
    assert answer.status_code == 201
    assert answer.json()["delegate"]["name"] == "Hugo Blanc"
    told = set(Event.objects.filter(kind="access.changed").values_list("stream_id", flat=True))
    assert told == {nurse.pk, delegate.pk}
    person = client_of(secretary).get(f"/api/people/{nurse.pk}").json()
    assert (person["presence"], person["delegate"]["name"]) == ("absent", "Hugo Blanc")
    assert [one["reason"] for one in client_of(nurse).get("/api/absences").json()["items"]] == ["Congés"]
    assert [one["reason"] for one in client_of(secretary).get("/api/absences").json()["items"]] == [""]


def test_absences_of_one_person_do_not_overlap(client_of, nurse, delegate):
    away(nurse, delegate)
    answer = client_of(nurse).post("/api/absences", asked())
    assert (answer.status_code, answer.json()["code"]) == (409, "absence_overlaps")


def test_the_absence_of_another_is_the_administrators_business(
    client_of, administrator, nurse, doctor, delegate, stranger
):
    assert client_of(doctor).post("/api/absences", asked(person=nurse.pk)).status_code == 403
    assert client_of(stranger).post("/api/absences", asked(person=nurse.pk)).status_code == 404
    assert (
        client_of(administrator).post("/api/absences", asked(person=nurse.pk, delegate=delegate.pk)).status_code == 201
    )


@pytest.mark.parametrize(
    ("who", "code"),
    [("administrator", "own_access"), ("nurse", "cannot_stand_in"), ("ended", "cannot_stand_in")],
)
def test_a_delegate_has_access_and_does_not_name_themselves(client_of, administrator, nurse, request, who, code):
    delegate = request.getfixturevalue(who)
    answer = client_of(administrator).post("/api/absences", asked(person=nurse.pk, delegate=delegate.pk))
    assert answer.json()["code"] == code


def test_health_and_social_follow_up_are_not_crossed_by_an_absence(client_of, centre, nurse, secretary):
    social = make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "travailleur_social")
    refused = client_of(social).post("/api/absences", asked(delegate=nurse.pk))
    assert (refused.status_code, refused.json()["code"]) == (422, "circles_apart")
    assert client_of(social).post("/api/absences", asked(delegate=secretary.pk)).status_code == 201


def test_an_absence_ends_now_or_is_withdrawn(client_of, nurse, doctor, delegate):
    absence = away(nurse, delegate)
    assert client_of(doctor).delete(f"/api/absences/{absence.pk}").status_code == 403
    assert client_of(nurse).delete(f"/api/absences/{absence.pk}").status_code == 204
    assert again(delegate).standing_in == []
    assert again(delegate).access_epoch == delegate.access_epoch + 1
    assert client_of(nurse).delete(f"/api/absences/{absence.pk}").json()["code"] == "bad_period"
    to_come = away(nurse, delegate, since=-2)
    assert client_of(nurse).delete(f"/api/absences/{to_come.pk}").status_code == 204
    assert not Absence.objects.filter(pk=to_come.pk).exists()


def test_what_begins_and_ends_by_the_clock_is_told_once(nurse, delegate, later):
    away(nurse, delegate, since=-1, hours=3)
    assert tell_absences() == 0
    later(1.5)
    assert (tell_absences(), tell_absences()) == (1, 0)
    later(4)
    assert (tell_absences(), tell_absences()) == (1, 0)
    kinds = Entry.objects.filter(kind__startswith="absence.").order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["absence.began", "absence.ended"]
    assert Event.objects.filter(stream_id=delegate.pk, kind="access.changed").count() == 2


def test_who_takes_over_is_named_after_a_recent_proof(nurse, delegate, administrator):
    late, path = unproved(nurse), "/api/absences"
    assert late.post(path, asked(delegate=delegate.pk)).json()["code"] == "reauthentication_required"
    assert unproved(administrator).post(path, asked(person=nurse.pk)).json()["code"] == "reauthentication_required"
    assert late.post(path, asked()).status_code == 201


def test_a_program_takes_over_from_nobody(nurse, delegate, client_of):
    Person.objects.filter(pk=delegate.pk).update(is_service=True)
    answer = client_of(nurse).post("/api/absences", asked(delegate=delegate.pk))
    assert answer.json()["code"] == "cannot_stand_in"


@pytest.mark.parametrize("at", ["0184-02-22T22:28:00Z", "3714-09-10T02:22:29-17:01", "2030-01-01T00:00:00-17:01"])
def test_an_instant_that_no_calendar_holds_is_refused_or_kept_in_utc(client_of, nurse, at):
    answer = client_of(nurse).post("/api/absences", {"starts_at": at, "ends_at": "2030-01-08T00:00:00Z"})
    assert answer.status_code == (201 if at.startswith("2030") else 422)
