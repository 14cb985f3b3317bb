"""A patient's copy of what is held about them: complete, within the exporter's reach, and in the access log."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client

from coordination.accounts.models import AccessToken, Person, Role
from coordination.accounts.signin import digest
from coordination.agenda.actions import Booking, book, open_agenda
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.patients.actions import NewMember, join_circle, open_circle
from coordination.patients.models import Patient
from coordination.privacy.actions import OTHER_CIRCLES, export_patient
from coordination.privacy.sections import IDENTITY, SECTIONS, WITHOUT_LOG
from coordination.protocols.models import Reminder
from coordination.tasks.actions import Line, NewTask, create_task
from messaging.models import Conversation, Message
from notifications.models import Delivery, DeliveryMove
from tests.agenda.conftest import at

__all__ = ["at"]
pytestmark = pytest.mark.django_db

# what is derived from other rows, or says nothing about the patient
NOT_EXPORTED = {
    "patients.PatientKey": "a folded copy of the identity",
    "messaging.ReadPosition": "how far professionals have read",
    "agenda.Occupation": "the time of an appointment, again",
    "agenda.AnswerLink": "a digest",
    "protocols.ReminderStep": "a link between two exported rows",
}


@pytest.fixture
def life(patient, doctor, nurse, secretary, centre, conversation, queues):
    """A patient with something in every room of the house."""
    Message.objects.create(
        id=conversation.pk,
        conversation=conversation,
        ordinal=1,
        author=nurse,
        body="plaie propre",
        at="2026-11-20T10:00Z",
    )
    new = NewTask(queue=queues["secretariat"], title="Rappeler", patient=patient, checklist=[Line("Trouver le numéro")])
    create_task(new, by=secretary)
    agenda = open_agenda(centre, kind="person", name="Dr Roux", person=doctor)
    from datetime import datetime

    book(Booking([agenda], datetime(2026, 11, 23, 14, 5), patient=patient), by=secretary)
    return patient


def export(client, patient):
    return client.get(f"/api/privacy/patients/{patient.pk}/export")


def test_the_doctor_exports_everything_as_a_file(client_of, doctor, nurse, life):
    answer = export(client_of(doctor), life)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="liaison-patient-{life.pk}.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    copy = json.loads(answer.content)
    assert {name: copy["patient"][name] for name in ("birth_name", "birth_date", "email", "phone")} == {
        "birth_name": "Durand",
        "birth_date": "1957-03-12",
        "email": "marie.durand@example.org",
        "phone": "06 12 34 56 78",
    }
    assert [message["body"] for message in copy["messages"]] == ["plaie propre"]
    assert [task["title"] for task in copy["tasks"]] == ["Rappeler"]
    assert [line["label"] for line in copy["checklists"]] == ["Trouver le numéro"]
    assert [one["starts_at"] for one in copy["appointments"]] == ["2026-11-23T13:05:00Z"]
    assert [mail["what"] for mail in copy["mails"]] == ["appointment.booked"]
    assert copy["people"][str(nurse.pk)] == "Awa Diallo"
    assert copy["left_out"] is False
    assert "/r/" not in answer.content.decode()


def test_the_export_itself_is_in_the_access_log(client_of, doctor, life):
    export(client_of(doctor), life)
    assert Entry.objects.filter(kind="patient.exported", actor_id=doctor.pk, patient_id=life.pk).count() == 1


def test_the_access_log_is_for_who_may_read_it_and_the_others_are_told_in_words(client_of, doctor, life):
    copy = export(client_of(doctor), life).json()
    assert "access_log" not in copy
    assert copy["remarks"] == [WITHOUT_LOG.fr]
    role = Role.objects.get(organisation_id=doctor.organisation_id, code="medecin")
    role.rights = [*role.rights, "audit.read"]
    role.save()
    copy = export(client_of(Person.objects.get(pk=doctor.pk)), life).json()
    assert "appointment.booked" in {entry["kind"] for entry in copy["access_log"]}
    assert copy["remarks"] == []


def test_the_export_asks_who_is_there_again(client_of, doctor, life, monkeypatch):
    browser = client_of(doctor)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "REAUTHENTICATION_MINUTES", 0)
        refused = export(browser, life)
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    assert not Entry.objects.filter(kind="patient.exported").exists()
    assert export(browser, life).status_code == 200


def test_no_access_token_exports(doctor, life):
    AccessToken.objects.create(person=doctor, digest=digest("secret"), expires_at=clock.now() + timedelta(hours=1))
    headers = {"authorization": "Bearer secret"}
    assert Client().get(f"/api/patients/{life.pk}", headers=headers).status_code == 200
    refused = Client().get(f"/api/privacy/patients/{life.pk}/export", headers=headers)
    assert refused.json()["code"] == "reauthentication_required"


def test_mails_about_what_the_exporter_does_not_see_stay_out(life, doctor):
    other = Reminder(patient=life, week="2026-W47", delivery_id=uuid7(), created_at=clock.now())
    other.save()
    mail = Delivery.objects.get(what="appointment.booked")
    DeliveryMove.objects.create(delivery=mail, status="claimed")
    hidden = Delivery.objects.get(pk=mail.pk)
    hidden.pk, hidden.what, hidden.occurrence = other.delivery_id, "plan.reminder", str(other.pk)
    hidden.due_at = clock.now()
    hidden.save(force_insert=True)
    DeliveryMove.objects.create(delivery=hidden, status="claimed")
    copy = export_patient(life, by=doctor)
    assert [one["what"] for one in copy["mails"]] == ["appointment.booked"]
    assert [one["delivery_id"] for one in copy["mail_moves"]] == [mail.pk]
    assert copy["left_out"] is True


def test_what_another_circle_holds_is_said_to_exist_and_not_shown(client_of, doctor, life, outsider):
    social = open_circle(life, by=outsider, circle="social")
    join_circle(social, NewMember("assistant_social", person=outsider), by=outsider)
    talk = Conversation.objects.create(organisation=life.organisation, kind="patient", patient=life, care_team=social)
    Message.objects.create(
        id=social.pk, conversation=talk, ordinal=1, author=outsider, body="dette de loyer", at="2026-11-20T10:00Z"
    )
    answer = export(client_of(doctor), life)
    assert "dette" not in answer.content.decode()
    copy = json.loads(answer.content)
    assert copy["left_out"] is True
    assert copy["remarks"] == [OTHER_CIRCLES.fr, WITHOUT_LOG.fr]


def test_another_patients_rows_stay_out(client_of, doctor, life, centre, queues, secretary):
    from tests.conftest import make_patient

    other = make_patient(centre, "Lefèvre", "Thérèse")
    create_task(NewTask(queue=queues["secretariat"], title="Autre personne", patient=other), by=secretary)
    assert "Autre personne" not in export(client_of(doctor), life).content.decode()


def test_a_colleague_in_care_without_the_right_is_refused(client_of, nurse, life):
    assert export(client_of(nurse), life).status_code == 403
    assert not Entry.objects.filter(kind="patient.exported").exists()


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_somebody_outside_the_circle_knows_of_no_patient(request, client_of, life, who):
    assert export(client_of(request.getfixturevalue(who)), life).status_code == 404


def test_the_export_takes_the_same_queries_however_long_the_story(
    client_of, doctor, life, queues, secretary, django_assert_max_num_queries
):
    for number in range(20):
        create_task(NewTask(queue=queues["secretariat"], title=f"Tâche {number}", patient=life), by=secretary)
    client = client_of(doctor)
    with django_assert_max_num_queries(2 * len(SECTIONS) + 20):
        assert len(json.loads(export(client, life).content)["tasks"]) == 21


def test_every_model_about_a_patient_is_exported_or_named_as_not():
    covered = {section.model._meta.label for section in SECTIONS} | {Patient._meta.label}
    about = {model._meta.label for model in about_a_patient()}
    assert about - covered - set(NOT_EXPORTED) == set()
    assert covered.isdisjoint(NOT_EXPORTED)


def test_every_column_of_the_identity_is_exported_or_named_as_not():
    derived = {"organisation", "ins_recovered", "identity_checked", "matricule_hash", "sort_key"}
    assert {field.name for field in Patient._meta.concrete_fields} - set(IDENTITY) == derived


def about_a_patient() -> Iterator[type[Model]]:
    """Our models that point at a patient, straight or through others."""
    ours = [model for model in apps.get_models() if model._meta.app_label not in {"auth", "django_celery_beat"}]
    found: set[Any] = {Patient}
    while True:
        more = {model for model in ours if {field.related_model for field in model._meta.concrete_fields} & found}
        if more <= found:
            return iter(found)
        found |= more
