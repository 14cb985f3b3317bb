"""The one WebSocket consumer, `/ws/`: it joins, forwards and catches up, takes commands, and knows no domain.

A plain ASGI application rather than a Channels consumer, whose dispatch visits a thread for every frame received.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import Any, assert_never
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http.request import split_domain_port, validate_host

from coordination.base.errors import AppError, TooMany
from coordination.base.network import client_address
from coordination.streams import frames
from coordination.streams.commands import command
from coordination.streams.errors import Unavailable, UnknownCommand
from coordination.streams.frames import Join, Leave, Malformed, Order, Oversized, Ping, Typing
from coordination.streams.gate import Gate
from coordination.streams.hub import hub_of_this_process
from coordination.streams.member import ENDED, Member
from coordination.streams.outgoing import Send
from coordination.streams.sharing import Call, Outcome

TOO_LARGE = 1009
UNAVAILABLE = 1013
MALFORMED = 4400
WRONG_ORIGIN = 4403
TOO_OFTEN = 4429
MOST_UNANSWERED = 100
SEND_NOW = "liaison.send_now"

log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class Consumer:
    """The ASGI application; one call per socket."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one socket from its handshake to its end."""
        await receive()
        await send({"type": "websocket.accept"})
        member = await self._admit(scope, send)
        if isinstance(member, int):
            await send({"type": "websocket.close", "code": member})
            return
        with member.serving():
            await _Conversation(member).run(receive)

    async def _admit(self, scope: MutableMapping[str, Any], send: Send) -> Member | int:
        """A member of this process's hub, or the code to close with."""
        hub = hub_of_this_process(self._gate)
        headers = dict(scope["headers"])
        try:
            identity = await hub.admission.identify(headers)
        except (DatabaseError, InterfaceError) as error:
            log.warning("nobody can be identified: %s", error)
            return UNAVAILABLE
        if identity is None:
            return ENDED
        if identity.by_cookie and not is_ours(headers.get(b"origin", b""), headers.get(b"host", b"")):
            return WRONG_ORIGIN
        member = Member(hub, headers, identity, send, scope.get("extensions", {}).get(SEND_NOW))
        member.address = _address(scope, headers)
        return member


def _address(scope: MutableMapping[str, Any], headers: dict[bytes, bytes]) -> str | None:
    peer, _port = scope.get("client") or (None, 0)
    return client_address(peer, headers.get(b"x-forwarded-for", b"").decode("latin-1"))


def is_ours(origin: bytes, host: bytes) -> bool:
    """Whether a page at this origin is one of Liaison's: a trusted origin, or that of the (allowed) host asked."""
    said, asked = origin.decode("latin-1").lower(), host.decode("latin-1").lower()
    if said in settings.CSRF_TRUSTED_ORIGINS:
        return True
    same = bool(asked) and urlsplit(said).netloc == asked
    return same and validate_host(split_domain_port(asked)[0], settings.ALLOWED_HOSTS)


class _Conversation:
    """What one member says, frame by frame."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._allowance = float(settings.SOCKET_FRAMES_AT_ONCE)
        self._counted_at = time.monotonic()
        self._unanswered = 0

    async def run(self, receive: Receive) -> None:
        """Until the socket is gone."""
        while (message := await receive())["type"] != "websocket.disconnect":
            if not self._member.closing:
                await self._take(message)

    async def _take(self, message: MutableMapping[str, Any]) -> None:
        if not self._allowed():
            self._member.close(TOO_OFTEN)
            return
        try:
            await self._do(frames.parse(message))
        except Oversized:
            self._member.close(TOO_LARGE)
        except Malformed:
            self._member.close(MALFORMED)

    def _allowed(self) -> bool:
        """A bucket of frames that refills with time."""
        now = time.monotonic()
        refill = (now - self._counted_at) * settings.SOCKET_FRAMES_PER_SECOND
        self._allowance = min(settings.SOCKET_FRAMES_AT_ONCE, self._allowance + refill) - 1
        self._counted_at = now
        return self._allowance >= 0

    async def _do(self, frame: frames.Frame) -> None:
        member = self._member
        match frame:
            case Order():
                self._order(frame)
            case Join(streams):
                await self._join(streams)
            case Leave(streams):
                member.leave(streams)
            case Typing(stream):
                member.hub.typing(stream, member)
            case Ping(ref):
                member.say("pong", ref=ref)
            case _:
                assert_never(frame)

    async def _join(self, streams: dict[Any, int]) -> None:
        try:
            await self._member.join(streams)
        except (DatabaseError, InterfaceError) as error:
            log.warning("the log cannot be read for a join: %s", error)
            self._member.close(UNAVAILABLE)

    def _order(self, order: Order) -> None:
        known = command(order.name)
        if known is None:
            self._answer(order, UnknownCommand())
        elif self._unanswered >= MOST_UNANSWERED:
            self._answer(order, TooMany())
        elif known.batch is not None:
            self._unanswered += 1
            shared = self._member.hub.shared(known.name, known.batch)
            shared.add(Call(self._member.person, order.data, partial(self._done, order)))
        elif known.plain is not None:
            self._unanswered += 1
            self._member.hub.spawn(self._run(known.plain, order))

    async def _run(self, handler: Callable[[Any, dict[str, Any]], dict[str, Any]], order: Order) -> None:
        member = self._member
        outcome: dict[str, Any] | BaseException
        [outcome] = await asyncio.gather(
            member.hub.commands.run(handler, member.person, order.data), return_exceptions=True
        )
        self._done(order, refusal(outcome) if isinstance(outcome, BaseException) else outcome)

    def _done(self, order: Order, outcome: Outcome) -> None:
        self._unanswered -= 1
        self._answer(order, outcome)

    def _answer(self, order: Order, outcome: Outcome) -> None:
        if isinstance(outcome, AppError):
            error = outcome.body(self._member.identity.person.language)
            self._member.say("answer", ref=order.ref, ok=False, error=error)
        else:
            self._member.say("answer", ref=order.ref, ok=True, data=outcome)


def refusal(error: BaseException) -> AppError:
    """How a failure is told to the client; what is not a refusal is logged, and may be tried again."""
    if isinstance(error, AppError):
        return error
    log.error("a command failed", exc_info=error)
    return Unavailable()
