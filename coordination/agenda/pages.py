"""The page a patient opens from a mail, without an account: when, where, whom to call, and two answers.

Whoever holds the link may answer about this one appointment, so the page says nothing about the person or their
health, sets no cookie, and reading it changes nothing. The secret in the address is what a CSRF token would be: another
site cannot post to an address it does not know, and `no-referrer` keeps it from learning it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coordination.agenda import actions, mails
from coordination.agenda.errors import AppointmentChanged, LinkGone
from coordination.agenda.links import link_of
from coordination.agenda.models import AnswerLink, Appointment
from coordination.agenda.rules import is_to_come
from coordination.base import clock
from coordination.base.language import Sentence
from notifications.templates import in_words

TITLE = Sentence(fr="Votre rendez-vous", en="Your appointment")
WHEN = Sentence(fr="{day} à {hour}", en="{day} at {hour}")
CONFIRMED = Sentence(fr="C’est confirmé, merci. À bientôt.", en="It is confirmed, thank you. See you soon.")
MOVED = Sentence(
    fr="L’horaire a changé depuis l’ouverture de cette page. Le voici : merci de répondre à nouveau.",
    en="The time has changed since this page was opened. Here it is: please answer again.",
)
WORDS = {
    "confirm": Sentence(fr="Je viendrai", en="I will come"),
    "cannot": Sentence(fr="Je ne peux pas venir", en="I cannot come"),
    "cannot_text": Sentence(
        fr="Prévenir nous aide à proposer ce moment à quelqu’un d’autre. Cette annulation est définitive.",
        en="Telling us lets someone else have this time. Cancelling cannot be taken back here.",
    ),
    "cancel": Sentence(fr="Annuler ce rendez-vous", en="Cancel this appointment"),
    "phone": Sentence(fr="Une question ? Appelez le", en="A question? Call"),
}
CANCELLED = (
    Sentence(fr="Ce rendez-vous est annulé", en="This appointment is cancelled"),
    Sentence(
        fr="Il n’y a rien d’autre à faire. Pour convenir d’un autre moment, appelez-nous.",
        en="There is nothing else to do. To find another time, please call us.",
    ),
)
PAST = (
    Sentence(fr="Ce lien n’est plus utilisable", en="This link can no longer be used"),
    Sentence(
        fr="Le moment de répondre est passé. Pour toute question, appelez-nous.",
        en="The time to answer has passed. For any question, please call us.",
    ),
)
UNKNOWN = (
    Sentence(fr="Ce lien n’est pas valable", en="This link is not valid"),
    Sentence(
        fr="Vérifiez qu’il a été copié en entier, ou utilisez le numéro de téléphone indiqué dans votre message.",
        en="Check that it was copied in full, or use the phone number in your message.",
    ),
)
_POLICY = "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the appointment of a link, or take the answer; 404 for an unknown link, 410 for one that has served."""
    link = link_of(secret)
    if link is None:
        return _gone(request, None, UNKNOWN, status=404)
    if request.method == "POST":
        return _take(request, link)
    return _show(request, link)


def _take(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """Do what was answered, then show it by a redirect, so that a reload answers nothing again."""
    said, version = request.POST.get("answer"), request.POST.get("version", "")
    if said not in {"confirm", "cancel"} or not (version.isascii() and version.isdigit() and len(version) < 9):
        return _show(request, link, status=400)
    try:
        actions.answer(link, confirms=said == "confirm", version=int(version))
    except AppointmentChanged:
        link.appointment.refresh_from_db()
        return _show(request, link, note=MOVED, status=409)
    except LinkGone:
        link.appointment.refresh_from_db()
        return _show(request, link)
    return _sealed(request, HttpResponseRedirect(request.path, status=303))


def _show(request: HttpRequest, link: AnswerLink, *, note: Sentence | None = None, status: int = 200) -> HttpResponse:
    appointment = link.appointment
    if appointment.status == Appointment.Status.CANCELLED:
        return _gone(request, appointment, CANCELLED, status=410)
    if not is_to_come(appointment) or link.expires_at <= clock.now():
        return _gone(request, appointment, PAST, status=410)
    confirmed = appointment.status == Appointment.Status.CONFIRMED
    said = note or (CONFIRMED if confirmed else None)
    shown = _of(appointment) | {
        "title": TITLE.say(),
        "note": said and said.say(),
        "confirmed": confirmed,
        "version": appointment.told_version,
    }
    return _page(request, "agenda/answer.html", shown, status=status)


def _gone(
    request: HttpRequest, appointment: Appointment | None, why: tuple[Sentence, Sentence], *, status: int
) -> HttpResponse:
    """Nothing to answer: the reason, kindly, and the phone number when there is one to give."""
    place = _of(appointment) if appointment else {}
    shown = {"title": why[0].say(), "text": why[1].say(), "alias": place.get("alias"), "phone": place.get("phone")}
    return _page(request, "agenda/gone.html", shown, status=status)


def _of(appointment: Appointment) -> dict[str, Any]:
    """Everything about an appointment that may be shown: the very values that the mail may carry."""
    values = mails.values_of(appointment)
    day = in_words(appointment.wall_start.date(), get_language() or "fr")
    return {
        "alias": values["structure_alias"],
        "phone": values["telephone"],
        "where": values["adresse"],
        "when": WHEN.say(day=day[0].upper() + day[1:], hour=values["heure"]),
    }


def _page(request: HttpRequest, template: str, shown: dict[str, Any], *, status: int) -> HttpResponse:
    phone = str(shown.get("phone") or "")
    context = shown | {
        "language": "en" if (get_language() or "fr").startswith("en") else "fr",
        "words": {name: sentence.say() for name, sentence in WORDS.items()},
        "nonce": _nonce(request),
        "dial": "".join(letter for letter in phone if letter.isdigit() or letter == "+"),
    }
    return _sealed(request, render(request, template, context, status=status))


def _nonce(request: HttpRequest) -> str:
    return str(getattr(request, "csp_nonce", ""))


def _sealed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Kept nowhere, indexed by no one, and its address told to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Security-Policy"] = _POLICY.format(nonce=_nonce(request))
    return response
