"""In demo mode only: the mails that the local catcher kept, to read in a browser."""

import email
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MOST = 200


@dataclass(frozen=True)
class Caught:
    """One mail as a person reads it."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    headers: list[tuple[str, str]]
    text: str


def read(path: Path) -> Caught:
    """One `.eml` file; whatever is in it, something can be shown."""
    mail = email.message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default)
    body = mail.get_body(("plain",))
    date = mail["Date"]
    return Caught(
        name=path.stem,
        to=str(mail["To"] or mail["X-Envelope-To"] or ""),
        subject=str(mail["Subject"] or ""),
        sent_at=getattr(date, "datetime", None),
        headers=[(name, str(value)) for name, value in mail.items()],
        text=body.get_content() if body else "",
    )


def newest_first(folder: Path) -> list[Path]:
    """The files of the mails, by their names, which sort by arrival."""
    return sorted(folder.glob("*.eml"), reverse=True)[:MOST] if folder.is_dir() else []


@require_safe
@never_cache
def list_mails(request: HttpRequest) -> HttpResponse:
    """The latest mails."""
    _only_in_demo()
    mails = [read(path) for path in newest_first(settings.CAUGHT_MAIL)]
    return render(request, "caught_mail/list.html", _context(request) | {"mails": mails})


@require_safe
@never_cache
def show_mail(request: HttpRequest, name: UUID) -> HttpResponse:
    """One mail, with its headers."""
    _only_in_demo()
    path = settings.CAUGHT_MAIL / f"{name}.eml"
    if not path.is_file():
        raise Http404
    return render(request, "caught_mail/mail.html", _context(request) | {"mail": read(path)})


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _context(request: HttpRequest) -> dict[str, object]:
    english = (get_language() or "fr").startswith("en")
    return {"english": english, "nonce": getattr(request, "csp_nonce", "")}
