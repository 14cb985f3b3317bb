"""What was read of the directory, as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """Somebody of the directory; `id` outlives a change of name, of login and of place."""

    id: str
    dn: str
    login: str
    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""
    rpps: str = ""
    label: str = ""


@dataclass(frozen=True)
class Reading:
    """The whole directory at one moment; group DNs are in their normal form."""

    entries: tuple[Entry, ...] = ()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The ids of each group's people."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Entries that lack a login or a name, or are not UTF-8: id → DN. They count as present."""
    referrals: tuple[str, ...] = ()
    """Other servers it points to; they are not asked."""

    def groups_of(self, entry: str) -> Iterator[str]:
        """The groups an entry is in."""
        return (group for group, people in self.groups.items() if entry in people)
