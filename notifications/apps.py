from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class NotificationsConfig(AppConfig):
    name = "notifications"
    label = "notifications"

    def ready(self) -> None:
        register(mail_can_be_handed_over)


def mail_can_be_handed_over(**_: Any) -> list[CheckMessage]:
    """A system check: `EMAIL_URL` is refused at start, not at the first mail."""
    from django.conf import settings

    from notifications.transports.email import BadAddress, Server

    try:
        Server.from_url(settings.EMAIL_URL)
    except BadAddress as error:
        return [Error(f"EMAIL_URL: {error}", id="notifications.E001")]
    return []
