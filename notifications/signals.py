"""What the outbox tells upward."""

from django.dispatch import Signal

delivery_finished = Signal()
"""Sent with `delivery` once that it became sent, failed or dropped is committed, in a transaction of its own.

A receiver's failure undoes what the receivers wrote and nothing else; they are all told again later.
"""
