"""One file per way of reaching someone."""

from notifications.transports.base import Transport


def transport_of(channel: str) -> Transport:
    """The transport of a channel, made from the settings of this moment."""
    from notifications.transports.email import Email

    transports: dict[str, type[Transport]] = {"email": Email}
    return transports[channel]()
