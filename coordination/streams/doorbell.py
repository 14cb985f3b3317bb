"""Telling the other processes that events have committed; what is lost here is found by their sweep."""

from coordination.streams.log import Published


def ring(events: list[Published]) -> None:
    """Publish committed events to every hub; never fails the writer."""
