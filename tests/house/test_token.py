"""`liaison token`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coordination.accounts.models import AccessToken, Person
from coordination.accounts.signin import person_of_token
from coordination.audit.models import Entry

pytestmark = pytest.mark.django_db


def printed(login: str) -> str:
    out = StringIO()
    call_command("token", login, stdout=out)
    return out.getvalue().strip()


def test_the_printed_token_stands_for_the_person_and_only_its_digest_is_kept(nurse: Person):
    secret = printed(nurse.login.upper())
    assert person_of_token(secret) == nurse
    assert AccessToken.objects.get().digest != secret
    assert Entry.objects.filter(kind="token.made").count() == 1


def test_an_unknown_login_is_refused():
    with pytest.raises(CommandError, match="nobody signs in as 'nobody'"):
        printed("nobody")
    assert not AccessToken.objects.exists()
