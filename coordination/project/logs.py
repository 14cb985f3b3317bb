"""Logs as one JSON object per line, without secrets."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET_NAMES = re.compile(
    r"password|secret|token|cookie|authorization|session|api_?key|matricule|nir$|body", re.IGNORECASE
)
# The addresses of calendar feeds and of patients' answer pages are themselves secrets.
_SECRET_PATHS = re.compile(r"/(ics|r)/[^/\s\"'?]+")
_HIDDEN = "***"


def hide_secrets(logger: object, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank what must not be kept: by the name of the value, or by the shape of an address in the text."""
    for name, value in entry.items():
        if _SECRET_NAMES.search(name):
            entry[name] = _HIDDEN
        elif isinstance(value, str):
            entry[name] = _SECRET_PATHS.sub(rf"/\1/{_HIDDEN}", value)
    return entry


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

_QUIET = {
    name: {"level": "WARNING"}
    for name in ("daphne.http_protocol", "celery.beat", "celery.worker.strategy", "celery.app.trace")
}


def configure(level: str) -> dict[str, Any]:
    """Set structlog up, and return Django's LOGGING: both end in the same lines on standard error."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    finish = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        hide_secrets,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    lines = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": _SHARED, "processors": finish}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": {"handlers": [], "propagate": True}, **_QUIET},
    }
