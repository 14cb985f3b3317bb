"""A few patients who already follow a care protocol."""

from collections.abc import Sequence
from datetime import timedelta

from coordination.base import clock
from coordination.patients.models import CareTeamMember, Patient
from coordination.project.demo.people import House
from coordination.protocols.actions import enrol
from coordination.protocols.facts import Given
from coordination.protocols.models import ProtocolVersion

# protocol, and how many days ago the patient was included
PLANS = (("dt2", 75), ("hta", 20), ("dt2", 3))
ADULT = 40


def create_plans(house: House, patients: Sequence[Patient]) -> None:
    """Patients of Dr Petit on protocols, if the library has been loaded."""
    doctor = house.people["marc.petit"]
    mine = set(CareTeamMember.objects.filter(person=doctor).values_list("care_team__patient_id", flat=True))
    adults = (one for one in patients[1:] if one.pk in mine and one.age >= ADULT)
    for code, ago in PLANS:
        protocol = ProtocolVersion.objects.filter(code=code, current=True).first()
        if protocol:
            since = clock.today() - timedelta(days=ago)
            enrol(next(adults), protocol, Given(anchors={"inclusion": since}), by=doctor)
