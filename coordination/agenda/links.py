"""The patient's link: a secret that stands for one appointment; only its digest is kept."""

import secrets

from django.conf import settings

from coordination.accounts.signin import digest
from coordination.agenda.models import AnswerLink, Appointment

SECRET_BYTES = 24


def new_link(appointment: Appointment) -> str:
    """The address of a new link, good until the appointment ends; it is never shown again."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    AnswerLink.objects.create(appointment=appointment, digest=digest(secret), expires_at=appointment.ends_at)
    return f"{settings.PUBLIC_URL}/r/{secret}"


def link_of(secret: str) -> AnswerLink | None:
    """The link a secret stands for, whatever has become of its appointment; None when there never was one."""
    links = AnswerLink.objects.select_related("appointment__organisation", "appointment__site")
    return links.filter(digest=digest(secret)).first()
