"""On what basis information about a patient may reach somebody (CSP L.1110-4 and L.1110-12, rules §5.2).

Within the declared care team it is shared without consent, and may be opposed. Beyond it somebody says why the exchange
is needed, or names the patient's consent. Each circle has its own trades: what social workers or occupational health
know is not the care team's, and the other way round.
"""

from collections.abc import Collection
from dataclasses import dataclass

from coordination.base.language import Sentence
from coordination.patients.errors import ConsentWithdrawn, SharingBasisMissing
from coordination.patients.models import Basis, CareTeam, Consent

SHORTEST_WHY = 3

TRADES: dict[str, frozenset[str]] = {
    CareTeam.Circle.SOCIAL: frozenset({"assistant_social", "travailleur_social"}),
    CareTeam.Circle.OCCUPATIONAL: frozenset({"medecin_travail", "infirmier_sante_travail", "intervenant_prevention"}),
}
"""The professions of the two circles that are not the care team's."""

CIRCLES: dict[str, Sentence] = {
    CareTeam.Circle.HEALTH: Sentence(fr="cercle de soins", en="care circle"),
    CareTeam.Circle.SOCIAL: Sentence(fr="cercle social", en="social circle"),
    CareTeam.Circle.OCCUPATIONAL: Sentence(fr="cercle de santé au travail", en="occupational health circle"),
}

NOT_DECLARED = Sentence(
    fr="{centre} n’est pas déclaré comme équipe de soins : pour partager avec {name}, dites pourquoi l’échange est "
    "nécessaire, ou nommez le consentement recueilli.",
    en="{centre} is not a declared care team: to share with {name}, say why the exchange is needed, or name the "
    "consent that was collected.",
)
OTHER_TRADE = Sentence(
    fr="{name} n’exerce pas dans ce cercle ({circle}) : dites pourquoi l’échange est nécessaire, ou nommez le "
    "consentement recueilli.",
    en="{name} does not work in this circle ({circle}): say why the exchange is needed, or name the consent that was "
    "collected.",
)
NO_WHY = Sentence(
    fr="Dites pourquoi l’échange avec {name} est nécessaire.", en="Say why the exchange with {name} is needed."
)
NO_CONSENT = Sentence(
    fr="Aucun consentement en cours ne permet de partager avec {name}. Recueillez-le d’abord.",
    en="No consent in force allows sharing with {name}. Collect it first.",
)


@dataclass(frozen=True)
class Sharing:
    """A basis, why an exchange is needed, and the consent it rests on; asked for, or settled."""

    basis: str = Basis.SAME_TEAM
    why: str = ""
    consent: Consent | None = None

    def columns(self) -> dict[str, object]:
        """As a `Shared` row keeps it."""
        return {"basis": self.basis, "basis_why": self.why, "consent": self.consent}


@dataclass(frozen=True)
class Recipient:
    """Whom one wants to share with: a name, and the professions that the person has or the team answers for."""

    name: str
    trades: Collection[str]


def home_circle(trade: str) -> str:
    """The circle in which a profession works: health, unless it is another's."""
    return next((circle for circle, trades in TRADES.items() if trade in trades), CareTeam.Circle.HEALTH)


def work_in(circle: str, trades: Collection[str]) -> bool:
    """Whether these professions belong to a circle; a social worker is of the care team, nobody else is of theirs."""
    if circle == CareTeam.Circle.HEALTH:
        return not TRADES[CareTeam.Circle.OCCUPATIONAL] & set(trades)
    return bool(trades) and set(trades) <= TRADES[circle]


def first_circle(trade: str) -> str:
    """The circle with which a file begins when someone of this profession creates it."""
    health = CareTeam.Circle.HEALTH
    return health if work_in(health, [trade]) else home_circle(trade)


def settle(asked: Sharing, circle: CareTeam, to: Recipient) -> Sharing:
    """The basis on which a circle shares with someone; `SharingBasisMissing` says what is missing.

    The caller holds the circle, and a consent is read again here: `ConsentWithdrawn` when it was taken back meanwhile.
    """
    centre, said = circle.patient.organisation, {"name": to.name, "circle": CIRCLES[circle.circle]}
    if asked.basis == Basis.EXCHANGE:
        if len(asked.why.strip()) < SHORTEST_WHY:
            raise SharingBasisMissing(NO_WHY, **said)
        return Sharing(Basis.EXCHANGE, asked.why.strip())
    if asked.basis == Basis.CONSENT:
        if asked.consent is None or asked.consent.care_team_id != circle.pk:
            raise SharingBasisMissing(NO_CONSENT, **said)
        asked.consent.refresh_from_db()
        if not asked.consent.is_in_force:
            raise ConsentWithdrawn
        return Sharing(Basis.CONSENT, consent=asked.consent)
    if not work_in(circle.circle, to.trades):
        raise SharingBasisMissing(OTHER_TRADE, **said)
    if not centre.declared_care_team:
        raise SharingBasisMissing(NOT_DECLARED, centre=centre.name, **said)
    return Sharing()
