"""Kinds of text that several packages ask for, with what is wrong about them in words."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError


def _email(value: str) -> str:
    """An address that could be written to, or nothing."""
    if value:
        try:
            validate_email(value)
        except ValidationError as error:
            raise PydanticCustomError("email", "not an e-mail address") from error
    return value


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20, pattern=r"^[0-9+(). -]*$")]
