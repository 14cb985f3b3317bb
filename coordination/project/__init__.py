"""Settings, addresses, servers and the `liaison` command: wiring, no rules."""

from coordination.project.celery import app as celery_app

__all__ = ["celery_app"]
