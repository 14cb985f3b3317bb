"""What a change of a role means, in words: pure, and in both languages."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coordination.accounts.defaults import DEFAULT_ROLES
from coordination.accounts.rights import SENTENCES, Right
from coordination.base.language import Sentence

HOLDERS = Sentence(fr="Les personnes ayant le rôle « {name} »", en="People with the role “{name}”")
WILL = Sentence(fr="{who} pourront {what}.", en="{who} will be able to {what}.")
WILL_NOT = Sentence(fr="{who} ne pourront plus {what}.", en="{who} will no longer be able to {what}.")
RENAMED = Sentence(
    fr="Le rôle « {before} » s’appellera « {after} ».", en="The role “{before}” will be called “{after}”."
)


@dataclass(frozen=True)
class Granted:
    """A role as it stands at one version: its code never changes."""

    code: str
    name: str
    rights: Collection[str]


def holders(role: Granted) -> Sentence:
    """How those who hold a role are called: "Les secrétaires"; a role that got another name is quoted."""
    known = DEFAULT_ROLES.get(role.code)
    if known and known.name == role.name:
        return known.holders
    return Sentence(fr=HOLDERS.say("fr", name=role.name), en=HOLDERS.say("en", name=role.name))


def explain(before: Granted, after: Granted, language: str | None = None) -> list[str]:
    """Every difference as a sentence: another name, then what is given, then what is taken, in the matrix's order."""
    return list(_sentences(before, after, language))


def _sentences(before: Granted, after: Granted, language: str | None) -> Iterator[str]:
    if before.name != after.name:
        yield RENAMED.say(language, before=before.name, after=after.name)
    who = holders(after).say(language)
    for right in Right:
        if right in after.rights and right not in before.rights:
            yield WILL.say(language, who=who, what=SENTENCES[right].say(language))
    for right in Right:
        if right in before.rights and right not in after.rights:
            yield WILL_NOT.say(language, who=who, what=SENTENCES[right].say(language))
