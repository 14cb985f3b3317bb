"""Where follow-ups are, who answers for security, what somebody agreed to, and a social circle beside the care one."""

from collections.abc import Sequence
from datetime import timedelta

from coordination.accounts.models import Membership, Team
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.patients.actions import begin_circle
from coordination.patients.agreements import Agreed, record_consent
from coordination.patients.models import CareTeam, Patient
from coordination.project.demo.people import House
from coordination.tasks.actions import open_queue
from messaging.actions import open_team_conversation, start_patient_conversation
from messaging.posting import Post, post_messages

FOLLOWED_SOCIALLY = 3
SAID = "Dossier de logement déposé ce matin. Réponse attendue sous trois semaines."
ACCOMPANIED = "Accompagnement pour le logement"


def create_follow_ups(house: House, patients: Sequence[Patient]) -> None:
    """The centre is one care team of two sites; follow-ups begin at the first and can be transferred to the second."""
    declare_centre(house)
    share_out_sites(house)
    first = CareTeam.objects.get(patient=patients[0], circle=CareTeam.Circle.HEALTH)
    collect_consent(house, first)
    follow_socially(house, patients[FOLLOWED_SOCIALLY])


def declare_centre(house: House) -> None:
    """Its people share without consent, and a doctor answers for security."""
    house.centre.declared_care_team = True
    house.centre.security_referent = house.people["claire.roux"]
    house.centre.save(update_fields=["declared_care_team", "security_referent"])


def share_out_sites(house: House) -> None:
    """A nurse and her team at the first site, another nurse and his at the second; everybody else works at both."""
    here, there = house.sites
    Team.objects.filter(pk=house.teams["infirmerie"].pk).update(entity=here)
    team = Team.objects.create(
        organisation=house.centre, name="Infirmerie de la Gare", code="infirmerie-gare", roles=["ide"], entity=there
    )
    team.people.add(house.people["julien.morel"])
    open_queue(team, name=team.name, code=team.code, organisation=house.centre)
    open_team_conversation(team, by=None)
    for login, site in (("awa.diallo", here), ("julien.morel", there)):
        Membership.objects.filter(person=house.people[login]).update(organisation=site)
    CareTeam.objects.filter(patient__organisation=house.centre).update(entity=here)


def collect_consent(house: House, circle: CareTeam) -> None:
    """What DURAND Marie agreed to."""
    agreed = Agreed(
        scope="Situation du logement et aide à domicile",
        recipients="Service social du département",
        collected_on=clock.today() - timedelta(days=12),
        how="written",
        evidence="Formulaire signé, numérisé dans le dossier",
    )
    record_consent(circle, agreed, by=house.people["claire.roux"])


def follow_socially(house: House, patient: Patient) -> None:
    """The social circle of one patient, which the care circle does not read."""
    worker = house.people["karim.benali"]
    circle = begin_circle(patient, CareTeam.Circle.SOCIAL, by=worker, why=ACCOMPANIED)
    CareTeam.objects.filter(pk=circle.pk).update(entity=house.sites[0])
    conversation = start_patient_conversation(circle, by=worker)
    post_messages([Post(worker, uuid7(), conversation.pk, SAID)])
