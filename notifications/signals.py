"""What the outbox tells upward."""

from django.dispatch import Signal

delivery_finished = Signal()
"""Sent with `delivery` inside the transaction in which it became sent, failed or dropped."""
