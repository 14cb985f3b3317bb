"""One patient's story, merged from what each package keeps."""

from collections.abc import Collection

from coordination.timeline.cursor import Cursor
from coordination.timeline.schemas import StoryEntry
from coordination.timeline.sources import SOURCES, Asked

PAGE = 50


def tell(asked: Asked, kinds: Collection[str]) -> tuple[list[StoryEntry], str | None]:
    """The latest entries before a place, newest first, and the place from which to ask on; null at the beginning.

    One reader per kind: the number of queries does not grow with the story.
    """
    found = [entry for kind in SOURCES if kind in kinds for entry in SOURCES[kind](asked)]
    found.sort(key=place_of, reverse=True)
    shown = found[: asked.limit]
    return shown, str(place_of(shown[-1])) if len(found) > asked.limit else None


def place_of(entry: StoryEntry) -> Cursor:
    """Where an entry stands in the story."""
    return Cursor(entry.at, entry.kind, entry.id)
