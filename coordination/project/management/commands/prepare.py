"""`liaison prepare`: bring the database to this version, load the care protocols, fill an empty demo."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from coordination.accounts.adapters import SecondFactorAdapter
from coordination.accounts.models import Organisation
from coordination.base.encryption import EncryptedText, Undecipherable


class Command(BaseCommand):
    """Safe to repeat: a second run finds nothing to do."""

    help = "Migrate, check the keys, load the care protocols and, in the demo, fill an empty database."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        self._quietly("createcachetable")
        self._check_keys()
        if "protocols" in get_commands():
            self._quietly("protocols", "load")
        if settings.DEMO and "demo" in get_commands() and not Organisation.objects.exists():
            self._tell("Making the demo centre (once) …")
            with transaction.atomic():
                self._quietly("demo")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _quietly(self, *command: str) -> None:
        call_command(*command, stdout=StringIO())

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return
        self._tell(f"Applying {len(plan)} migrations …")
        call_command("migrate", interactive=False, verbosity=0, database=DEFAULT_DB_ALIAS)

    def _check_keys(self) -> None:
        """One stored value of each encrypted column must open with the key of this installation."""
        for column, open_one in _encrypted_columns():
            try:
                open_one()
            except Undecipherable:
                raise CommandError(
                    f"the field key does not open the encrypted values of {column}: "
                    "put back the key they were written with."
                ) from None


def _encrypted_columns() -> Iterator[tuple[str, Callable[[], object]]]:
    """Each with what opens one of its values, if there is any."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, EncryptedText):
                kept = model._default_manager.exclude(**{column.name: None}).values_list(column.name, flat=True)
                yield f"{model._meta.db_table}.{column.name}", kept.first
    yield "mfa_authenticator.data", _open_a_second_factor


def _open_a_second_factor() -> None:
    secret = Authenticator.objects.filter(data__has_key="secret").values_list("data__secret", flat=True).first()
    if secret:
        SecondFactorAdapter().decrypt(secret)
