"""Where the embedded engines live: plain paths, the same for the supervisor and for every other command."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True)
class Places:
    """The folders of one embedded Liaison."""

    var: Path

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def redis(self) -> Path:
        return self.var / "redis"

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    @property
    def mail(self) -> Path:
        """What the local mail catcher received: one `.eml` file per mail."""
        return self.var / "mail"

    @property
    def anchors(self) -> Path:
        """Where the access log stood at the end of each day: a file a month, to be copied elsewhere."""
        return self.var / "anchors"

    @property
    def sockets(self) -> Path:
        """A short folder for Unix sockets, whose paths may have 107 characters at most."""
        name = hashlib.sha256(str(self.var).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"liaison-{os.getuid()}-{name}"

    @property
    def database_url(self) -> str:
        return f"postgresql://liaison@/liaison?host={quote(str(self.sockets / 'pg'), safe='')}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.sockets / 'redis' / 'redis.sock'}"


def places() -> Places:
    """The folders of this process: `LIAISON_VAR`, by default `var` beside the project."""
    default = Path(__file__).resolve().parents[2] / "var"
    return Places(Path(os.environ.get("LIAISON_VAR", default)).absolute())
