"""`liaison demo`: the fictional centre, in a database that has none."""

from typing import Any

from django.core.management.base import BaseCommand

from coordination.project.demo import create_demo


class Command(BaseCommand):
    help = "Creates the demo centre when there is no centre yet; does nothing otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        made = create_demo()
        self.stdout.write("The demo centre is ready." if made else "There is a centre already: nothing was done.")
