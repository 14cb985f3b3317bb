"""Signing in by the directory, through the same form as everybody: whom it knows, and who are not here by hand."""

from typing import Any

import ldap
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django_auth_ldap.backend import LDAPBackend, ldap_error
from django_auth_ldap.config import LDAPSearch, LDAPSettings
from ldap.ldapobject import LDAPObject

from coordination.accounts.directory.actions import bring_in_one, configured
from coordination.accounts.directory.connection import is_away, open_link, refusal
from coordination.accounts.directory.errors import WithoutAccess
from coordination.accounts.directory.reader import attributes, read_one
from coordination.accounts.models import Person
from coordination.base.errors import AppError

SIGN_IN = 2
"""How many times the time-out a whole sign-in may take, however slowly the directory goes on answering."""


class DirectoryBackend(LDAPBackend):
    """Checks a password by binding as its owner; their groups are read again at each sign-in."""

    _settings: LDAPSettings | None

    @property
    def ldap(self) -> "_Opener":
        return _Opener()

    @property
    def settings(self) -> LDAPSettings:
        if self._settings is None:
            self._settings = LDAPSettings(self.settings_prefix, _settings())
        return self._settings

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Person | None:
        """The person, if the directory holds their password; a `ValidationError` in words when it cannot be asked."""
        login = (username or "").strip().lower()
        if not login or not password or _is_here_by_hand(login):
            return None
        try:
            found = super().authenticate(request, username=login, password=password)
        except AppError as error:
            raise ValidationError(error.detail(), code=error.code) from error
        return found if isinstance(found, Person) else None

    def get_user(self, user_id: Any) -> Person | None:
        return Person.objects.get_queryset().filter(pk=user_id).first()

    def get_or_build_user(self, username: str, ldap_user: Any) -> tuple[Person, bool]:
        """The person the entry stands for, brought in or up to date."""
        person = bring_in_one(read_one(ldap_user.connection, configured(), ldap_user.dn))
        if not person.has_access:
            raise WithoutAccess
        return person, False


class _Opener:
    """What django-auth-ldap opens its connection by."""

    def initialize(self, *_: object, **__: object) -> LDAPObject:
        directory = configured()
        return open_link(directory, within=SIGN_IN * directory.timeout)


def _is_here_by_hand(login: str) -> bool:
    """Whether the login is somebody's whom the directory does not know: its password is never tried there."""
    return Person.objects.get_queryset().filter(login=login, directory_link=None).exists()


def _settings() -> dict[str, Any]:
    """The configuration as django-auth-ldap names it."""
    directory = configured()
    where = f"(&{directory.filter}({directory.login}=%(user)s))"
    return {
        "BIND_DN": directory.bind_dn,
        "BIND_PASSWORD": directory.password,
        "USER_SEARCH": LDAPSearch(directory.people, ldap.SCOPE_SUBTREE, where, attributes(directory)),
        "ALWAYS_UPDATE_USER": False,
        "AUTHORIZE_ALL_USERS": False,
    }


def _say_why(sender: object, context: str, exception: ldap.LDAPError, **_: object) -> None:
    """An error of the directory is no wrong password, and is said in words; only one's own bind may simply fail."""
    if context != "authenticate" or is_away(exception):
        raise refusal(exception) from exception


ldap_error.connect(_say_why, dispatch_uid="directory")
