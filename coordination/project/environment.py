"""Reading settings from the environment: a bad value is refused at start, and the sentence names the variable."""

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting that cannot be used; the process ends with this one sentence."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"liaison: {name}: {why}")


def text(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that `NAME_FILE` names, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE", f"cannot read {path} ({error.strerror})") from error
    value = os.environ.get(name, default)
    if value is None:
        raise BadSetting(name, "is not set")
    return value


def secret(name: str, kept: Path) -> str:
    """The variable or its `_FILE`, else what `kept` holds, else nothing."""
    try:
        return text(name, "") or (kept.read_text().strip() if kept.exists() else "")
    except OSError as error:
        raise BadSetting(name, f"cannot read {kept} ({error.strerror})") from error


def flag(name: str, *, default: bool) -> bool:
    """1/true/yes or 0/false/no."""
    value = os.environ.get(name, "1" if default else "0").lower()
    if value not in {"1", "true", "yes", "0", "false", "no", ""}:
        raise BadSetting(name, f"takes 1 or 0, not {value!r}")
    return value in {"1", "true", "yes"}


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, not below `least`."""
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise BadSetting(name, f"takes a whole number from {least}, not {value!r}")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


_AT_HOME = ("localhost", "local", "lan", "home.arpa", "internal", "test", "example", "invalid")
"""Endings of names that are never those of a public server (RFC 2606, 6761, 6762, 8375)."""


def is_public(host: str) -> bool:
    """Whether a host of `ALLOWED_HOSTS` or an address can be reached from everywhere; a name without a dot cannot.

    What stands for any host (`*`, 0.0.0.0, ::) stands for a public one too.
    """
    name = host.strip("[].").lower()
    if "*" in name:
        return True
    try:
        address = ip_address(name)
        return address.is_global or address.is_unspecified
    except ValueError:
        return "." in name and not name.endswith(tuple(f".{ending}" for ending in _AT_HOME))


def refuse_public_demo(public_url: str, hosts: list[str]) -> None:
    """The people of the demo have a password that everybody may know, and no second factor: not for a public server."""
    for host in (urlsplit(public_url).hostname or "", *hosts):
        if is_public(host):
            raise BadSetting("LIAISON_DEMO", f"takes no 1 on a public server ({host}): anybody could sign in")


def database(url: str, *, pool: int = 0) -> dict[str, object]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`; a socket folder is `?host=`.

    `pool` is the most connections that this process keeps; 0 opens one whenever one is needed.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("DATABASE_URL", "takes a postgresql:// address")
    # The statements of `coordination.base.sql` are prepared at once; Django's own never are.
    options: dict[str, object] = {"prepare_threshold": 0, **dict(parse_qsl(parts.query))}
    host, port = options.pop("host", None), options.pop("port", "")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10, "reconnect_timeout": 3}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "liaison",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host or parts.hostname or "",
        "PORT": str(parts.port or port or ""),
        "OPTIONS": options,
    }


def celery_broker(redis_url: str) -> str:
    """The same Redis as Celery spells it: a Unix socket has its own scheme, and its database another name."""
    if not redis_url.startswith("unix://"):
        return redis_url
    return redis_url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
