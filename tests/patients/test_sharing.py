"""On what basis a circle shares: the declared team, an exchange, a consent; and what the patient refuses."""

from datetime import timedelta
from typing import Any

import pytest

from coordination.accounts.models import Absence, Person
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.patients.actions import NewMember, add_to_circle, begin_circle, join_circle
from coordination.patients.agreements import (
    Agreed,
    Refusal,
    lift_opposition,
    record_consent,
    record_opposition,
    withdraw_consent,
)
from coordination.patients.errors import ConsentWithdrawn, SharingBasisMissing
from coordination.patients.models import Basis, CareTeam, CareTeamMember, Consent, Opposition, Patient
from coordination.patients.queries import may_join_circles
from coordination.patients.sharing import Recipient, Sharing, first_circle, home_circle, settle, work_in
from coordination.streams.models import Event
from coordination.tasks.actions import NewTask, claim_task, create_task
from coordination.tasks.models import Task
from messaging.followers import may_join
from messaging.models import Conversation
from tests.conftest import make_person, make_team

CONSENT = {
    "scope": "Compte rendu de rééducation",
    "recipients": "Hugo Blanc",
    "collected_on": "2026-11-20",
    "how": "oral",
    "evidence": "",
}


@pytest.fixture
def undeclared(centre):
    centre.declared_care_team = False
    centre.save()
    return centre


@pytest.fixture
def circle_url(patient):
    return f"/api/patients/{patient.pk}/circle"


def consent_of(care_team: CareTeam, by: Person) -> Consent:
    return record_consent(care_team, Agreed("le suivi", "Hugo Blanc", clock.today(), "written", "formulaire"), by=by)


# The rule itself


@pytest.mark.parametrize(
    ("trade", "home", "first"),
    [
        ("ide", "health", "health"),
        ("assistant_social", "social", "health"),
        ("medecin_travail", "occupational", "occupational"),
    ],
)
def test_each_trade_has_its_circle(trade, home, first):
    assert (home_circle(trade), first_circle(trade)) == (home, first)


@pytest.mark.parametrize(
    ("circle", "trades", "works"),
    [
        ("health", ["ide"], True),
        ("health", ["assistant_social"], True),
        ("health", [], True),
        ("health", ["ide", "medecin_travail"], False),
        ("social", ["assistant_social"], True),
        ("social", ["assistant_social", "ide"], False),
        ("social", [], False),
        ("occupational", ["medecin_travail", "infirmier_sante_travail"], True),
        ("occupational", ["ide"], False),
    ],
)
def test_who_works_in_which_circle(circle, trades, works):
    assert work_in(circle, trades) is works


@pytest.mark.parametrize(
    ("circle", "declared", "trade", "asked", "said"),
    [
        ("health", False, "mk", Sharing(), "n’est pas déclaré comme équipe de soins"),
        ("social", True, "mk", Sharing(), "n’exerce pas dans ce cercle (cercle social)"),
        ("health", True, "medecin_travail", Sharing(), "n’exerce pas dans ce cercle (cercle de soins)"),
        ("health", True, "mk", Sharing(Basis.EXCHANGE, "  "), "pourquoi l’échange avec Hugo Blanc"),
        ("health", True, "mk", Sharing(Basis.CONSENT), "Aucun consentement en cours"),
    ],
)
def test_what_is_missing_is_said(centre, patient, circle, declared, trade, asked, said):
    centre.declared_care_team = declared
    place = CareTeam(patient=patient, circle=circle)
    patient.organisation = centre
    with pytest.raises(SharingBasisMissing) as refusal:
        settle(asked, place, Recipient("Hugo Blanc", [trade]))
    assert said in refusal.value.detail("fr")
    assert "Hugo Blanc" in refusal.value.detail("en")


# Bringing somebody in


def test_outside_a_declared_team_somebody_enters_only_on_a_basis(client_of, nurse, outsider, undeclared, circle_url):
    browser, who = client_of(nurse), {"person": str(outsider.pk)}
    refused = browser.post(circle_url, who)
    assert (refused.status_code, refused.json()["code"]) == (422, "sharing_basis_missing")
    assert "Centre d’essai n’est pas déclaré comme équipe de soins" in refused.json()["detail"]
    assert not CareTeamMember.objects.filter(person=outsider).exists()
    exchange = {"kind": "exchange", "why": "Prend la suite à domicile"}
    entered = browser.post(circle_url, {**who, "basis": exchange})
    assert (entered.status_code, entered.json()["basis"]) == (201, {**exchange, "consent": None})


