"""What the agenda tells upward, inside the transaction of the change."""

from django.dispatch import Signal

appointment_changed = Signal()
"""Sent with `appointment`, `kind` (an `AppointmentMove.Kind`) and `by` (a person; None is the patient)."""
