"""Enrolling a patient: what is proposed, what is begun, and to whom it goes."""

from datetime import date, timedelta

import pytest

from coordination.audit.models import Entry
from coordination.patients.actions import NewMember, join_circle, open_circle
from coordination.protocols.models import Plan, Step
from coordination.streams.models import Event
from coordination.tasks.models import Task
from tests.conftest import make_person
from tests.protocols.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "queues")]


@pytest.fixture
def podiatrist(centre, care_team):
    """In the patient's circle, and in no team."""
    person = make_person(centre, "Nina Perrin", "pedicure_podologue", "Pédicure-podologue", "soignant")
    join_circle(care_team, NewMember("pedicure_podologue", person=person), by=None)
    return person


def preview(client_of, person, patient, protocol, **given):
    body = {"protocol": str(protocol.pk), "anchors": {"inclusion": TODAY.isoformat()}} | given
    return client_of(person).post(f"/api/patients/{patient.pk}/plans/preview", body)


def begin(client_of, person, patient, protocol, key=None, **given):
    body = {"protocol": str(protocol.pk), "anchors": {"inclusion": TODAY.isoformat()}} | given
    return client_of(person).post(f"/api/patients/{patient.pk}/plans", body, key=key)


# Before


def test_thirteen_steps_of_dt2_fall_due_at_once_and_nothing_is_written(client_of, doctor, patient, dt2):
    answer = preview(client_of, doctor, patient, dt2)
    assert answer.status_code == 200
    body = answer.json()
    assert body["due_now"] == 13
    assert len(body["steps"]) == 19
    assert not Plan.objects.exists()
    assert not Task.objects.exists()


def test_a_proposal_says_when_to_whom_and_on_what_it_depends(client_of, doctor, patient, dt2, podiatrist):
    steps = {step["code"]: step for step in preview(client_of, doctor, patient, dt2).json()["steps"]}
    assert steps["podo_g2"] == {
        "code": "podo_g2",
        "title": "Séance de prévention pédicurie-podologie – grade 2 (5 séances/an)",
        "role": "pedicure_podologue",
        "role_label": "Pédicure-podologue",
        "kind": "consultation",
        "state": "due",
        "due_on": "2026-11-21",
        "opens_on": "2026-11-07",
        "late_after": "2026-12-12",
        "why": None,
        "waits_for": None,
        "needs": ["measure.pied_grade"],
        "to": {"kind": "person", "name": "Nina Perrin"},
    }
    assert steps["renal"]["to"] == {"kind": "person", "name": "Dr Claire Roux"}
    assert steps["dentaire"]["to"] == {"kind": "coordination", "name": "Coordination (à orienter)"}
    assert (steps["reevaluation"]["state"], steps["reevaluation"]["waits_for"]) == (
        "waiting_anchor",
        {"code": "treatment_change", "label": "Dernier changement de traitement"},
    )
    assert (steps["hba1c_sem"]["state"], steps["hba1c_sem"]["why"]) == ("not_applicable", "condition")


def test_a_role_that_nobody_is_named_for_goes_to_the_team_that_answers_for_it(client_of, doctor, patient, dt2, nurse):
    nurse.care_teams.all().delete()
    steps = {step["code"]: step for step in preview(client_of, doctor, patient, dt2).json()["steps"]}
    assert steps["ips"]["to"] == {"kind": "team", "name": "Infirmerie"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"anchors": {"full_moon": "2026-01-01"}}, "anchors.full_moon"),
        ({"anchors": {"birth": "1957-03-12"}}, "anchors.birth"),
        ({"anchors": {"inclusion": "1950-01-01"}}, "anchors.inclusion"),
        ({"anchors": {"inclusion": "9999-12-31"}}, "anchors.inclusion"),
        ({"flags": ["dx.rhume"]}, "flags.dx.rhume"),
        ({"measures": {"poids": 70}}, "measures.measure.poids"),
        ({"measures": {"pied_grade": " "}}, "measures.measure.pied_grade"),
        ({"left_out": ["unknown"]}, "left_out.unknown"),
    ],
)
def test_what_the_protocol_has_no_use_for_is_refused_by_field(client_of, doctor, patient, dt2, given, field):
    for ask in (preview, begin):
        answer = ask(client_of, doctor, patient, dt2, **given)
        assert answer.status_code == 422
        assert list(answer.json()["fields"]) == [field]
    assert not Plan.objects.exists()


# Beginning