def test_on_a_consent_somebody_enters_and_when_it_is_withdrawn_they_are_out(
    client_of, nurse, outsider, undeclared, patient, care_team, circle_url
):
    browser = client_of(nurse)
    consent = browser.post(f"/api/patients/{patient.pk}/consents", CONSENT).json()
    assert {name: consent[name] for name in CONSENT} == CONSENT
    assert (consent["collected_by"]["name"], consent["withdrawn_at"]) == ("Awa Diallo", None)
    basis = {"kind": "consent", "consent": consent["id"]}
    assert browser.post(circle_url, {"person": str(outsider.pk), "basis": basis}).status_code == 201
    assert may_join_circles(outsider.pk, [care_team.pk])
    assert browser.post(f"/api/consents/{consent['id']}/withdraw").json()["withdrawn_at"]
    assert may_join_circles(outsider.pk, [care_team.pk]) == {}
    assert Person.objects.get(pk=outsider.pk).access_epoch == outsider.access_epoch + 1
    assert browser.post(circle_url, {"person": str(outsider.pk), "basis": basis}).json()["code"] == (
        "consent_withdrawn"
    )
    kinds = set(Entry.objects.filter(subject_id=consent["id"]).values_list("kind", flat=True))
    assert kinds == {"consent.given", "consent.withdrawn"}


def test_a_consent_serves_in_its_own_circle_and_is_withdrawn_once(nurse, patient, care_team):
    consent = consent_of(care_team, nurse)
    other = CareTeam(patient=patient, circle="social")
    with pytest.raises(SharingBasisMissing):
        settle(Sharing(Basis.CONSENT, consent=consent), other, Recipient("Hugo Blanc", ["mk"]))
    withdraw_consent(consent, by=nurse)
    with pytest.raises(ConsentWithdrawn):
        withdraw_consent(Consent.objects.get(), by=nurse)


def test_a_consent_taken_back_since_it_was_read_lets_nobody_in(nurse, outsider, care_team):
    read, other = consent_of(care_team, nurse), consent_of(care_team, nurse)
    withdraw_consent(Consent.objects.get(pk=read.pk), by=nurse)
    with pytest.raises(ConsentWithdrawn):
        add_to_circle(care_team, NewMember(person=outsider, sharing=Sharing(Basis.CONSENT, consent=read)), by=nurse)
    add_to_circle(care_team, NewMember(person=outsider, sharing=Sharing(Basis.CONSENT, consent=other)), by=nurse)
    assert CareTeamMember.objects.get(person=outsider).consent == other


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_outside_the_circle_nothing_is_collected_refused_or_read(request, client_of, nurse, patient, care_team, who):
    consent, opposition = consent_of(care_team, nurse), record_opposition(care_team, Refusal(), by=nurse)
    browser = client_of(request.getfixturevalue(who))
    base = f"/api/patients/{patient.pk}"
    answers = [
        browser.get(f"{base}/consents"),
        browser.get(f"{base}/oppositions"),
        browser.post(f"{base}/consents", CONSENT),
        browser.post(f"{base}/oppositions", {"everyone": True}),
        browser.post(f"/api/consents/{consent.pk}/withdraw"),
        browser.post(f"/api/oppositions/{opposition.pk}/lift"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert Consent.objects.in_force().count() == Opposition.objects.in_force().count() == 1


def test_without_the_right_nothing_is_collected_or_refused(client_of, secretary, patient):
    for path, body in (("consents", CONSENT), ("oppositions", {"everyone": True})):
        assert client_of(secretary).post(f"/api/patients/{patient.pk}/{path}", body).json()["code"] == "refused"


def test_a_consent_is_given_on_a_day_that_has_been(client_of, nurse, patient):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = client_of(nurse).post(f"/api/patients/{patient.pk}/consents", {**CONSENT, "collected_on": tomorrow})
    assert answer.json()["fields"] == {"collected_on": "Une date passée est attendue."}


def test_a_line_may_end_by_date_and_the_sockets_with_it(client_of, nurse, outsider, care_team, circle_url):
    until = clock.now() + timedelta(days=3)
    client_of(nurse).post(circle_url, {"person": str(outsider.pk), "until": until.isoformat()})
    assert may_join_circles(outsider.pk, [care_team.pk]) == {care_team.pk: until}
    over = (clock.now() - timedelta(minutes=1)).isoformat()
    refused = client_of(nurse).post(circle_url, {"person": str(outsider.pk), "until": over})
    assert refused.json()["fields"] == {"until": "Une date à venir est attendue."}


# Circles of other trades


def test_a_social_worker_begins_the_social_circle_and_nobody_else_does(client_of, centre, outsider, nurse, patient):
    worker = make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "soignant")
    url = f"/api/patients/{patient.pk}/circles"
    refused = client_of(outsider).post(url, {"circle": "social"})
    assert (refused.status_code, refused.json()["code"]) == (403, "other_circle")
    assert client_of(worker).post(url, {"circle": "social", "why": "Droits ouverts"}).status_code == 201
    assert client_of(worker).get(f"/api/patients/{patient.pk}").json()["circle"]["circle"] == "social"
    assert client_of(worker).post(url, {"circle": "social"}).json()["code"] == "circle_exists"
    assert client_of(nurse).post(url, {"circle": "health"}).json()["code"] == "circle_exists"


def test_a_health_professional_enters_the_social_circle_on_a_basis_only(centre, nurse, patient):
    worker = make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "soignant")
    social = begin_circle(patient, "social", by=worker)
    with pytest.raises(SharingBasisMissing):
        add_to_circle(social, NewMember(person=nurse), by=worker)
    add_to_circle(social, NewMember(person=nurse, sharing=Sharing(Basis.EXCHANGE, "Sortie à préparer")), by=worker)
    assert CareTeam.objects.visible_to(nurse).filter(patient=patient).count() == 2


