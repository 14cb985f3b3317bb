"""Somebody from outside the circle in one conversation about a patient, and in nothing else."""

from datetime import timedelta

import pytest

from coordination.accounts.models import Person
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.patients.agreements import Agreed, record_consent, withdraw_consent
from coordination.patients.emergencies import break_glass
from coordination.patients.errors import ConsentWithdrawn
from coordination.patients.models import Basis, Consent
from coordination.patients.sharing import Sharing
from coordination.streams.models import Event
from messaging.actions import open_direct
from messaging.followers import may_join
from messaging.models import Conversation, Participation
from messaging.participants import invite


@pytest.fixture
def url(conversation):
    return f"/api/conversations/{conversation.pk}/participants"


def test_whoever_is_invited_reads_and_writes_that_conversation_and_nothing_else(
    client_of, nurse, outsider, patient, conversation, url
):
    answer = client_of(nurse).post(url, {"person": str(outsider.pk)})
    assert answer.status_code == 201
    (shown,) = answer.json()["participants"]
    assert (shown["name"], shown["basis"]["kind"], shown["added_by"]["name"]) == (
        "Hugo Blanc",
        "same_team",
        "Awa Diallo",
    )
    browser = client_of(outsider)
    page = browser.get(f"/api/conversations/{conversation.pk}").json()
    assert (page["title"], page["circle"], page["basis"]["kind"]) == ("DURAND Marie", "health", "same_team")
    sent = {"id": "0192f0c1-2345-7abc-8def-0123456789ab", "body": "Bien reçu"}
    assert browser.post(f"/api/conversations/{conversation.pk}/messages", sent).status_code == 201
    for path in (f"patients/{patient.pk}", f"patients/{patient.pk}/story", f"patients/{patient.pk}/consents"):
        assert browser.get(f"/api/{path}").status_code == 404, path
    assert Event.objects.filter(stream_id=outsider.pk, kind="conversation.opened").exists()
    assert Entry.objects.get(kind="participant.added").detail == {"person": str(outsider.pk), "basis": "same_team"}


def test_outside_a_declared_team_an_invitation_takes_a_basis(client_of, centre, nurse, outsider, url):
    centre.declared_care_team = False
    centre.save()
    refused = client_of(nurse).post(url, {"person": str(outsider.pk)})
    assert (refused.status_code, refused.json()["code"]) == (422, "sharing_basis_missing")
    basis = {"kind": "exchange", "why": "Avis demandé"}
    shown = client_of(nurse).post(url, {"person": str(outsider.pk), "basis": basis}).json()["participants"]
    assert shown[0]["basis"] == {**basis, "consent": None}


def test_it_ends_by_date_by_hand_and_with_its_consent(client_of, nurse, outsider, care_team, conversation, url):
    until = clock.now() + timedelta(days=2)
    client_of(nurse).post(url, {"person": str(outsider.pk), "until": until.isoformat()})
    assert may_join(outsider.pk, [conversation.pk]) == {conversation.pk: until}
    assert client_of(nurse).delete(f"{url}/{outsider.pk}").status_code == 204
    assert may_join(outsider.pk, [conversation.pk]) == {}
    assert Person.objects.get(pk=outsider.pk).access_epoch == outsider.access_epoch + 1
    consent = record_consent(care_team, Agreed("avis", "Hugo Blanc", clock.today(), "oral"), by=nurse)
    invite(conversation, outsider, Sharing(Basis.CONSENT, consent=consent), by=nurse)
    assert may_join(outsider.pk, [conversation.pk])
    withdraw_consent(consent, by=nurse)
    assert may_join(outsider.pk, [conversation.pk]) == {}


def test_whoever_is_invited_may_leave_and_invites_nobody(client_of, nurse, doctor, outsider, administrator, url):
    client_of(nurse).post(url, {"person": str(outsider.pk)})
    browser = client_of(outsider)
    assert browser.post(url, {"person": str(administrator.pk)}).status_code == 404
    assert browser.delete(f"{url}/{nurse.pk}").status_code == 404
    assert browser.delete(f"{url}/{outsider.pk}").status_code == 204
    assert browser.delete(f"{url}/{outsider.pk}").status_code == 404


def test_nor_does_whoever_opened_the_file_in_an_emergency(client_of, outsider, administrator, patient, url):
    break_glass(patient, reason="Malaise à l’accueil", by=outsider)
    assert client_of(outsider).post(url, {"person": str(administrator.pk)}).status_code == 404
    assert not Participation.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_nobody_from_outside_invites_themselves(request, client_of, url, who):
    person = request.getfixturevalue(who)
    assert client_of(person).post(url, {"person": str(person.pk)}).status_code == 404
    assert not Participation.objects.exists()


def test_the_administrator_gains_nothing_by_an_invitation(client_of, nurse, administrator, conversation, url):
    """Without the right to read files nothing opens one."""
    client_of(nurse).post(url, {"person": str(administrator.pk)})
    assert client_of(administrator).get(f"/api/conversations/{conversation.pk}").status_code == 404
    assert may_join(administrator.pk, [conversation.pk]) == {}
    assert client_of(nurse).get(f"/api/conversations/{conversation.pk}").json()["participants"] == []


def test_who_reads_it_already_a_stranger_and_other_conversations_are_refused(
    client_of, nurse, doctor, outsider, stranger, url
):
    browser = client_of(nurse)
    assert browser.post(url, {"person": str(doctor.pk)}).json()["code"] == "already_reads"
    assert set(browser.post(url, {"person": str(stranger.pk)}).json()["fields"]) == {"person"}
    direct = open_direct(doctor, by=nurse)
    refused = browser.post(f"/api/conversations/{direct.pk}/participants", {"person": str(outsider.pk)})
    assert refused.json()["code"] == "not_about_a_patient"
    assert Conversation.objects.visible_to(outsider).count() == 0


def test_a_consent_taken_back_since_it_was_read_invites_nobody(nurse, outsider, care_team, conversation):
    consent = record_consent(care_team, Agreed("avis", "Hugo Blanc", clock.today(), "oral"), by=nurse)
    withdraw_consent(Consent.objects.get(), by=nurse)
    with pytest.raises(ConsentWithdrawn):
        invite(conversation, outsider, Sharing(Basis.CONSENT, consent=consent), by=nurse)
    assert not Participation.objects.exists()
