"""The load process of idle sockets: opens many, says how long it took, holds them until its input ends.

`python -m tests.load.idle PORT COUNT`, tokens on the first line of its input, separated by spaces.
"""

import asyncio
import sys
import time

from tests.load.socket_client import Socket, open_socket

AT_ONCE = 100


async def hold(port: int, count: int, tokens: list[str]) -> None:
    began = time.perf_counter()
    sockets: list[Socket] = []
    for at in range(0, count, AT_ONCE):
        many = range(at, min(at + AT_ONCE, count))
        sockets += await asyncio.gather(
            *(open_socket(port, tokens[place % len(tokens)], lambda _: None) for place in many)
        )
    sys.stdout.write(f"{time.perf_counter() - began:.3f}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    for socket in sockets:
        socket.close()


if __name__ == "__main__":
    asyncio.run(hold(int(sys.argv[1]), int(sys.argv[2]), sys.stdin.readline().split()))