def test_the_record_s_links_are_shown_to_the_care_circle_alone(client_of, centre, nurse, patient):
    worker = make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "soignant")
    begin_circle(patient, "social", by=worker)
    Patient.objects.update(record_links=[{"system": "dossier", "id": "12", "url": "https://dossier.example.org/12"}])
    shown = {who: client_of(who).get(f"/api/patients/{patient.pk}").json()["record_links"] for who in (nurse, worker)}
    assert (len(shown[nurse]), shown[worker]) == (1, [])


# Oppositions


def oppose(client_of: Any, by: Person, patient: Patient, **whom: Any) -> Any:
    return client_of(by).post(f"/api/patients/{patient.pk}/oppositions", whom)


def test_a_refusal_closes_everything_to_one_person_at_once(
    client_of, doctor, nurse, patient, care_team, conversation, nursing_queue
):
    task = create_task(NewTask(nursing_queue, "Passer la voir", patient=patient, assignee=nurse), by=doctor)
    answer = oppose(client_of, doctor, patient, person=str(nurse.pk), note="Une voisine")
    body = answer.json()
    assert (answer.status_code, body["person"]["name"], body["everyone"], body["note"]) == (
        201,
        "Awa Diallo",
        False,
        "Une voisine",
    )
    browser = client_of(nurse)
    for path in (f"patients/{patient.pk}", f"conversations/{conversation.pk}", f"tasks/{task.pk}"):
        assert browser.get(f"/api/{path}").status_code == 404, path
    assert browser.get("/api/tasks", queue=str(nursing_queue.pk)).json()["items"] == []
    assert browser.get("/api/queues").json()["items"][0]["open"] == 0
    assert may_join_circles(nurse.pk, [care_team.pk]) == may_join(nurse.pk, [conversation.pk]) == {}
    assert Person.objects.get(pk=nurse.pk).access_epoch > nurse.access_epoch
    assert Entry.objects.filter(kind="opposition.raised", patient_id=patient.pk).exists()


def test_once_lifted_the_circle_is_seen_again(client_of, doctor, nurse, patient, care_team):
    opposition = oppose(client_of, doctor, patient, person=str(nurse.pk)).json()
    assert client_of(doctor).post(f"/api/oppositions/{opposition['id']}/lift").json()["lifted_at"]
    assert may_join_circles(nurse.pk, [care_team.pk]) == {care_team.pk: None}


def test_whom_the_patient_refuses_is_not_brought_in(client_of, nurse, outsider, patient, circle_url, centre):
    oppose(client_of, nurse, patient, person=str(outsider.pk))
    refused = client_of(nurse).post(circle_url, {"person": str(outsider.pk)})
    assert (refused.status_code, refused.json()) == (
        409,
        {"code": "opposed", "detail": "Le patient s’est opposé au partage de son dossier avec Hugo Blanc."},
    )
    team = make_team(centre, "Kinés", "kines", ["mk"], outsider)
    client_of(nurse).post(circle_url, {"team": str(team.pk)})
    assert not Patient.objects.visible_to(Person.objects.get(pk=outsider.pk)).exists()


