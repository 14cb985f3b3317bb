"""Bringing a real directory in: who comes, who changes, who goes, and what stops it."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coordination.accounts.directory import actions, jobs
from coordination.accounts.directory.errors import DirectoryAway, TooManyLosses
from coordination.accounts.directory.models import DirectoryLink, DirectoryRun
from coordination.accounts.models import AccessToken, Membership, Person
from coordination.accounts.rights import Right
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.streams.models import Event, Stream
from tests.conftest import make_person, make_team
from tests.directory.conftest import MANY, give
from tests.directory.slapd import EVERYBODY
from tests.directory.wire import wire_to


def synchronise(centre, **how):
    return actions.synchronise(centre.pk, by=None, **how)


def named(login: str) -> Person:
    return Person.objects.get(login=login)


@pytest.fixture
def carers(connected, centre):
    """Awa, whose group gives her a role and a team."""
    awa = connected.add_person("awa.diallo", "Awa", "Diallo", mail="awa@example.org", employeeNumber="10001234567")
    group = connected.add_group("soignants", awa, f"uid=nobody,{connected.people}")
    mapping = give(centre, group, "soignant", team=make_team(centre, "Infirmerie", "infirmerie", ["ide"]))
    mapping.profession = "ide"
    mapping.save()
    return mapping


def test_somebody_new_comes_with_a_role_a_team_and_an_inbox_and_without_a_password(carers, centre):
    synchronise(centre)
    awa = named("awa.diallo")
    assert (awa.display_name, awa.email, awa.rpps) == ("Awa Diallo", "awa@example.org", "10001234567")
    assert (awa.profession, awa.profession_label) == ("ide", "Soignant")
    assert (awa.has_access, awa.has_usable_password()) == (True, False)
    assert list(awa.teams.all()) == [carers.team]
    assert [held.role for held in awa.memberships.all()] == [carers.role]
    assert Stream.objects.filter(pk=awa.pk, kind="person").exists()
    assert Entry.objects.filter(kind="person.added", subject_id=awa.pk).exists()


def test_a_dry_run_says_everything_and_writes_nothing(carers, connected, centre):
    connected.add_group("inconnus", connected.add_person("jo", "Jo", "Martin"))
    connected.add(
        f"cn=x,{connected.people}", objectClass=["referral", "extensibleObject"], cn="x", ref="ldap://ailleurs.example/"
    )
    out = StringIO()
    call_command("directory", "sync", "--dry-run", stdout=out)
    said = out.getvalue()
    assert "Simulation, rien n’est modifié : 1 à ajouter" in said
    assert "Awa Diallo : à ajouter (awa.diallo)." in said
    assert re.search(r"Groupe sans correspondance : cn=inconnus,\S+ \(1 personnes\)", said)
    assert "renvoie vers un autre serveur, qui n’a pas été interrogé : ldap://ailleurs.example/" in said
    assert "dont aucun groupe n’ouvre d’accès, laissées de côté : 1" in said
    assert not Person.objects.get_queryset().exists()
    assert not DirectoryRun.objects.exists()


def test_the_second_time_nothing_is_left_to_do(carers, centre):
    synchronise(centre)
    before = Entry.objects.exclude(kind="directory.synchronised").count()
    report = synchronise(centre).report
    assert {report[kind] for kind in ("added", "linked", "changed", "suspended", "restored")} == {0}
    assert Entry.objects.exclude(kind="directory.synchronised").count() == before


def test_a_person_of_liaison_is_linked_and_their_password_becomes_the_directory_s(carers, centre):
    known = make_person(centre, "Awa Diallo", "medecin_traitant", "Infirmière cheffe", "medecin")
    known.set_password("un-mot-de-passe-local")
    known.save()
    assert synchronise(centre).report["linked"] == 1
    awa = named("awa.diallo")
    assert (awa.pk, awa.has_usable_password()) == (known.pk, False)
    assert (awa.profession, awa.profession_label) == ("medecin_traitant", "Infirmière cheffe")
    assert {held.role.code for held in Membership.objects.in_force().filter(person=awa)} == {"medecin", "soignant"}


def test_somebody_of_the_same_login_and_another_name_is_left_alone_and_told(carers, centre):
    known = make_person(centre, "Awa Traoré", "ide", "Infirmière", "soignant")
    Person.objects.filter(pk=known.pk).update(login="awa.diallo")
    report = synchronise(centre).report
    assert report["conflicts"] == 1
    assert report["lines"][0] == {"kind": "other_name", "name": "Awa Diallo", "login": "awa.diallo", "what": []}
    assert not DirectoryLink.objects.exists()
    assert named("awa.diallo").family_name == "Traoré"


def test_somebody_gone_is_suspended_with_everything_of_theirs_kept_and_comes_back(carers, connected, centre):
    synchronise(centre)
    awa = named("awa.diallo")
    connected.delete(f"uid=awa.diallo,{connected.people}")
    assert synchronise(centre).report["suspended"] == 1
    gone = named("awa.diallo")
    assert (gone.is_active, gone.has_access) == (False, False)
    assert gone.access_epoch > awa.access_epoch
    assert gone.teams.exists()
    connected.replace(carers.group, "member", connected.add_person("awa.diallo", "Awa", "Diallo"))
    assert synchronise(centre).report["restored"] == 1
    assert named("awa.diallo").has_access


def test_whoever_the_directory_names_again_has_access_again(carers, connected, centre, settings):
    synchronise(centre)
    settings.DIRECTORY = connected.directory(filter="(&(objectClass=person)(!(uid=awa.diallo)))")
    synchronise(centre)
    assert not named("awa.diallo").has_access
    settings.DIRECTORY = connected.directory()
    assert synchronise(centre).report["restored"] == 1
    assert named("awa.diallo").has_access


def test_leaving_a_group_ends_its_membership_and_its_team(carers, connected, centre):
    synchronise(centre)
    connected.replace(carers.group, "member", f"uid=nobody,{connected.people}")
    synchronise(centre)
    awa = named("awa.diallo")
    assert (awa.is_active, awa.has_access, awa.teams.exists()) == (True, False, False)
    assert awa.access_epoch > 0


def test_what_was_given_by_hand_stays_when_a_group_is_left(carers, connected, centre):
    make_person(centre, "Awa Diallo", "ide", "Infirmière", "medecin")
    synchronise(centre)
    connected.replace(carers.group, "member", f"uid=nobody,{connected.people}")
    synchronise(centre)
    held = Membership.objects.in_force().filter(person=named("awa.diallo"))
    assert [membership.role.code for membership in held] == ["medecin"]


def admins_of(connected, centre):
    """Zoé, who manages the directory by a group, and that group."""
    zoe = connected.add_person("zoe.martin", "Zoé", "Martin")
    group = connected.add_group("admins", zoe)
    give(centre, group, "administrateur")
    return group, zoe


def test_whoever_manages_the_directory_is_given_nothing_by_a_group_and_the_report_says_so(carers, connected, centre):
    _, zoe = admins_of(connected, centre)
    assert synchronise(centre).report["conflicts"] == 0
    connected.replace(carers.group, "member", zoe, f"uid=awa.diallo,{connected.people}")
    report = synchronise(centre).report
    assert (report["conflicts"], report["lines"][0]["kind"]) == (1, "manages_directory")
    held = Membership.objects.in_force().filter(person=named("zoe.martin"))
    assert [one.role.code for one in held] == ["administrateur"]
    assert not named("zoe.martin").teams.exists()
    assert named("awa.diallo").teams.exists()


def test_the_last_administrator_stays_whatever_the_directory_says_and_the_others_go(carers, connected, centre):
    group, zoe = admins_of(connected, centre)
    synchronise(centre)
    connected.delete(zoe)
    connected.delete(f"uid=awa.diallo,{connected.people}")
    report = synchronise(centre).report
    assert (report["suspended"], report["conflicts"], report["lines"][0]["kind"]) == (1, 1, "last_administrator")
    assert (named("zoe.martin").has_access, named("awa.diallo").has_access) == (True, False)
    connected.replace(group, "member", connected.add_person("luc.petit", "Luc", "Petit"))
    assert (synchronise(centre).report["suspended"], named("zoe.martin").has_access) == (1, False)
    assert named("luc.petit").may(Right.DIRECTORY_MANAGE)


def test_another_rpps_number_of_the_directory_ends_the_tokens_of_its_owner(carers, connected, centre):
    synchronise(centre)
    awa = named("awa.diallo")
    AccessToken.objects.create(person=awa, digest="x", expires_at=clock.now() + timedelta(days=1))
    synchronise(centre)
    assert awa.tokens.exists()
    connected.replace(f"uid=awa.diallo,{connected.people}", "employeeNumber", "10007654321")
    synchronise(centre)
    assert not awa.tokens.exists()
    assert Event.objects.filter(stream_id=awa.pk, kind="access.changed").exists()


def test_many_who_would_lose_their_access_stop_everything_until_it_is_forced(connected, centre):
    people = [connected.add_person(f"p{number}", "Une", f"Personne {number}") for number in range(5)]
    group = connected.add_group("tous", *people)
    give(centre, group, "soignant")
    synchronise(centre)
    for dn in people[:3]:
        connected.delete(dn)
    connected.add_person("nouveau", "Un", "Nouveau")
    connected.replace(group, "member", *people[3:], f"uid=nouveau,{connected.people}")
    assert actions.synchronise(centre.pk, by=None, dry_run=True).report["braked"]
    with pytest.raises(TooManyLosses, match="3 personnes sur 5"):
        synchronise(centre)
    assert not Person.objects.filter(login="nouveau").exists()
    assert Person.objects.filter(is_active=True).count() == 5
    with pytest.raises(CommandError, match="3 personnes sur 5"):
        call_command("directory", "sync", stdout=StringIO())
    call_command("directory", "sync", "--force", stdout=StringIO())
    assert Person.objects.filter(is_active=False).count() == 3
    assert named("nouveau").has_access


def test_a_directory_that_goes_in_the_middle_changes_nothing_and_the_run_says_so(slapd, centre, settings):
    give(centre, EVERYBODY, "soignant")
    with wire_to(slapd.tls_port, after=200_000) as wire:
        settings.DIRECTORY = slapd.directory(url=f"ldaps://127.0.0.1:{wire.port}")
        with pytest.raises(DirectoryAway):
            synchronise(centre)
        jobs.synchronise()
    assert not Person.objects.get_queryset().exists()
    assert [run.refusal for run in DirectoryRun.objects.all()] == ["directory_away", "directory_away"]
    assert Entry.objects.filter(kind="directory.refused").count() == 2


def test_five_thousand_people_come_at_once(slapd, centre, settings, django_assert_max_num_queries):
    settings.DIRECTORY = slapd.directory()
    give(centre, EVERYBODY, "soignant")
    with django_assert_max_num_queries(200):
        jobs.synchronise()
    assert Person.objects.get_queryset().working().count() == MANY
    with django_assert_max_num_queries(30):
        assert synchronise(centre).report["changed"] == 0


def test_without_a_directory_the_job_does_nothing_and_the_command_says_why(centre):
    jobs.synchronise()
    with pytest.raises(CommandError, match="Aucun groupe de l’annuaire"):
        call_command("directory", "sync", stdout=StringIO())
