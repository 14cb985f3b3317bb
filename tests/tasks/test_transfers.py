"""Transferring a follow-up from one entity of the centre to another, with its open tasks."""

from datetime import timedelta

import pytest

from coordination.accounts.models import Organisation, Person
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.patients.emergencies import break_glass
from coordination.patients.handover import Tree
from coordination.patients.models import CareTeam, CareTeamMember, Patient, Transfer
from coordination.patients.queries import may_join_circles
from coordination.protocols.routing import roster_of
from coordination.streams.models import Event
from coordination.tasks.actions import NewTask, claim_task, complete_task, create_task, open_queue
from coordination.tasks.models import Task
from tests.conftest import make_person, make_team

WHY = "Déménagement"


def make_site(centre, name):
    return Organisation.objects.create(parent=centre, kind="site", name=name, alias=name)


@pytest.fixture
def sites(centre, nurse, nursing):
    """Two sites: the nurse and her team work at the first."""
    first, second = make_site(centre, "Site des Tilleuls"), make_site(centre, "Site de la Gare")
    nurse.memberships.update(organisation=first)
    nursing.entity = first
    nursing.save()
    return first, second


@pytest.fixture
def colleague(centre, sites):
    """A nurse of the second site."""
    person = make_person(centre, "Julien Morel", "ide", "Infirmier", "soignant")
    person.memberships.update(organisation=sites[1])
    return person


@pytest.fixture
def station_queue(centre, sites, colleague):
    """The queue of the nurses of the second site."""
    team = make_team(centre, "Infirmerie de la Gare", "infirmerie-gare", ["ide"], colleague)
    team.entity = sites[1]
    team.save()
    return open_queue(team, name=team.name, code=team.code, organisation=centre)


@pytest.fixture
def url(patient, sites):
    return f"/api/patients/{patient.pk}/transfer"


def test_who_works_where():
    centre, site, unit, other = "centre", "site", "unit", "other"
    tree = Tree({centre: None, site: centre, unit: site, other: centre})
    assert [tree.serves(worker, site) for worker in (None, centre, site, unit, other)] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert tree.serves(other, centre)
    assert not tree.within(centre, site)


def test_the_preview_says_who_leaves_who_takes_over_and_which_tasks_move(
    client_of, doctor, nurse, sites, patient, care_team, nursing_queue, station_queue, coordination_queue, url
):
    mine = create_task(NewTask(nursing_queue, "Passer la voir", patient=patient), by=doctor)
    kept = create_task(NewTask(coordination_queue, "Trouver un créneau", patient=patient, assignee=nurse), by=doctor)
    elsewhere = create_task(NewTask(coordination_queue, "Reste où elle est", patient=patient), by=doctor)
    body = client_of(doctor).get(url, to=str(sites[1].pk)).json()
    assert [line["person"]["name"] for line in body["leaving"]] == ["Awa Diallo"]
    assert body["joining"] == [{"id": str(station_queue.team_id), "name": "Infirmerie de la Gare"}]
    assert body["tasks"] == [
        {"id": str(mine.pk), "title": "Passer la voir", "from": "Infirmerie", "to": "Infirmerie de la Gare"},
        {"id": str(kept.pk), "title": "Trouver un créneau", "from": coordination_queue.name, "to": kept.queue.name},
    ]
    assert str(elsewhere.pk) not in str(body)
    assert not Transfer.objects.exists()


def test_a_transfer_keeps_history_and_puts_open_tasks_where_they_are_answered_for(
    client_of, doctor, nurse, colleague, sites, patient, care_team, conversation, nursing_queue, station_queue, url
):
    taken = claim_task(create_task(NewTask(nursing_queue, "Passer la voir", patient=patient), by=doctor), by=nurse)
    done = create_task(NewTask(nursing_queue, "Pansement", patient=patient), by=doctor)
    complete_task(done, by=nurse)
    answer = client_of(doctor).post(url, {"to": str(sites[1].pk), "why": WHY})
    assert (answer.status_code, answer.json()) == (
        201,
        {
            "entity": {"id": str(sites[1].pk), "name": "Site de la Gare"},
            "left": 1,
            "joined": [{"id": str(station_queue.team_id), "name": "Infirmerie de la Gare"}],
            "tasks": 1,
            "in_care": True,
        },
    )
    moved, history = Task.objects.get(pk=taken.pk), Task.objects.get(pk=done.pk)
    assert (moved.queue, moved.status, moved.claimed_by) == (station_queue, "open", None)
    assert (history.queue, history.done_by) == (nursing_queue, nurse)
    assert client_of(nurse).get(f"/api/patients/{patient.pk}").status_code == 404
    assert may_join_circles(nurse.pk, [care_team.pk]) == {}
    assert Person.objects.get(pk=nurse.pk).access_epoch == nurse.access_epoch + 1
    page = client_of(colleague).get(f"/api/patients/{patient.pk}").json()
    assert (page["circle"]["entity"]["name"], page["conversation_id"]) == ("Site de la Gare", str(conversation.pk))
    story = client_of(colleague).get(f"/api/patients/{patient.pk}/story").json()["items"]
    told = next(entry for entry in story if entry["kind"] == "transfer")
    assert (told["title"], told["text"], told["who"]["name"]) == ("Site de la Gare", WHY, "Dr Claire Roux")
    assert {"task", "transfer"} <= {entry["kind"] for entry in story}


