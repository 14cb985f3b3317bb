"""A browser in words: "Firefox sur Windows"."""

from ua_parser import parse

from coordination.base.language import Sentence

_FULL = Sentence(fr="{browser} sur {system}", en="{browser} on {system}")
_UNKNOWN = Sentence(fr="Appareil inconnu", en="Unknown device")


def device_of(user_agent: str) -> Sentence:
    """What the browser says that it is."""
    found = parse(user_agent)
    browser, system = (part.family if part else "" for part in (found.user_agent, found.os))
    if not browser or not system:
        return Sentence(fr=known, en=known) if (known := browser or system) else _UNKNOWN
    said = {"browser": browser.replace("{", "").replace("}", ""), "system": system.replace("{", "").replace("}", "")}
    return Sentence(fr=_FULL.say("fr", **said), en=_FULL.say("en", **said))
