"""What patients tells upward. Sent inside the action, after its rows are written."""

from django.dispatch import Signal

circle_joined = Signal()
"""`care_team`, `member` (CareTeamMember), `by` (UUID or None): a person or a team entered a circle."""

glass_broken = Signal()
"""`line` (CareTeamMember): somebody opened a circle in an emergency."""

opposition_recorded = Signal()
"""`opposition`: a patient refuses somebody, a team or everybody their file, from now on."""

opposition_lifted = Signal()
"""`opposition`: what it closed is open again."""

consent_withdrawn = Signal()
"""`consent`: whatever was shared on it is shared no more."""
