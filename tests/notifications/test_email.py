"""The mail itself, and the servers it is handed to, some of them hostile or gone."""

from email.headerregistry import Address

import pytest

from notifications.models import Delivery
from notifications.transports.base import TransportError
from notifications.transports.email import BadAddress, Email, Server, compose
from tests.notifications.smtp import Catch, make_certificate, start_clear, start_starttls, start_tls

pytestmark = pytest.mark.django_db


@pytest.fixture
def started():
    """Starts servers and stops them at the end."""
    servers = []

    def start(how, *arguments):
        servers.append(how(*arguments))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def test_the_mail_is_plain_text_neutral_and_says_that_no_person_wrote_it(due):
    delivery = due()
    mail = compose(delivery)
    assert mail.get_content_type() == "text/plain"
    assert {name: str(value) for name, value in mail.items()} == {
        "Message-ID": delivery.message_id,
        "Date": mail["Date"],
        "From": "Maison de santé des Tilleuls <ne-pas-repondre@liaison.example>",
        "To": "marie.durand@example.org",
        "Subject": "Votre rendez-vous",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert mail["Date"].datetime == delivery.created_at.replace(microsecond=0)
    assert mail.as_bytes().isascii()


def test_the_mail_that_arrives_is_the_one_that_was_written(due, catch):
    delivery = due()
    assert Email().send(delivery).detail == "250 OK queued"
    [mail] = catch.mails
    assert mail["From"].addresses[0].display_name == "Maison de santé des Tilleuls"
    assert "Vous avez rendez-vous le lundi 23 novembre 2026 à 14:05." in mail.get_content()


@pytest.mark.parametrize(
    "address",
    ["", "marie", "a@b@c", "x@example.org\nBcc: y@example.org", "x@example.org, y@example.org", "hé@example.org"],
)
def test_an_address_that_is_not_one_is_a_permanent_failure(due, catch, address):
    with pytest.raises(TransportError) as failure:
        Email().send(due(address=address))
    assert failure.value.permanent
    assert catch.mails == []


def test_tls_is_verified_with_our_own_authority(due, started, tmp_path):
    catch, certificate = Catch(), make_certificate(tmp_path)
    port = started(start_tls, catch, certificate).port
    Email(Server.from_url(f"smtps://127.0.0.1:{port}?ca={certificate.public}")).send(due())
    assert (len(catch.mails), catch.over_tls) == (1, [True])


def test_ssl_cert_file_names_the_authorities_too(due, started, tmp_path, monkeypatch):
    catch, certificate = Catch(), make_certificate(tmp_path)
    port = started(start_tls, catch, certificate).port
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.public))
    Email(Server.from_url(f"smtps://127.0.0.1:{port}")).send(due())
    assert len(catch.mails) == 1


@pytest.mark.parametrize(
    ("host", "expired", "trusted"),
    [("127.0.0.1", False, False), ("127.0.0.1", True, True), ("elsewhere.example", False, True)],
)
def test_an_unknown_expired_or_foreign_certificate_stops_the_mail(due, started, tmp_path, host, expired, trusted):
    catch, certificate = Catch(), make_certificate(tmp_path, host=host, expired=expired)
    port = started(start_tls, catch, certificate).port
    authority = f"?ca={certificate.public}" if trusted else ""
    with pytest.raises(TransportError) as failure:
        Email(Server.from_url(f"smtps://127.0.0.1:{port}{authority}")).send(due())
    assert (failure.value.permanent, catch.mails) == (False, [])


def test_starttls_and_a_password(due, started, tmp_path):
    catch, certificate = Catch(), make_certificate(tmp_path)
    port = started(start_starttls, catch, certificate).port
    url = f"smtp+starttls://liaison:s3cret%2F%40@127.0.0.1:{port}?ca={certificate.public}"
    Email(Server.from_url(url)).send(due())
    assert catch.over_tls == [True]


def test_a_wrong_password_is_tried_again_later(due, started, tmp_path):
    catch, certificate = Catch(), make_certificate(tmp_path)
    port = started(start_starttls, catch, certificate).port
    # the server of the tests falls silent at the second way to sign in
    address = f"smtp+starttls://liaison:no@127.0.0.1:{port}?ca={certificate.public}&timeout=2"
    with pytest.raises(TransportError) as failure:
        Email(Server.from_url(address)).send(due())
    assert not failure.value.permanent


def test_a_server_without_starttls_never_gets_the_mail_in_clear(due, started):
    catch = Catch()
    port = started(start_clear, catch).port
    with pytest.raises(TransportError) as failure:
        Email(Server.from_url(f"smtp+starttls://127.0.0.1:{port}")).send(due())
    assert (failure.value.permanent, catch.mails) == (False, [])


def test_a_server_that_is_gone_is_a_temporary_failure(due, started):
    server = start_clear(Catch())
    server.stop()
    with pytest.raises(TransportError) as failure:
        Email(Server.from_url(f"smtp://127.0.0.1:{server.port}")).send(due())
    assert (failure.value.permanent, failure.value.perhaps_accepted, failure.value.unreachable) == (False, False, True)


def test_a_missing_file_of_authorities_is_a_temporary_failure(due, tmp_path):
    with pytest.raises(TransportError) as failure:
        Email(Server.from_url(f"smtps://127.0.0.1:1?ca={tmp_path / 'none.pem'}")).send(due())
    assert not failure.value.permanent


@pytest.mark.parametrize(("answer", "permanent"), [("552 too large", True), ("452 no room", False)])
def test_a_refused_content_is_permanent_or_not_as_the_server_says(due, catch, answer, permanent):
    catch.answer = answer
    with pytest.raises(TransportError, match=answer) as failure:
        Email().send(due())
    assert (failure.value.permanent, failure.value.perhaps_accepted) == (permanent, False)


def test_an_answer_that_cannot_be_read_leaves_the_next_attempt_marked_as_a_possible_repeat(due, catch):
    from notifications.jobs import send_due

    catch.answer = "drop"
    delivery = due()
    send_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.possible_repeat, len(catch.mails)) == (Delivery.Status.DUE, True, 1)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail", Server("mail", 25, "none")),
        ("smtp+starttls://mail", Server("mail", 587, "starttls")),
        ("smtps://me:a%40b@mail:2465?ca=/c.pem&timeout=3", Server("mail", 2465, "tls", "me", "a@b", "/c.pem", 3.0)),
    ],
)
def test_the_address_of_a_server_says_how_to_reach_it(url, server):
    assert Server.from_url(url) == server


@pytest.mark.parametrize(
    "url", ["", "mail:25", "http://mail", "smtp://", "smtp://me:secret@mail", "smtps://mail:99999"]
)
def test_an_address_that_cannot_be_used_is_refused(url):
    with pytest.raises(BadAddress):
        Server.from_url(url)


def test_the_sender_is_named_by_its_alias_whatever_is_in_it(due):
    from tests.notifications.conftest import VALUES

    mail = compose(due(values=VALUES | {"structure_alias": 'L"Orme, (sud); \\ 3'}))
    assert mail["From"].addresses == (Address('L"Orme, (sud); \\ 3', addr_spec="ne-pas-repondre@liaison.example"),)


def test_a_bad_email_url_is_found_at_start(settings):
    from notifications.apps import mail_can_be_handed_over

    assert mail_can_be_handed_over() == []
    settings.EMAIL_URL = "smtp://me:secret@mail"
    assert [str(found.msg) for found in mail_can_be_handed_over()] == [
        "EMAIL_URL: a password is only sent over smtp+starttls:// or smtps://"
    ]
