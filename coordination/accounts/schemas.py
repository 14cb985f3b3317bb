"""How people, teams and sessions are shown: the same shape over HTTP and in events."""

from typing import Any
from uuid import UUID

from ninja import Field, Schema

from coordination.accounts.models import Person


class PersonRef(Schema):
    """A colleague as every list names them; made from a `Person`."""

    id: UUID
    name: str = Field(description="Dr Claire Roux")
    short: str = Field(description="Dr Roux, Awa D.")
    profession: str = Field(description="as a person says it: Infirmière")
    initials: str

    @staticmethod
    def resolve_name(obj: Any) -> Any:
        return obj.display_name if isinstance(obj, Person) else _own(obj, "name")

    @staticmethod
    def resolve_short(obj: Any) -> Any:
        return obj.short_name if isinstance(obj, Person) else _own(obj, "short")

    @staticmethod
    def resolve_profession(obj: Any) -> Any:
        return obj.profession_label if isinstance(obj, Person) else _own(obj, "profession")


def _own(obj: Any, name: str) -> Any:
    """The value of an object that already has the shape: a schema or a mapping."""
    return obj[name] if isinstance(obj, dict) else getattr(obj, name)


def person_ref(person: Person) -> PersonRef:
    """The reference to a person, for payloads built by hand."""
    return PersonRef.model_construct(
        id=person.pk,
        name=person.display_name,
        short=person.short_name,
        profession=person.profession_label,
        initials=person.initials,
    )


class Named(Schema):
    """Something known by an id and a name: an organisation, a team, a queue."""

    id: UUID
    name: str
