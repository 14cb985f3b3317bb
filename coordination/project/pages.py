"""The one HTML page of the application; the browser's router decides what it shows."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

ENTRY = "src/main.tsx"
# the one font file that the first screen needs; without it the text would be drawn twice
FONT = "inter-latin-wght-normal"


@dataclass(frozen=True)
class Build:
    """Which files of the built frontend the page asks for first."""

    entry: str
    styles: tuple[str, ...]
    imports: tuple[str, ...]
    fonts: tuple[str, ...]


@lru_cache(maxsize=2)
def _read(manifest: Path, written_at: int) -> Build:
    """The build that a Vite manifest describes; `written_at` makes a new build a new answer."""
    chunks = json.loads(manifest.read_text())
    entry = chunks[ENTRY]
    imported = [chunks[name] for name in entry.get("imports", [])]
    return Build(
        entry=entry["file"],
        styles=tuple(style for chunk in [*imported, entry] for style in chunk.get("css", [])),
        imports=tuple(chunk["file"] for chunk in imported),
        fonts=tuple(file for file in entry.get("assets", []) if FONT in file),
    )


def current_build() -> Build | None:
    """The built frontend, or nothing when it was not built."""
    manifest = settings.FRONTEND / ".vite" / "manifest.json"
    try:
        return _read(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@require_safe
@never_cache
def application(request: HttpRequest, path: str = "") -> HttpResponse:
    """The page, whatever its address; 503 when the frontend has not been built."""
    build = current_build()
    if build is None:
        return HttpResponse(
            "L’interface n’est pas construite : lancez « make run ».\n",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    nonce = getattr(request, "csp_nonce", "")
    return render(request, "index.html", {"build": build, "nonce": nonce, "language": get_language() or "fr"})
