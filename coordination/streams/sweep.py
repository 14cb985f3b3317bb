"""Every few seconds a process compares what it follows with PostgreSQL: lost events, ended rights, ended sign-ins."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from coordination.base import clock
from coordination.streams import presence, reading
from coordination.streams.gate import Identity
from coordination.streams.member import ENDED, Member

if TYPE_CHECKING:
    from coordination.streams.hub import Hub

AT_A_TIME = 100
PATIENCE_SECONDS = 3.0
"""How long rights that may have ended wait for an answer before they count as ended."""

log = logging.getLogger(__name__)


class Sweep:
    """The periodic comparison of one hub."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._wanted = asyncio.Event()
        self._told_at = 0.0
        self._noted: dict[UUID, float] = {}

    def soon(self) -> None:
        """Sweep now instead of at the next interval."""
        self._wanted.set()

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            try:
                async with asyncio.timeout(settings.STREAM_SWEEP_SECONDS):
                    await self._wanted.wait()
            except TimeoutError:
                pass
            self._wanted.clear()
            await self._once()

    async def _once(self) -> None:
        now = clock.now()
        self._note_presence()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                doubtful = await self._who_must_be_asked_again(now)
                await asyncio.gather(*(self._ask_again(member) for member in doubtful))
        except (DatabaseError, InterfaceError, TimeoutError) as error:
            log.warning("the sweep cannot read PostgreSQL: %s", error)
            self._end_what_has_expired(now)
            return
        if await self._hub.filled():
            await self._say_current(now)

    def _note_presence(self) -> None:
        """Say who is connected here: a newcomer at once, everybody else now and then; nobody waits for it."""
        here = {member.identity.person.id for member in self._hub.members}
        due = time.monotonic() - presence.AGAIN_SECONDS
        self._noted = {person: at for person, at in self._noted.items() if person in here and at > due}
        if told := here - self._noted.keys():
            self._noted.update(dict.fromkeys(told, time.monotonic()))
            self._hub.spawn(self._hub.readers.run(presence.note, told))

    async def _who_must_be_asked_again(self, now: datetime) -> Collection[Member]:
        """Compare, have what is missing forwarded, and return the members whose rights may have changed."""
        hub = self._hub
        members = list(hub.members)
        people = {member.identity.person.id for member in members}
        state = await hub.keepers.run(reading.state, list(hub.channels), list(people))
        hub.fill([hub.channels[stream] for stream, head in state.heads.items() if hub.is_behind(stream, head)])
        credentials = {member.identity.credential for member in members}
        good = await hub.keepers.run(hub.gate.still_good, credentials)
        return [
            member
            for member in members
            if state.epochs.get(member.identity.person.id) != member.identity.person.access_epoch
            or member.identity.credential not in good
            or member.expires <= now
        ]

    async def _ask_again(self, member: Member) -> None:
        """Close whoever is not signed in any more; drop the streams that they may not follow any more."""
        identity, until = await self._hub.keepers.run(self._rights_of, member)
        if identity is None:
            member.close(ENDED)
            return
        member.renew(identity, until)

    def _rights_of(self, member: Member) -> tuple[Identity | None, dict[UUID, datetime | None]]:
        [identity] = self._hub.gate.identify([member.headers])
        if identity is None or identity.person.id != member.identity.person.id:
            return None, {}
        return identity, reading.may_follow(identity.person.id, list(member.streams))

    def _end_what_has_expired(self, now: datetime) -> None:
        """Without PostgreSQL nobody can be asked: a right that may have ended has ended."""
        for member in tuple(self._hub.members):
            member.end_what_has_expired(now)

    async def _say_current(self, at: datetime) -> None:
        """Everything joined is complete up to the moment before the comparison."""
        if time.monotonic() - self._told_at < settings.STREAM_CURRENT_SECONDS:
            return
        self._told_at = time.monotonic()
        text = orjson.dumps({"type": "current", "at": at}, option=orjson.OPT_UTC_Z).decode()
        slices: defaultdict[int, list[Member]] = defaultdict(list)
        for place, member in enumerate(self._hub.members):
            slices[place // AT_A_TIME].append(member)
        for members in slices.values():
            for member in members:
                if not member.joining:
                    member.put(text)
            await asyncio.sleep(0)