def test_enrolling_opens_one_task_per_role_and_day_with_a_line_per_step(
    client_of, doctor, nurse, patient, dt2, podiatrist
):
    answer = begin(client_of, doctor, patient, dt2, measures={"pied_grade": 2}, left_out=["vacc_ref"])
    assert answer.status_code == 201
    tasks = {task.assignee.display_name: task for task in Task.objects.exclude(assignee=None)}
    titles = dict(Step.objects.values_list("code", "title"))
    assert {name: {line.label for line in task.checklist.all()} for name, task in tasks.items()} == {
        "Dr Claire Roux": {titles[code] for code in ("hba1c_trim", "renal", "lipides", "fib4", "ecg", "pied_grade")},
        "Awa Diallo": {titles["ips"], titles["sas"]},
        "Nina Perrin": {titles["podo_g2"]},
    }
    unnamed = Task.objects.filter(assignee=None)
    assert {(task.queue.code, task.title) for task in unnamed} == {
        ("coordination", titles["fond_oeil_annuel"]),
        ("coordination", titles["dentaire"]),
    }
    assert {name: task.queue.code for name, task in tasks.items()} == {
        "Dr Claire Roux": "coordination",
        "Awa Diallo": "infirmerie",
        "Nina Perrin": "coordination",
    }
    assert tasks["Dr Claire Roux"].title == "Suivi du diabète de type 2"
    assert tasks["Nina Perrin"].title == titles["podo_g2"]
    doctors = tasks["Dr Claire Roux"]
    assert (doctors.due_on, doctors.late_after) == (TODAY, date(2026, 12, 12))
    assert (doctors.patient, doctors.care_team) == (patient, patient.care_teams.get())
    assert (doctors.origin_kind, doctors.origin_label) == ("plan", "Suivi du diabète de type 2")


def test_the_answer_is_the_plan_as_the_patient_page_shows_it(client_of, doctor, patient, dt2, care_team):
    body = begin(client_of, doctor, patient, dt2, measures={"pied_grade": 0}).json()
    listed = client_of(doctor).get(f"/api/patients/{patient.pk}/plans").json()
    assert listed["items"] == [body]
    assert list(listed["heads"]) == [str(care_team.pk)]
    plan = Plan.objects.get()
    assert {name: body[name] for name in body if name != "steps"} == {
        "id": str(plan.pk),
        "protocol": {
            "id": str(dt2.pk),
            "code": "dt2",
            "title": "Suivi du diabète de type 2",
            "version": "2026.11",
        },
        "status": "active",
        "anchors": {"inclusion": "2026-11-21"},
        "flags": [],
        "measures": {"measure.pied_grade": 0},
        "left_out": [],
        "enrolled_by": {
            "id": str(doctor.pk),
            "name": "Dr Claire Roux",
            "short": "Dr Roux",
            "profession": "Médecin généraliste",
            "initials": "CR",
        },
        "created_at": body["created_at"],
        "waiting": [
            {
                "code": "reevaluation",
                "title": "Réévaluation 3 à 6 mois après modification thérapeutique",
                "anchor": "treatment_change",
                "anchor_label": "Dernier changement de traitement",
            },
            {
                "code": "plaie_pied",
                "title": body["waiting"][1]["title"],
                "anchor": "wound_report",
                "anchor_label": "Signalement de plaie",
            },
        ],
        "needs": [],
    }
    assert [step["status"] for step in body["steps"]].count("due") == 11
    etp = next(step for step in body["steps"] if step["code"] == "etp")
    row = Step.objects.get(code="etp")
    assert etp == {
        "id": str(row.pk),
        "code": "etp",
        "occurrence": 1,
        "title": row.title,
        "role": "ide",
        "role_label": "Infirmier",
        "kind": "education",
        "due_on": "2026-12-21",
        "opens_on": "2026-12-07",
        "late_after": "2027-02-21",
        "status": "planned",
        "late_days": 0,
        "done_on": None,
        "done_by": None,
        "task_id": None,
        "to": {"kind": "person", "name": "Awa Diallo"},
    }


def test_enrolling_is_recorded_and_told_to_the_circle(client_of, doctor, patient, dt2, care_team):
    begin(client_of, doctor, patient, dt2)
    plan = Plan.objects.get()
    assert Entry.objects.filter(
        kind="plan.begun", subject_id=plan.pk, actor_id=doctor.pk, patient_id=patient.pk
    ).exists()

    told = Event.objects.filter(stream_id=care_team.pk, kind="story.changed", data__what="plan")
    assert [event.data["id"] for event in told] == [str(plan.pk)]


def test_the_same_request_again_begins_no_second_plan(client_of, doctor, patient, dt2):
    first = begin(client_of, doctor, patient, dt2, key="one-enrolment")
    again = begin(client_of, doctor, patient, dt2, key="one-enrolment")
    assert first.json() == again.json()
    assert (Plan.objects.count(), Step.objects.filter(code="renal").count()) == (1, 1)


def test_a_patient_follows_a_protocol_once_at_a_time(client_of, doctor, patient, dt2):
    begin(client_of, doctor, patient, dt2)
    answer = begin(client_of, doctor, patient, dt2)
    assert answer.status_code == 409
    assert answer.json() == {"code": "plan_already_active", "detail": "Ce patient suit déjà ce protocole."}
    plan = Plan.objects.get()
    client_of(doctor).post(f"/api/plans/{plan.pk}/end", {"why": "suivi ailleurs"})
    assert begin(client_of, doctor, patient, dt2).status_code == 201


