"""HTTP to Django, `/ws/` to the one WebSocket consumer."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.project.settings")
_http = get_asgi_application()

from coordination.accounts.gate import SignInGate  # noqa: E402  (after Django is set up)
from coordination.streams.consumer import Consumer  # noqa: E402

_socket = Consumer(SignInGate())

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "http":
        await _http(scope, receive, send)
    elif scope["type"] == "websocket" and scope["path"] == "/ws/":
        await _socket(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close"})
    else:
        raise ValueError(f"no {scope['type']} here")
