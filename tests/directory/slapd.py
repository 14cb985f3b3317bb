"""A real OpenLDAP server in a folder of its own, with 5,000 people loaded before it starts."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import ldap
from ldap.modlist import addModlist

from coordination.accounts.directory.config import Directory
from tests.directory.certificates import Authority
from tests.house.running import eventually, free_port

SUFFIX = "dc=tilleuls,dc=example"
ROOT, ROOT_PASSWORD = f"cn=admin,{SUFFIX}", "root-of-the-tests"
READER, READER_PASSWORD = f"cn=liaison,{SUFFIX}", "reader-of-the-tests"
PASSWORD = "mot-de-passe-é-2026"
MANY = f"ou=many,{SUFFIX}"
MANY_GROUPS = f"ou=many-groups,{SUFFIX}"
EVERYBODY = f"cn=tous,{MANY_GROUPS}"

_CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
TLSCertificateFile {certificate}
TLSCertificateKeyFile {key}
# no password is taken over an unprotected connection
security simple_bind=128
# more than 500 entries only page by page
sizelimit 500
database mdb
maxsize 268435456
dbnosync
suffix "{suffix}"
rootdn "{root}"
rootpw {root_password}
directory {folder}/data
index objectClass,uid,member eq
limits dn.exact="{reader}" size=500 size.prtotal=unlimited
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by * none
"""


@dataclass
class Branch:
    """A part of the tree that one test fills as it likes."""

    slapd: "Slapd"
    base: str
    admin: Any = field(repr=False)

    @property
    def people(self) -> str:
        return f"ou=people,{self.base}"

    @property
    def groups(self) -> str:
        return f"ou=groups,{self.base}"

    def add_person(self, login: str, given: str, family: str, **more: Any) -> str:
        """Somebody with the common password; their DN."""
        dn = f"uid={login},{self.people}"
        said = {"uid": login, "cn": f"{given} {family}", "sn": family, "givenName": given, "userPassword": PASSWORD}
        self.add(dn, objectClass="inetOrgPerson", **said | more)
        return dn

    def add_group(self, name: str, *members: str) -> str:
        dn = f"cn={name},{self.groups}"
        self.add(dn, objectClass="groupOfNames", cn=name, member=list(members))
        return dn

    def add(self, dn: str, **attributes: Any) -> None:
        self.admin.add_s(dn, addModlist({name: _bytes(value) for name, value in attributes.items()}))

    def delete(self, dn: str) -> None:
        self.admin.delete_s(dn)

    def replace(self, dn: str, name: str, *values: str | bytes) -> None:
        self.admin.modify_s(dn, [(ldap.MOD_REPLACE, name, _bytes(list(values)))])

    def directory(self, **more: Any) -> Directory:
        return self.slapd.directory(**{"people": self.people, "groups": self.groups} | more)


def _bytes(value: Any) -> list[bytes]:
    values = value if isinstance(value, list) else [value]
    return [one if isinstance(one, bytes) else one.encode() for one in values]


@dataclass
class Slapd:
    """One server; its certificate is for 127.0.0.1 only."""

    folder: Path
    authority: Authority
    port: int
    tls_port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, folder: Path, *, many: int) -> "Slapd":
        """Load `many` people offline, then answer."""
        authority = Authority(folder / "keys")
        certificate, key = authority.issue("127.0.0.1")
        (folder / "data").mkdir()
        configuration = folder / "slapd.conf"
        configuration.write_text(
            _CONFIGURATION.format(
                folder=folder,
                certificate=certificate,
                key=key,
                suffix=SUFFIX,
                root=ROOT,
                root_password=ROOT_PASSWORD,
                reader=READER,
            )
        )
        load = ["/usr/sbin/slapadd", "-q", "-f", str(configuration)]
        subprocess.run(load, input="\n".join(_ldif(many)).encode(), check=True, capture_output=True)
        port, tls_port = free_port(), free_port()
        addresses = f"ldap://127.0.0.1:{port} ldaps://127.0.0.1:{tls_port}"
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                ["/usr/sbin/slapd", "-d", "0", "-f", str(configuration), "-h", addresses],
                stdout=log,
                stderr=log,
            )
        slapd = cls(folder, authority, port, tls_port, process)
        eventually(slapd._answers)
        return slapd

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "log").read_text()
        with suppress(ldap.SERVER_DOWN):
            self._admin().unbind_s()
            return True
        return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def directory(self, **more: Any) -> Directory:
        """How Liaison is told of it."""
        said = {
            "url": f"ldaps://127.0.0.1:{self.tls_port}",
            "people": MANY,
            "groups": MANY_GROUPS,
            "bind_dn": READER,
            "password": READER_PASSWORD,
            "ca": str(self.authority.ca),
            "rpps": "employeeNumber",
            "timeout": 5,
        }
        return Directory(**said | more)

    def _admin(self) -> Any:
        link = ldap.initialize(f"ldaps://127.0.0.1:{self.tls_port}")
        link.set_option(ldap.OPT_X_TLS_CACERTFILE, str(self.authority.ca))
        link.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
        link.simple_bind_s(ROOT, ROOT_PASSWORD)
        return link

    @contextmanager
    def branch(self) -> Iterator[Branch]:
        """An empty part of the tree with places for people and groups."""
        admin = self._admin()
        branch = Branch(self, f"ou={uuid4().hex[:8]},{SUFFIX}", admin)
        for dn in (branch.base, branch.people, branch.groups):
            branch.add(dn, objectClass="organizationalUnit", ou=dn.split(",")[0].removeprefix("ou="))
        yield branch
        admin.unbind_s()


def _ldif(many: int) -> Iterator[str]:
    """The root, the reading account, and many people in one group."""
    yield f"dn: {SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: Les Tilleuls\ndc: tilleuls\n"
    yield f"dn: {READER}\nobjectClass: applicationProcess\nobjectClass: simpleSecurityObject\ncn: liaison"
    yield f"userPassword: {READER_PASSWORD}\n"
    for dn in (MANY, MANY_GROUPS):
        yield f"dn: {dn}\nobjectClass: organizationalUnit\nou: {dn.split(',')[0][3:]}\n"
    for number in range(many):
        login = f"agent{number:05}"
        yield f"dn: uid={login},{MANY}\nobjectClass: inetOrgPerson\nuid: {login}\ncn: Agent {number}"
        yield f"sn: Numéro {number:05}\ngivenName: Agent\nmail: {login}@tilleuls.example.org\n"
    yield f"dn: {EVERYBODY}\nobjectClass: groupOfNames\ncn: tous"
    yield "\n".join(f"member: uid=agent{number:05},{MANY}" for number in range(many)) + "\n"
