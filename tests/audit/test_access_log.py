"""Reading the access log: a centre's by its administrator, one patient's, and what they become as files."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from coordination.accounts.models import Role
from coordination.audit import actions as audit
from coordination.audit.anchors import Anchor
from coordination.audit.chain import seal_pending
from coordination.audit.models import Entry
from coordination.audit.sentences import NOTES
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.privacy.access_files import safe
from coordination.privacy.access_words import changes_in, notes_in, without_values
from tests.conftest import make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(doctor):
    """A clinician of the circle who may also read the access log."""
    role = Role.objects.get(organisation_id=doctor.organisation_id, code="medecin")
    role.rights = [*role.rights, "audit.read"]
    role.save()
    return type(doctor).objects.get(pk=doctor.pk)


@pytest.fixture
def search(client_of, administrator):
    """`search(kind="…")`: the lines that the administrator finds."""
    browser = client_of(administrator)
    return lambda **asked: browser.get("/api/audit", **asked).json()["items"]


def kinds(items):
    return [item["kind"] for item in items]


def plan_of(rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def test_a_page_of_a_centre_is_read_in_the_order_of_its_index(centre):
    plan = plan_of(Entry.objects.filter(organisation_id=centre.pk).order_by("-at", "-id")[:50])
    assert "entry_of_organisation" in plan
    assert "Sort" not in plan


def test_another_order_has_no_index_and_is_sorted(centre):
    assert "Sort" in plan_of(Entry.objects.filter(organisation_id=centre.pk).order_by("kind")[:50])


def test_the_administrator_finds_who_opened_a_patient(search, client_of, nurse, patient):
    client_of(nurse).get(f"/api/patients/{patient.pk}")
    [line] = search(patient=str(patient.pk), kind="patient.read")
    assert (line["who"]["name"], line["sentence"]) == ("Awa Diallo", "A lu la fiche du patient")
    assert (line["address"], line["patient"]["id"]) == ("127.0.0.1", str(patient.pk))
    assert line["patient"]["name"] is None


def test_another_centre_s_acts_are_not_in_it(search, stranger, patient):
    audit.record(stranger, "patient.read", patient, patient=patient.pk)
    assert search(kind="patient.read") == []


def test_a_nurse_does_not_read_it(client_of, nurse, patient):
    browser = client_of(nurse)
    for path in (
        "/audit",
        "/audit/kinds",
        "/audit.csv",
        "/audit/anchor?day=2026-11-22",
        f"/patients/{patient.pk}/accesses",
    ):
        assert browser.get(f"/api{path}").json()["code"] == "refused"


def test_a_search_by_person_finds_what_was_done_for_them_too(search, nurse, doctor, secretary):
    audit.record(nurse, "task.claimed")
    audit._insert(
        [
            audit._entry(
                doctor,
                organisation_id=doctor.organisation_id,
                kind="task.released",
                subject_kind="",
                subject_id=None,
                patient_id=None,
                on_behalf_of_id=nurse.pk,
                detail={},
            )
        ]
    )
    audit.record(secretary, "task.created")
    found = search(person=str(nurse.pk))
    assert kinds(found)[:2] == ["task.released", "task.claimed"]
    assert (found[0]["who"]["name"], found[0]["on_behalf_of"]["name"]) == ("Dr Claire Roux", "Awa Diallo")
    assert "task.created" not in kinds(found)


def test_days_are_those_of_the_centre_and_both_are_included(search, nurse, monkeypatch):
    at = clock.now().replace(year=2026, month=1, day=31, hour=23, minute=30)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        audit.record(nurse, "task.claimed")
    inside = {"from": "2026-02-01", "until": "2026-02-01"}
    assert kinds(search(**inside)) == ["task.claimed"]
    assert search(**{"from": "2026-01-01", "until": "2026-01-31"}) == []


@pytest.mark.parametrize("words", ["claimed", "pris une tâche", "PRIS UNE TACHE", "diallo", "203.0.113", "Lyon"])
def test_words_are_looked_for_in_what_is_said_who_acted_and_from_where(search, nurse, words):
    nurse.address = "203.0.113.9"
    audit.record(nurse, "task.claimed", detail={"changes": {"city": ["Lyon", "Paris"]}})
    assert "task.claimed" in kinds(search(q=words))


def test_other_words_find_nothing_and_old_entries_need_a_day(search, nurse, monkeypatch):
    now = clock.now()
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: now - timedelta(days=200))
        audit.record(nurse, "task.claimed")
    assert search(q="zzzz") == []
    assert "task.claimed" not in kinds(search(q="pris une tâche"))
    assert "task.claimed" in kinds(search(q="pris une tâche", **{"from": str((now - timedelta(days=300)).date())}))


def test_what_changed_is_shown_from_before_to_after_and_what_is_private_only_named(search, client_of, nurse, secretary):
    audit.record(
        nurse,
        "task.changed",
        detail={
            "changes": audit.changes(
                {"due_on": clock.today().replace(2026, 1, 2), "note": "ici", "assignee": None, "email_consent": False},
                {
                    "due_on": clock.today().replace(2026, 1, 3),
                    "note": "là",
                    "assignee": secretary,
                    "email_consent": True,
                },
            )
        },
    )
    [line] = search(kind="task.changed")
    assert line["changes"] == [
        {"field": "Pour", "before": "", "after": "Martine Dubois", "withheld": False},
        {"field": "Échéance", "before": "02/01/2026", "after": "03/01/2026", "withheld": False},
        {"field": "Accord pour les e-mails", "before": "non", "after": "oui", "withheld": False},
        {"field": "Note", "before": "", "after": "", "withheld": True},
    ]
    assert "ici" not in str(Entry.objects.get(kind="task.changed").detail)


@pytest.fixture
def moved_to_lyon(nurse, patient):
    """An entry about the patient that tells where they live."""
    detail = {"changes": {"city": ["Tours", "Lyon"], "note": None}}
    audit.record(nurse, "patient.changed", patient, patient=patient.pk, detail=detail)
    return patient


def test_who_may_not_identify_a_patient_reads_which_fields_changed_and_no_value(
    client_of, administrator, search, moved_to_lyon
):
    [line] = search(kind="patient.changed")
    assert line["changes"] == [
        {"field": "Ville", "before": "", "after": "", "withheld": True},
        {"field": "Note", "before": "", "after": "", "withheld": True},
    ]
    browser = client_of(administrator)
    accesses = f"/api/patients/{moved_to_lyon.pk}/accesses"
    for path in ("/api/audit", "/api/audit.csv", accesses, f"{accesses}.csv"):
        text = browser.get(path).content.decode()
        assert "Ville" in text
        assert "Lyon" not in text
        assert "Tours" not in text


def test_who_may_identify_them_reads_the_values(client_of, reader, moved_to_lyon):
    for path in ("/api/audit", f"/api/patients/{moved_to_lyon.pk}/accesses.csv"):
        assert "Lyon" in client_of(reader).get(path).content.decode()


def test_words_are_looked_for_in_what_changed_about_a_patient_only_for_who_may_identify_them(
    client_of, reader, search, moved_to_lyon
):
    assert search(q="Lyon") == []
    assert kinds(search(q="diallo", kind="patient.changed")) == ["patient.changed"]
    assert kinds(client_of(reader).get("/api/audit", q="Lyon").json()["items"]) == ["patient.changed"]


@pytest.mark.parametrize("detail", [{"changes": ["Ville : Lyon"]}, {"changes": {"city": ["Tours", "Lyon"]}}])
def test_a_detail_without_its_values_still_names_what_changed(detail):
    assert "Lyon" in str([notes_in(detail), changes_in(detail)])
    bare = without_values({**detail, "reason": "urgence", "fields": ["city"]})
    assert "Lyon" not in str([notes_in(bare), changes_in(bare)])
    assert notes_in(bare) == ["motif : urgence"]
    assert [change.field for change in changes_in(bare)] == ["Ville"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_an_entry_may_say_of_itself_can_be_said(language):
    with translation.override(language):
        for name in NOTES:
            [note] = notes_in({name: "12"})
            assert "12" in note
    assert notes_in({"found": 0, "unknown": "x", "token": ""}) == ["0 résultat(s)"]


def test_the_pages_lose_nothing_between_them(client_of, administrator, nurse, patient):
    before = Entry.objects.filter(patient_id=patient.pk).count()
    audit.record(nurse, "patient.read", patient, patient=patient.pk)
    audit.record_many(audit.Act(nurse, "message.posted", "messaging.message", uuid7(), patient.pk) for _ in range(80))
    audit.record(nurse, "patient.read", patient, patient=patient.pk)
    browser = client_of(administrator)
    first = browser.get(f"/api/patients/{patient.pk}/accesses").json()
    second = browser.get(f"/api/patients/{patient.pk}/accesses", before=first["next"]).json()
    assert (first["items"][0]["kind"], second["next"]) == ("access_log.read", None)
    assert len({item["id"] for item in first["items"] + second["items"]}) == before + 83


def test_a_page_takes_the_same_queries_however_many_lines(
    client_of, administrator, nurse, doctor, django_assert_max_num_queries
):
    for who in (nurse, doctor) * 30:
        audit.record(who, "task.claimed")
    browser = client_of(administrator)
    with django_assert_max_num_queries(14):
        assert len(browser.get("/api/audit").json()["items"]) == 50


def test_looking_into_the_log_is_in_the_log_once_in_a_while(search, administrator, patient):
    for _ in range(3):
        search(patient=str(patient.pk))
    assert Entry.objects.filter(kind="access_log.searched", actor_id=administrator.pk).count() == 1


def test_looking_for_another_patient_meanwhile_leaves_its_own_line(search, administrator, centre, patient):
    other = make_patient(centre, "Lefèvre", "Thérèse")
    for asked in ({"patient": patient.pk}, {"patient": other.pk}, {}, {"patient": patient.pk}, {}):
        search(**asked)
    searched = Entry.objects.filter(kind="access_log.searched", actor_id=administrator.pk)
    assert list(searched.order_by("at").values_list("patient_id", flat=True)) == [patient.pk, other.pk, None]


@pytest.mark.parametrize("name", ["Durand Marie", "marie DURAND", "durand marie"])
def test_a_patient_who_asks_is_found_by_full_name_and_birth_date(client_of, administrator, patient, name):
    found = client_of(administrator).get("/api/audit/patient", name=name, born="1957-03-12")
    assert found.json()["id"] == str(patient.pk)
    assert Entry.objects.filter(kind="patient.searched", patient_id=patient.pk, actor_id=administrator.pk).exists()


@pytest.mark.parametrize(
    ("name", "born"),
    [("Durand", "1957-03-12"), ("Marie", "1957-03-12"), ("Durand Marie", "1957-03-13"), ("Dur Mar", "1957-03-12")],
)
def test_a_part_of_a_name_or_another_day_finds_nobody(client_of, administrator, patient, name, born):
    assert client_of(administrator).get("/api/audit/patient", name=name, born=born).status_code == 404
    assert Entry.objects.filter(kind="patient.searched", detail={"found": 0}).count() == 1


def test_nobody_of_another_centre_is_found(client_of, stranger, patient):
    Role.objects.filter(organisation_id=stranger.organisation_id, code="medecin").update(rights=["audit.read"])
    who = type(stranger).objects.get(pk=stranger.pk)
    assert client_of(who).get("/api/audit/patient", name="Durand Marie", born="1957-03-12").status_code == 404
    assert client_of(who).get(f"/api/patients/{patient.pk}/accesses").status_code == 404


def test_the_log_of_a_patient_is_neither_known_nor_read_without_the_right(client_of, doctor, outsider, patient):
    assert client_of(doctor).get(f"/api/patients/{patient.pk}/accesses").status_code == 403
    assert client_of(outsider).get(f"/api/patients/{patient.pk}/accesses").status_code == 404


def test_a_clinician_of_the_circle_hands_the_patient_a_document_in_french(client_of, reader, nurse, patient):
    client_of(nurse).get(f"/api/patients/{patient.pk}")
    reader.language = "en"
    reader.save()
    answer = client_of(reader).get(f"/api/patients/{patient.pk}/accesses.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"Inter" in answer.content
    entry = Entry.objects.get(kind="access_log.exported")
    assert (entry.patient_id, entry.actor_id) == (patient.pk, reader.pk)


def test_the_spreadsheet_names_everybody_and_computes_nothing(client_of, reader, nurse, patient):
    nurse.family_name = "=HYPERLINK(1)"
    nurse.given_name = "+Awa"
    nurse.save()
    client_of(nurse).get(f"/api/patients/{patient.pk}")
    text = client_of(reader).get(f"/api/patients/{patient.pk}/accesses.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith('"Date et heure";"Personne";')
    assert '"\'+Awa =HYPERLINK(1)";"Infirmière"' in text
    assert "A lu la fiche du patient" in text


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-1", "@sum", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell):
    assert safe(cell) == f"'{cell}"
    assert safe("Durand") == "Durand"


def test_the_file_of_a_search_holds_what_the_search_found(client_of, administrator, nurse, doctor):
    audit.record(nurse, "task.claimed")
    audit.record(doctor, "task.released")
    answer = client_of(administrator).get("/api/audit.csv", kind="task.claimed")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    text = answer.content.decode("utf-8-sig")
    assert "Awa Diallo" in text
    assert "Claire Roux" not in text
    assert Entry.objects.get(kind="access_log.exported").detail == {"entries": 1}


def test_a_file_asks_who_is_there_again(client_of, administrator, patient, monkeypatch):
    monkeypatch.setattr(settings, "REAUTHENTICATION_MINUTES", 0)
    browser = client_of(administrator)
    for path in (
        "/api/audit.csv",
        f"/api/patients/{patient.pk}/accesses.csv",
        f"/api/patients/{patient.pk}/accesses.pdf",
    ):
        assert browser.get(path).json()["code"] == "reauthentication_required"
    assert not Entry.objects.filter(kind="access_log.exported").exists()


def test_the_administrator_takes_the_anchor_of_a_day(client_of, administrator, centre):
    seal_pending()
    day = clock.today(settings.TIME_ZONE)
    text = client_of(administrator).get("/api/audit/anchor", day=str(day)).content.decode()
    assert Anchor.parse(text).organisation == centre.pk
    assert client_of(administrator).get("/api/audit/anchor", day="2020-01-01").status_code == 404


def test_a_document_holds_every_french_letter_and_a_long_log(nurse, patient):
    from coordination.privacy.access_files import Cover, Document, as_pdf
    from coordination.privacy.access_log import lines

    audit.record_many(audit.Act(nurse, "message.posted", "messaging.message", uuid7(), patient.pk) for _ in range(60))
    shown = lines(nurse, list(Entry.objects.filter(patient_id=patient.pk)))
    cover = Cover("Maison de santé", "ŒUVRÉ Zoë", ", né(e) le 12/03/1957", "22/11/2026 10:00", len(shown), is_cut=True)
    assert BytesIO(as_pdf(shown, cover)).read(4) == b"%PDF"
    known = Document().fonts["inter"].cmap
    assert [letter for letter in "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŸŒÆ’«»–·€\u00a0" if ord(letter) not in known] == []
