"""How the centre's directory is reached; from the environment, see `docs/directory.md`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Directory:
    """One LDAP server, and where its people and groups are."""

    url: str
    people: str
    groups: str
    bind_dn: str = ""
    password: str = field(default="", repr=False)
    start_tls: bool = False
    ca: str = ""
    login: str = "uid"
    filter: str = "(objectClass=person)"
    member: str = "member"
    rpps: str = ""
    timeout: int = 5
    page: int = 500
    brake: int = 20

    def __post_init__(self) -> None:
        """A name without a password is an anonymous bind, which a directory lets pass as if it were the account's."""
        if self.bind_dn and not self.password:
            raise SystemExit("liaison: LDAP_PASSWORD: is empty, and LDAP_BIND_DN names an account that needs one")

    @property
    def members_are_logins(self) -> bool:
        """Whether groups name their members by login (RFC 2307) rather than by DN."""
        return self.member.lower() == "memberuid"
