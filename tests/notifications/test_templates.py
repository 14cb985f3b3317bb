"""Only neutral words leave, whoever asks and whatever they put in."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.base.text import words
from notifications.errors import NotAllowedOut
from notifications.templates import SHAPES, TEMPLATES, in_words, render
from tests.notifications.conftest import VALUES

HEALTH_WORDS = {
    *("addiction", "allergie", "analyse", "biologie", "cancer", "cardiologie", "chimiotherapie", "consultation"),
    *("dentiste", "depistage", "depression", "diabete", "diagnostic", "dialyse", "docteur", "examen", "glycemie"),
    *("grossesse", "hba1c", "hiv", "infirmier", "infirmiere", "maladie", "medecin", "medicament", "medical", "mental"),
    *("oncologie", "ordonnance", "pathologie", "patient", "pharmacien", "podologue", "protocole", "psychiatrie"),
    *("psychologue", "radiologie", "resultat", "sante", "sida", "soin", "soins", "suivi", "traitement", "vaccin"),
    *("vih", "appointment_type", "diagnosis", "disease", "doctor", "health", "illness", "nurse", "result", "screening"),
    *("therapy", "treatment", "vaccine", "care"),
}
IDENTITY = {"nom", "prenom", "name", "naissance", "birth", "sexe", "matricule", "ins", "nir", "monsieur", "madame"}


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_template_has_a_word_of_health_or_identity(name, language):
    template = TEMPLATES[name]
    texts = [template.subject, *template.lines]
    said = words(" ".join(text.en if language == "en" else text.fr for text in texts))
    assert not (HEALTH_WORDS | IDENTITY) & set(said)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_places_for_logistics_only(name):
    assert TEMPLATES[name].allowed <= {"structure_alias", "date", "heure", "adresse", "telephone", "lien"}
    assert TEMPLATES[name].required <= TEMPLATES[name].allowed
    for line in TEMPLATES[name].lines:
        assert sorted(re.findall(r"{\w+}", line.fr)) == sorted(re.findall(r"{\w+}", line.en))


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_subject_says_nothing_of_anyone(name, language):
    fitting = {field: value for field, value in VALUES.items() if field in TEMPLATES[name].allowed}
    others = {field: value.replace("2", "1").replace("Maison", "Centre") for field, value in fitting.items()}
    assert render(name, language, fitting).subject == render(name, language, others).subject


@given(
    name=st.sampled_from(sorted(TEMPLATES)),
    extra=st.dictionaries(
        st.sampled_from(["patient", "nom", "motif", "type", "note", "diagnostic", "birth_date", "subject", "body"])
        | st.text(max_size=12),
        st.text(max_size=40),
        min_size=1,
        max_size=3,
    ).filter(lambda extra: not set(extra) <= set(SHAPES)),
)
def test_a_value_with_no_place_in_the_text_is_refused(name, extra):
    fitting = {field: value for field, value in VALUES.items() if field in TEMPLATES[name].allowed}
    with pytest.raises(NotAllowedOut):
        render(name, "fr", extra | fitting)


@given(
    value=st.text(max_size=60) | st.sampled_from(["diabète", "DURAND Marie", "1957-03-12\nBcc: x@y.z", "2026-02-30"])
)
def test_a_day_an_hour_a_number_or_a_link_cannot_carry_words(value):
    for field in ("date", "heure", "telephone", "lien"):
        try:
            text = render("appointment_booked", "fr", VALUES | {field: value})
        except NotAllowedOut:
            continue
        assert not re.search(r"[^\W\d_]", value) or field == "lien"
        assert "diab" not in text.body.lower()


@given(value=st.text(max_size=80))
def test_a_place_cannot_add_lines_headers_or_links(value):
    try:
        text = render("appointment_booked", "fr", VALUES | {"adresse": value, "structure_alias": value})
    except NotAllowedOut:
        return
    neutral = render("appointment_booked", "fr", VALUES)
    assert text.subject == neutral.subject
    assert len(text.body.splitlines()) <= len(neutral.body.splitlines())
    assert "@" not in value


@pytest.mark.parametrize(
    "link",
    ["https://evil.example/r/abc", "http://localhost:8000.evil.example/r/abc", "http://localhost:8000/r/a?dx=diabete"],
)
def test_a_link_leads_to_liaison_and_nowhere_else(link):
    with pytest.raises(NotAllowedOut):
        render("appointment_booked", "fr", VALUES | {"lien": link})


def test_a_confirmation_reads_as_a_person_would_write_it():
    assert render("appointment_booked", "fr", VALUES).body == (
        "Bonjour,\n"
        "\n"
        "Vous avez rendez-vous le lundi 23 novembre 2026 à 14:05.\n"
        "Lieu : 12 rue des Tilleuls, Tours\n"
        "\n"
        "Pour confirmer ou annuler : http://localhost:8000/r/abcDEF123\n"
        "\n"
        "Maison de santé des Tilleuls\n"
        "Téléphone : 02 47 00 00 00\n"
        "\n"
        "Ce message est automatique : merci de ne pas y répondre.\n"
    )


def test_the_same_confirmation_in_english():
    text = render("appointment_booked", "en", VALUES)
    assert text.subject == "Your appointment"
    assert "on Monday 23 November 2026 at 14:05." in text.body


def test_a_line_whose_value_is_empty_is_left_out():
    assert "Téléphone" not in render("appointment_booked", "fr", VALUES | {"telephone": ""}).body


def test_the_first_of_a_month_is_said_as_in_french():
    assert in_words(date(2026, 12, 1), "fr") == "mardi 1er décembre 2026"
    assert in_words(date(2026, 12, 1), "en") == "Tuesday 1 December 2026"
