"""The protocols that this Liaison knows: loaded from a file, version by version, and read back."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from coordination.audit import actions as audit
from coordination.base.action import action
from coordination.protocols.definitions import ProtocolDefinition, read_library
from coordination.protocols.errors import OtherText
from coordination.protocols.models import ProtocolVersion

PACKAGED = Path(__file__).parent / "data" / "protocols.yaml"


@dataclass(frozen=True)
class Loaded:
    """What a load did: the versions of the file, how many of them were new, and their steps."""

    protocols: int
    added: int
    steps: int


@action
def load_library(path: Path = PACKAGED) -> Loaded:
    """Add the versions of a file that are not there yet; all of them or none.

    Raises `DefinitionError` when the file does not fit its schema, `OtherText` when it gives a known version another
    text. A version is current until a later load brings another one; plans keep the version they began with.
    """
    definitions = read_library(path)
    added = sum(add_version(definition, source=path.name) for definition in definitions)
    return Loaded(len(definitions), added, sum(len(definition.steps) for definition in definitions))


def add_version(definition: ProtocolDefinition, *, source: str) -> bool:
    """Make a version the current one; false when it is already loaded, `OtherText` when it was another text."""
    text = definition.model_dump(mode="json", by_alias=True)
    known = ProtocolVersion.objects.filter(code=definition.id, version=definition.version).first()
    if known is not None:
        if known.digest != digest_of(text):
            raise OtherText(
                f"{source}: protocol {definition.id}: version {definition.version} is already loaded with another "
                "text; give the new text a new version"
            )
        return False
    ProtocolVersion.objects.filter(code=definition.id, current=True).update(current=False)
    version = ProtocolVersion.objects.create(
        code=definition.id,
        version=definition.version,
        title=definition.title,
        definition=text,
        digest=digest_of(text),
    )
    audit.record(None, "protocol.loaded", version, detail={"code": version.code, "version": version.version})
    return True


def digest_of(text: dict[str, Any]) -> str:
    """SHA-256 of a definition, whatever the order of its keys."""
    return hashlib.sha256(orjson.dumps(text, option=orjson.OPT_SORT_KEYS)).hexdigest()


def definition_of(version: ProtocolVersion) -> ProtocolDefinition:
    """The definition of a version, parsed once per process: a version never changes."""
    return _parsed(version.pk, version.digest, orjson.dumps(version.definition))


@lru_cache(maxsize=256)
def _parsed(version: UUID, digest: str, text: bytes) -> ProtocolDefinition:
    return ProtocolDefinition.model_validate_json(text)
