"""What the directory tells upward, inside the transaction of the write; a receiver that refuses undoes it."""

from django.dispatch import Signal

team_created = Signal()
"""`team`, `by`: a new team, which has neither queue nor conversation yet."""

team_changed = Signal()
"""`team`, `before`, `joined`, `by`: its name (that `before`), roles or people changed; `joined` are the new ids."""
