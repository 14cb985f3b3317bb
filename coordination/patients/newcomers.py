"""Who is named in a request: people and teams of the asker's centre, and the basis on which they enter a circle."""

from coordination.accounts.models import Person, Team
from coordination.base.errors import Invalid
from coordination.base.language import Sentence
from coordination.patients.actions import NewMember
from coordination.patients.models import Basis, Consent
from coordination.patients.schemas import BasisIn, MemberIn
from coordination.patients.sharing import Sharing

ONE_OF_TWO = Sentence(fr="Indiquez une personne ou une équipe du centre.", en="Name a person or a team of the centre.")


def new_member(sent: MemberIn, asker: Person, *, field: str = "members") -> NewMember:
    """The person or the team of the asker's centre that was named; in their own role unless told another."""
    colleagues = Person.objects.visible_to(asker).working()
    person = colleagues.filter(pk=sent.person).first() if sent.person else None
    team = Team.objects.filter(pk=sent.team, organisation_id=asker.organisation_id).first() if sent.team else None
    if (person is None) == (team is None):
        raise Invalid(fields={field: ONE_OF_TWO})
    own = [person.profession] if person else team.roles if team else []
    return NewMember(
        role=sent.role or next(iter(own), ""),
        person=person,
        team=team,
        why=sent.why,
        until=sent.until,
        sharing=sharing(sent.basis, asker),
    )


def sharing(sent: BasisIn | None, asker: Person) -> Sharing:
    """The basis that was named; a consent out of the asker's sight is none."""
    if sent is None:
        return Sharing()
    consent = Consent.objects.visible_to(asker).filter(pk=sent.consent).first() if sent.consent else None
    return Sharing(Basis(sent.kind), sent.why, consent)