def test_a_secretary_sees_the_plan_and_may_not_enrol(client_of, doctor, secretary, patient, dt2):
    assert begin(client_of, secretary, patient, dt2).status_code == 403
    assert preview(client_of, secretary, patient, dt2).status_code == 403
    begin(client_of, doctor, patient, dt2)
    assert len(client_of(secretary).get(f"/api/patients/{patient.pk}/plans").json()["items"]) == 1


def test_others_learn_nothing(client_of, doctor, outsider, stranger, administrator, patient, dt2, plan):
    step = plan.steps.first()
    for person in (outsider, stranger, administrator):
        client = client_of(person)
        assert begin(client_of, person, patient, dt2).status_code == 404
        assert preview(client_of, person, patient, dt2).status_code == 404
        assert client.get(f"/api/patients/{patient.pk}/plans").status_code == 404
        assert client.get(f"/api/patients/{patient.pk}/reminders").status_code == 404
        assert client.patch(f"/api/plans/{plan.pk}", {"flags": []}).status_code == 404
        assert client.post(f"/api/plans/{plan.pk}/end", {"why": "x"}).status_code == 404
        for act, body in [("done", {}), ("skip", {"why": "x"}), ("reopen", {})]:
            assert client.post(f"/api/steps/{step.pk}/{act}", body).status_code == 404
    assert {step.status for step in plan.steps.all()} == {"due", "planned"}


def test_a_protocol_that_is_no_longer_current_takes_nobody_in(client_of, doctor, patient, dt2):
    dt2.current = False
    dt2.save()
    assert begin(client_of, doctor, patient, dt2).status_code == 404


def test_without_a_coordination_queue_the_sentence_says_so(client_of, doctor, patient, dt2, queues):
    queues["coordination"].delete()
    answer = begin(client_of, doctor, patient, dt2)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_coordination_queue")
    assert not Plan.objects.exists()


def test_a_circle_does_not_see_the_plan_of_another(client_of, outsider, patient, plan):
    social = open_circle(patient, by=None, circle="social")
    join_circle(social, NewMember("assistant_social", person=outsider), by=None)
    assert client_of(outsider).get(f"/api/patients/{patient.pk}/plans").json()["items"] == []
    assert client_of(outsider).get(f"/api/patients/{patient.pk}/story").json()["items"] == []


# The library


def test_the_library_counts_what_the_asker_sees(client_of, doctor, outsider, plan, protocol_of, at):
    protocol_of("hta")
    (hta, dt2) = client_of(doctor).get("/api/protocols").json()["items"]
    shown = [dt2[name] for name in ("code", "steps_count", "source_year", "enrolled", "late")]
    assert shown == ["dt2", 19, 2024, 1, 0]
    assert (hta["code"], hta["enrolled"]) == ("hta", 0)
    at(NOON + timedelta(days=22))
    assert client_of(doctor).get("/api/protocols").json()["items"][1]["late"] == 1
    assert [line["enrolled"] for line in client_of(outsider).get("/api/protocols").json()["items"]] == [0, 0]


def test_a_protocol_tells_its_steps_and_what_may_be_given(client_of, doctor, dt2):
    body = client_of(doctor).get(f"/api/protocols/{dt2.pk}").json()
    assert body["anchors"][0]["code"] == "inclusion"
    assert {anchor["code"] for anchor in body["anchors"]} == {"inclusion", "treatment_change", "wound_report"}
    assert body["flags"] == ["dt2.equilibre", "dt2.fo_espace", "dx.diabete_type_2"]
    assert body["measures"] == ["measure.pied_grade"]
    assert body["steps"][0] == {
        "code": "hba1c_trim",
        "title": "HbA1c (objectif non atteint ou traitement modifié)",
        "kind": "biologie",
        "role": "medecin_traitant",
        "role_label": "Médecin traitant",
        "anchor": "inclusion",
        "anchor_label": "Inclusion dans le protocole",
        "first_due": "P0D",
        "every": "P3M",
        "max_count": None,
        "max_count_per": None,
        "window": {"before": "P2W", "after": "P3W"},
        "season": None,
        "conditions": [{"field": "flag", "op": "lacks", "value": "dt2.equilibre"}],
        "priority": "routine",
        "reminds_patient": True,
        "detail": "Prise de sang de contrôle (HbA1c) à faire au laboratoire.",
        "note": None,
    }


def test_the_library_and_the_plans_take_a_fixed_number_of_queries(
    client_of, doctor, patient, plan, make_plan, protocol_of, django_assert_max_num_queries
):
    make_plan(protocol_of("hta"))
    make_plan(protocol_of("vacc_adulte"))
    client = client_of(doctor)
    with django_assert_max_num_queries(10):
        client.get("/api/protocols")
    with django_assert_max_num_queries(21):
        assert len(client.get(f"/api/patients/{patient.pk}/plans").json()["items"]) == 3
