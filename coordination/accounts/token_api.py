"""Tokens, service accounts, and what the administrator gives back to somebody who is locked out.

What shows a secret once is not kept for a retry, as other creating requests are: only its digest is.
"""

from uuid import UUID

from ninja import Router, Status

from coordination.accounts import tokens
from coordination.accounts.models import AccessToken, Person, PersonQuerySet, Role
from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.schemas import Named
from coordination.accounts.session_schemas import (
    FirstPasswordOut,
    NewTokenOut,
    ServiceAccountIn,
    ServiceAccountOut,
    ServiceAccountsOut,
    TokenIn,
    TokenOut,
    TokensOut,
)
from coordination.accounts.signin import Cookie, SignedInRequest
from coordination.base import clock
from coordination.base.errors import NotFound
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404

router = Router(tags=["accounts"], auth=Cookie())


@router.get("/tokens", response=TokensOut)
def list_tokens(request: SignedInRequest) -> TokensOut:
    """One's own tokens that are still good."""
    return TokensOut(items=_tokens_of(request.person))


@router.post("/tokens", response={201: NewTokenOut})
def create_token(request: SignedInRequest, payload: TokenIn) -> Status[NewTokenOut]:
    """A token for oneself, shown this once; needs a recent proof of who asks."""
    require_recent(request)
    return Status(201, _new_token(request.person, payload, by=request.person))


@router.delete("/tokens/{token_id}", response={204: None})
def delete_token(request: SignedInRequest, token_id: UUID) -> None:
    """End one of one's own tokens, or that of a service account."""
    same = AccessToken.objects.filter(person__organisation_id=request.person.organisation_id, pk=token_id)
    token = same.select_related("person").first()
    if token is None:
        raise NotFound
    tokens.end_token(token, by=request.person)


@router.get("/service-accounts", response=ServiceAccountsOut)
def list_service_accounts(request: SignedInRequest) -> ServiceAccountsOut:
    """The programs that may come, each with its tokens."""
    require(request.person, Right.DIRECTORY_MANAGE)
    accounts = _accounts(request.person).order_by("sort_key")[:200]
    return ServiceAccountsOut(items=[_account_out(account) for account in accounts.prefetch_related(*_WITH)])


@router.post("/service-accounts", response={201: ServiceAccountOut})
@idempotent
def create_service_account(request: SignedInRequest, payload: ServiceAccountIn) -> Status[ServiceAccountOut]:
    """An account for a program; needs a recent proof of who asks."""
    require(request.person, Right.DIRECTORY_MANAGE)
    require_recent(request)
    role = Role.objects.filter(organisation_id=request.person.organisation_id, pk=payload.role).first()
    if role is None:
        raise NotFound
    account = tokens.add_service_account(payload.name, role, by=request.person)
    return Status(201, _account_out(account))


@router.post("/service-accounts/{account_id}/tokens", response={201: NewTokenOut})
def create_service_token(request: SignedInRequest, account_id: UUID, payload: TokenIn) -> Status[NewTokenOut]:
    """A token for a program, shown this once; needs a recent proof of who asks."""
    require(request.person, Right.DIRECTORY_MANAGE)
    require_recent(request)
    account = _accounts(request.person).filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return Status(201, _new_token(account, payload, by=request.person))


@router.post("/people/{person_id}/reset-second-factor", response={204: None})
def reset_second_factor(request: SignedInRequest, person_id: UUID) -> None:
    """Somebody lost all their second factors; needs a recent proof of who asks."""
    require(request.person, Right.DIRECTORY_MANAGE)
    require_recent(request)
    tokens.reset_second_factor(visible_or_404(Person, request.person, person_id), by=request.person)


@router.post("/people/{person_id}/first-password", response=FirstPasswordOut)
def give_password(request: SignedInRequest, person_id: UUID) -> FirstPasswordOut:
    """A password to hand over, shown this once; needs a recent proof of who asks."""
    require(request.person, Right.DIRECTORY_MANAGE)
    require_recent(request)
    person = visible_or_404(Person, request.person, person_id)
    return FirstPasswordOut(password=tokens.reset_password(person, by=request.person))


_WITH = ("memberships__role", "tokens")


def _accounts(person: Person) -> PersonQuerySet:
    return Person.objects.visible_to(person).filter(is_service=True)


def _account_out(account: Person) -> ServiceAccountOut:
    now = clock.now()
    held = [one for one in account.memberships.all() if one.valid_until is None or one.valid_until > now]
    return ServiceAccountOut(
        id=account.pk,
        name=account.display_name,
        role=Named(id=held[0].role_id, name=held[0].role.name) if held else None,
        is_active=account.is_active,
        tokens=_tokens_of(account),
    )


def _tokens_of(person: Person) -> list[TokenOut]:
    """Those still good, the newest first."""
    good = [token for token in person.tokens.all() if token.expires_at > clock.now()]
    return [TokenOut.from_orm(token) for token in sorted(good, key=lambda token: token.created_at, reverse=True)]


def _new_token(person: Person, payload: TokenIn, *, by: Person) -> NewTokenOut:
    tokens.refuse_wider(person, payload.scopes)
    expires_at = tokens.end_of(payload.expires_on, person)
    token, secret = tokens.make_token(
        person, label=payload.label.strip(), scopes=payload.scopes, expires_at=expires_at, by=by
    )
    return NewTokenOut(**TokenOut.from_orm(token).model_dump(), secret=secret)
