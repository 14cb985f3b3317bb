"""`liaison openapi <file>`: the OpenAPI document of `/api`, from which the frontend's types are made."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from coordination.project.api import api


class Command(BaseCommand):
    """The same code writes the same bytes."""

    help = "Write the OpenAPI document."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=Path("frontend/openapi.json"))

    def handle(self, *args: Any, **options: Any) -> None:
        document = api.get_openapi_schema(path_prefix="/api/")
        text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
        options["file"].write_text(f"{text}\n", encoding="utf-8")
