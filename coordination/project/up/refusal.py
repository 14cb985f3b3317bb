"""Why Liaison does not start."""


class Refusal(Exception):
    """Liaison cannot start; the one sentence that its console shows."""
