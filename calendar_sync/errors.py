"""What can be refused about a calendar address."""

from coordination.base.errors import Conflict
from coordination.base.language import Sentence


class TooManyFeeds(Conflict):
    """Enough live addresses of one agenda; an old one is to be revoked first."""

    code = "too_many_feeds"
    sentence = Sentence(
        fr="Vous avez déjà {most} adresses pour cet agenda. Supprimez-en une d’abord.",
        en="You already have {most} addresses for this agenda. Remove one first.",
    )
