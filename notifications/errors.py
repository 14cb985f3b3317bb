"""Mistakes in what a package asks to send: found when it asks, never when it leaves."""


class NotAllowedOut(ValueError):
    """The template does not exist, or a value is not of a kind that may leave the centre."""
