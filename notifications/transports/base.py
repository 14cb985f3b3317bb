"""What every way of reaching someone looks like."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from notifications.models import Delivery


@dataclass(frozen=True)
class Receipt:
    """The other side has taken charge; `detail` is its answer in its own words."""

    detail: str = ""


class TransportError(Exception):
    """It was not taken.

    Permanent: trying again cannot help. Perhaps accepted: the answer was lost, not the message. Unreachable: the other
    side takes nothing from anybody at this moment.
    """

    def __init__(
        self, why: str, *, permanent: bool = False, perhaps_accepted: bool = False, unreachable: bool = False
    ) -> None:
        super().__init__(why)
        self.permanent = permanent
        self.perhaps_accepted = perhaps_accepted
        self.unreachable = unreachable


class Transport(ABC):
    """One way of reaching someone."""

    @abstractmethod
    def send(self, delivery: Delivery) -> Receipt:
        """Hand over one delivery; `TransportError` when it was not taken. Never called inside a transaction."""