def test_a_team_refused_loses_what_it_saw_and_its_people_keep_what_is_theirs(
    doctor, secretary, second_secretary, secretariat, patient, care_team
):
    join_circle(care_team, NewMember("secretariat", person=secretary), by=doctor)
    opposition = record_opposition(care_team, Refusal(team=secretariat), by=doctor)
    assert may_join_circles(second_secretary.pk, [care_team.pk]) == {}
    assert may_join_circles(secretary.pk, [care_team.pk]) == {care_team.pk: None}
    lift_opposition(opposition, by=doctor)
    assert may_join_circles(second_secretary.pk, [care_team.pk]) == {care_team.pk: None}


def test_a_refusal_of_everybody_leaves_who_wrote_it_down_and_whom_the_patient_consents_to(
    doctor, nurse, secretary, outsider, patient, care_team
):
    consent = consent_of(care_team, doctor)
    agreed = Sharing(Basis.CONSENT, consent=consent)
    join_circle(care_team, NewMember("mk", person=outsider, sharing=agreed), by=doctor)
    record_opposition(care_team, Refusal(), by=doctor)
    seeing = [who for who in (doctor, nurse, secretary, outsider) if may_join_circles(who.pk, [care_team.pk])]
    assert seeing == [doctor, outsider]


def test_nobody_stands_in_for_whom_the_patient_refuses_nor_on_a_consent(
    doctor, nurse, outsider, second_secretary, patient, care_team
):
    now = clock.now()
    away = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=2)}
    Absence.objects.create(person=nurse, delegate=outsider, **away)
    assert may_join_circles(outsider.pk, [care_team.pk]) == {care_team.pk: away["ends_at"]}
    record_opposition(care_team, Refusal(person=nurse), by=doctor)
    assert may_join_circles(outsider.pk, [care_team.pk]) == {}
    Opposition.objects.all().delete()
    line = care_team.members.get(person=nurse)
    line.basis, line.consent = Basis.CONSENT, consent_of(care_team, doctor)
    line.save()
    assert may_join_circles(outsider.pk, [care_team.pk]) == {}


def test_exactly_one_is_refused_and_once(client_of, nurse, outsider, secretariat, patient):
    for body in ({}, {"person": str(outsider.pk), "everyone": True}, {"team": str(patient.pk)}):
        assert oppose(client_of, nurse, patient, **body).json()["fields"].keys() == {"person"}
    assert oppose(client_of, nurse, patient, team=str(secretariat.pk)).status_code == 201
    assert oppose(client_of, nurse, patient, team=str(secretariat.pk)).status_code == 409


def test_what_a_queue_has_said_of_the_patient_is_taken_back(doctor, nurse, secretary, patient, care_team, queues):
    """A queue's stream is one for all its people: after a refusal it names the task, and each reads what is theirs."""
    nursing = queues["infirmerie"]
    task = create_task(NewTask(nursing, "Passer la voir", patient=patient), by=doctor)
    other = create_task(NewTask(nursing, "Commander des gants"), by=nurse)
    record_opposition(care_team, Refusal(person=nurse), by=doctor)
    claim_task(Task.objects.get(pk=task.pk), by=doctor)
    said = {str(event.data["id"]): set() for event in Event.objects.filter(stream_id=nursing.pk)}
    for event in Event.objects.filter(stream_id=nursing.pk):
        said[event.data["id"]].add((event.kind, "DURAND" in str(event.data)))
    assert said == {str(task.pk): {("task.withheld", False)}, str(other.pk): {("task.created", False)}}


def test_a_refusal_takes_back_an_invitation_to_a_conversation(
    client_of, nurse, outsider, patient, care_team, conversation
):
    url = f"/api/conversations/{conversation.pk}/participants"
    assert client_of(nurse).post(url, {"person": str(outsider.pk)}).status_code == 201
    assert may_join(outsider.pk, [conversation.pk])
    record_opposition(care_team, Refusal(person=outsider), by=nurse)
    assert may_join(outsider.pk, [conversation.pk]) == {}
    assert not Conversation.objects.visible_to(Person.objects.get(pk=outsider.pk)).exists()
