"""What the directory tells upward, inside the transaction of the write; a receiver that refuses undoes it."""

from django.dispatch import Signal

team_created = Signal()
"""`team`, `by`: a new team, which has neither queue nor conversation yet."""

team_changed = Signal()
"""`team`, `joined`, `by`: its name, roles or people changed; `joined` are the ids of those who are new in it."""
