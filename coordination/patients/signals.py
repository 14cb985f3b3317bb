"""What patients tells upward. Sent inside the action, after its rows are written."""

from django.dispatch import Signal

circle_joined = Signal()
"""`care_team`, `member` (CareTeamMember), `by` (UUID or None): a person or a team entered a circle."""