def test_both_queues_are_told_and_it_is_in_the_log(
    client_of, doctor, nurse, sites, patient, nursing_queue, station_queue, url
):
    task = create_task(NewTask(nursing_queue, "Passer la voir", patient=patient), by=doctor)
    client_of(doctor).post(url, {"to": str(sites[1].pk), "why": WHY})
    left = Event.objects.filter(stream_id=nursing_queue.pk).latest("seq")
    assert (left.kind, left.data) == ("task.left", {"id": str(task.pk)})
    arrived = Event.objects.filter(stream_id=station_queue.pk).latest("seq")
    assert (arrived.kind, arrived.data["queue"]["name"]) == ("task.created", "Infirmerie de la Gare")
    kinds = set(Entry.objects.filter(actor_id=doctor.pk, patient_id=patient.pk).values_list("kind", flat=True))
    assert {"patient.transferred", "circle.left", "circle.joined", "task.requeued"} <= kinds


def test_whom_one_keeps_stays_with_what_they_hold(
    client_of, doctor, nurse, sites, patient, care_team, nursing_queue, coordination_queue, station_queue, url
):
    task = create_task(NewTask(coordination_queue, "Suivre", patient=patient, assignee=nurse), by=doctor)
    line = care_team.members.get(person=nurse)
    client_of(doctor).post(url, {"to": str(sites[1].pk), "why": WHY, "keep": [str(line.pk)]})
    assert may_join_circles(nurse.pk, [care_team.pk]) == {care_team.pk: None}
    assert Task.objects.get(pk=task.pk).assignee == nurse


def test_what_no_team_of_the_destination_answers_for_goes_to_coordination(
    client_of, doctor, sites, patient, nursing_queue, coordination_queue, url
):
    task = create_task(NewTask(nursing_queue, "Passer la voir", patient=patient), by=doctor)
    client_of(doctor).post(url, {"to": str(sites[1].pk), "why": WHY})
    assert Task.objects.get(pk=task.pk).queue == coordination_queue


def test_a_follow_up_that_nobody_would_see_does_not_move(
    client_of, doctor, nurse, secretariat, sites, patient, care_team, url
):
    doctor.memberships.update(organisation=sites[0])
    secretariat.entity = sites[0]
    secretariat.save()
    refused = client_of(doctor).post(url, {"to": str(sites[1].pk), "why": WHY})
    assert (refused.status_code, refused.json()["code"]) == (409, "nobody_there")
    assert refused.json()["detail"].startswith("Personne à Site de la Gare ne répond de ce suivi.")
    assert care_team.members.filter(until=None).count() == 3
    assert CareTeam.objects.get().entity is None


def test_it_is_not_transferred_to_where_it_is(client_of, doctor, sites, url):
    sent = {"to": str(sites[1].pk), "why": WHY}
    assert client_of(doctor).post(url, sent).status_code == 201
    assert client_of(doctor).post(url, sent).json()["code"] == "followed_there"
    assert Transfer.objects.count() == 1


def test_who_may_not_transfer_does_not_nor_from_outside_nor_in_an_emergency(
    client_of, secretary, outsider, stranger, administrator, sites, patient, url
):
    sent = {"to": str(sites[1].pk), "why": WHY}
    assert client_of(secretary).post(url, sent).json()["code"] == "refused"
    assert client_of(secretary).get(url, to=sent["to"]).json()["code"] == "refused"
    for person in (outsider, stranger, administrator):
        assert client_of(person).post(url, sent).status_code == 404
    break_glass(patient, reason="Malaise à l’accueil", by=outsider)
    assert client_of(outsider).post(url, sent).status_code == 404
    assert not Transfer.objects.exists()


def test_another_centre_is_no_destination(client_of, doctor, other_centre, patient, url):
    site = make_site(other_centre, "Ailleurs")
    assert client_of(doctor).post(url, {"to": str(site.pk), "why": WHY}).status_code == 404
    assert client_of(doctor).post(url, {"to": str(patient.organisation_id), "why": ""}).status_code == 422


def test_outside_a_declared_team_who_takes_over_does_so_in_an_exchange(
    client_of, centre, doctor, sites, patient, care_team, station_queue, url
):
    centre.declared_care_team = False
    centre.save()
    client_of(doctor).post(url, {"to": str(sites[1].pk), "why": WHY})
    line = CareTeamMember.objects.get(care_team=care_team, team=station_queue.team)
    assert (line.basis, line.basis_why) == ("exchange", WHY)


def test_steps_go_to_the_teams_of_the_entity_that_follows_the_patient(
    client_of, doctor, sites, patient, care_team, nursing_queue, station_queue, coordination_queue, url
):
    care_team.members.filter(person__isnull=False).exclude(person=doctor).update(until=clock.now() - timedelta(days=1))
    assert roster_of(care_team).route("ide").queue == nursing_queue
    client_of(doctor).post(url, {"to": str(sites[1].pk), "why": WHY})
    assert roster_of(CareTeam.objects.get(pk=care_team.pk)).route("ide").queue == station_queue
    assert Patient.objects.visible_to(doctor).exists()
