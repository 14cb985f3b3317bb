"""What is read of the people and the groups of a directory."""

from coordination.accounts.directory.connection import normal
from coordination.accounts.directory.reader import read


def test_people_are_read_with_their_names_in_every_alphabet(branch):
    branch.add_person(
        "Zoe.Lefevre", "Zoé", "Lefèvre-Ÿ", mail="zoe@example.org", telephoneNumber="01 99 00 12 34",
        employeeNumber="10001234567", title="Sage-femme",
    )  # fmt: skip
    branch.add_person("nguyen", "Đặng", "Nguyễn", employeeNumber="not a number")
    zoe, nguyen = sorted(read(branch.directory()).entries, key=lambda entry: entry.login, reverse=True)
    assert (zoe.login, zoe.given_name, zoe.family_name) == ("zoe.lefevre", "Zoé", "Lefèvre-Ÿ")
    assert (zoe.email, zoe.phone, zoe.rpps, zoe.label) == (
        "zoe@example.org", "01 99 00 12 34", "10001234567", "Sage-femme",
    )  # fmt: skip
    assert (nguyen.given_name, nguyen.family_name, nguyen.rpps) == ("Đặng", "Nguyễn", "")


def test_somebody_keeps_their_identity_when_their_name_and_place_change(branch):
    dn = branch.add_person("awa", "Awa", "Diallo")
    [before] = read(branch.directory()).entries
    branch.admin.rename_s(dn, "uid=awa.martin", delold=1)
    [after] = read(branch.directory()).entries
    assert (before.id, before.login, after.login) == (after.id, "awa", "awa.martin")


def test_an_entry_without_a_readable_name_is_reported_and_counts_as_there(branch):
    dn = branch.add_person("awa", "Awa", "Diallo")
    branch.replace(dn, "telephoneNumber", "01")
    broken = branch.add_person("jo", "Jo", "Martin")
    branch.admin.modify_s(broken, [(0, "employeeNumber", b"1")])
    found = read(branch.directory(login="employeeNumber"))
    assert [entry.login for entry in found.entries] == ["1"]
    assert list(found.unreadable.values()) == [dn]


def test_groups_are_read_whichever_way_their_members_are_spelled(branch):
    awa, claire = branch.add_person("awa", "Awa", "Diallo"), branch.add_person("claire", "Claire", "Roux")
    group = branch.add_group("Soignants", awa.upper().replace(",", ", "), f"uid=gone,{branch.people}")
    found = read(branch.directory())
    ids = {entry.dn: entry.id for entry in found.entries}
    assert found.groups == {normal(group): {ids[awa]}}
    assert ids[claire] not in found.groups[normal(group)]


def test_a_referral_is_reported_and_nobody_is_asked(branch):
    branch.add_person("awa", "Awa", "Diallo")
    elsewhere = "ldap://ailleurs.example/ou=people,dc=ailleurs"
    branch.add(
        f"cn=ailleurs,{branch.people}", objectClass=["referral", "extensibleObject"], cn="ailleurs", ref=elsewhere
    )
    found = read(branch.directory())
    assert [entry.login for entry in found.entries] == ["awa"]
    assert found.referrals == (f"{elsewhere}??sub",)
