"""One socket and the server: joining, telling, catching up."""

import orjson
import pytest

from coordination.streams.models import Event
from tests.streams.application import tell
from tests.streams.support import Centre, Opener, Server, eventually, in_thread

pytestmark = pytest.mark.engine


async def test_what_is_committed_reaches_everyone_who_follows(server: Server, centre: Centre, opened: Opener) -> None:
    stream = await in_thread(centre.stream)
    clients = [await opened(server, await in_thread(centre.person)) for _ in range(3)]
    for client in clients:
        await client.join({stream: 0})
    for number in range(20):
        await in_thread(tell, stream, str(number))
    for client in clients:
        await client.heard(stream, map(str, range(20)))


async def test_a_stranger_is_refused_and_told_nothing(server: Server, centre: Centre, opened: Opener) -> None:
    stream = await in_thread(centre.stream)
    elsewhere = await in_thread(Centre.make)
    stranger = await opened(server, await in_thread(elsewhere.person))
    joined = await stranger.join({stream: 0})
    assert joined == {"type": "joined", "streams": {}, "refused": [str(stream)]}
    await in_thread(tell, stream, "secret")
    await stranger.say(type="ping", ref="1")
    await eventually(lambda: bool(stranger.of_type("pong")))
    assert stranger.told == {}


async def test_a_first_join_that_has_been_read_is_said_to_be_complete(
    server: Server, centre: Centre, opened: Opener
) -> None:
    stream = await in_thread(centre.stream)
    await in_thread(tell, stream, "before")
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: 0})
    await client.say(type="ping", ref="1")
    await eventually(lambda: bool(client.of_type("pong")))
    assert [frame["type"] for frame in client.frames][:2] == ["joined", "current"]


async def test_who_comes_back_hears_what_was_missed(server: Server, centre: Centre, opened: Opener) -> None:
    stream, person = await in_thread(centre.stream), await in_thread(centre.person)
    for number in range(700):
        await in_thread(tell, stream, str(number))
    client = await opened(server, person)
    joined = await client.join({stream: 450})
    assert joined["streams"] == {str(stream): 700}
    await client.heard(stream, map(str, range(450, 700)))


async def test_from_now_on_means_nothing_of_before(server: Server, centre: Centre, opened: Opener) -> None:
    stream = await in_thread(centre.stream)
    await in_thread(tell, stream, "before")
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: -1})
    await in_thread(tell, stream, "after")
    await client.heard(stream, ["after"])


@pytest.mark.parametrize("held", [3, 99])
async def test_a_log_that_does_not_lead_there_is_reset(
    server: Server, centre: Centre, opened: Opener, held: int
) -> None:
    stream = await in_thread(centre.stream)
    for number in range(10):
        await in_thread(tell, stream, str(number))
    await in_thread(Event.objects.filter(stream_id=stream, seq__lte=5).delete)
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: held})
    await eventually(lambda: client.of_type("reset") == [{"type": "reset", "stream": str(stream), "head": 10}])
    await in_thread(tell, stream, "next")
    await client.heard(stream, ["next"])


async def test_who_is_too_far_behind_is_reset(server: Server, centre: Centre, opened: Opener) -> None:
    stream = await in_thread(centre.stream)
    for number in range(1005):
        await in_thread(tell, stream, str(number))
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: 1})
    await eventually(lambda: bool(client.of_type("reset")))
    assert client.told == {}


async def test_a_large_catch_up_comes_in_frames_below_256_kib(server: Server, centre: Centre, opened: Opener) -> None:
    stream = await in_thread(centre.stream)
    long = "é" * 20_000
    for number in range(60):
        await in_thread(tell, stream, f"{number}{long}")
    client = await opened(server, await in_thread(centre.person))  # refuses frames over 256 KiB
    await client.join({stream: 0})
    await client.heard(stream, [f"{number}{long}" for number in range(60)])


async def test_a_command_is_answered_once_it_is_committed(server: Server, centre: Centre, opened: Opener) -> None:
    stream = await in_thread(centre.stream)
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: 0})
    answer = await client.order("test.tell_one", stream=str(stream), text="here")
    assert answer["ok"] is True
    assert answer["data"] == {"told": "here"}
    assert await in_thread(Event.objects.filter(stream_id=stream).count) == 1
    await client.heard(stream, ["here"])


@pytest.mark.parametrize("name", ["test.tell_one", "test.tell_many"])
async def test_a_refused_command_says_why(server: Server, centre: Centre, opened: Opener, name: str) -> None:
    stream = await in_thread(centre.stream)
    client = await opened(server, await in_thread(centre.person))
    answer = await client.order(name, stream=str(stream), text="no")
    assert (answer["ok"], answer["error"]["code"]) == (False, "refused")
    assert answer["error"]["detail"] == "Votre rôle ne permet pas cette action."


async def test_an_unknown_command_is_refused(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person))
    answer = await client.order("test.nothing")
    assert (answer["ok"], answer["error"]["code"]) == (False, "unknown_command")


async def test_posts_under_way_share_a_commit_and_one_that_breaks_breaks_alone(
    server: Server, centre: Centre, opened: Opener
) -> None:
    stream = await in_thread(centre.stream)
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: 0})
    texts = ["broken" if number == 20 else str(number) for number in range(40)]
    for text in texts:
        await client.say(type="command", ref=text, name="test.tell_many", data={"stream": str(stream), "text": text})
    await eventually(lambda: len(client.of_type("answer")) == 40)
    answers = {answer["ref"]: answer for answer in client.of_type("answer")}
    assert answers.pop("broken")["error"]["code"] == "unavailable"
    assert all(answer["ok"] for answer in answers.values())
    await client.heard(stream, [text for text in texts if text != "broken"])


async def test_typing_reaches_the_others_and_is_coalesced(server: Server, centre: Centre, opened: Opener) -> None:
    stream, ada = await in_thread(centre.stream), await in_thread(centre.person)
    writes, reads = await opened(server, ada), await opened(server, await in_thread(centre.person))
    await writes.join({stream: 0})
    await reads.join({stream: 0})
    for _ in range(5):
        await writes.say(type="typing", stream=str(stream))
    await eventually(lambda: bool(reads.of_type("typing")))
    await writes.order("test.tell_one", stream=str(stream), text="done")
    await reads.heard(stream, ["done"])
    assert reads.of_type("typing") == [{"type": "typing", "stream": str(stream), "person": str(ada.pk)}]
    assert writes.of_type("typing") == []


async def test_leaving_ends_it(server: Server, centre: Centre, opened: Opener) -> None:
    one, other = await in_thread(centre.stream), await in_thread(centre.stream)
    client = await opened(server, await in_thread(centre.person))
    await client.join({one: 0, other: 0})
    await client.say(type="leave", streams=[str(one)])
    await client.say(type="ping", ref="left")
    await eventually(lambda: bool(client.of_type("pong")))
    await in_thread(tell, one, "unheard")
    await in_thread(tell, other, "heard")
    await client.heard(other, ["heard"])
    assert one not in client.told


async def test_everyone_is_told_that_all_is_current(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person))
    await eventually(lambda: bool(client.of_type("current")), within=8)


async def test_two_servers_tell_each_others_followers(
    server: Server, environment: dict[str, str], centre: Centre, opened: Opener
) -> None:
    stream = await in_thread(centre.stream)
    second = Server(environment).start()
    here, there = (
        await opened(server, await in_thread(centre.person)),
        await opened(second, await in_thread(centre.person)),
    )
    await here.join({stream: 0})
    await there.join({stream: 0})
    for number in range(10):
        client = here if number % 2 else there
        await client.order("test.tell_one", stream=str(stream), text=str(number))
    for client in (here, there):
        await client.heard(stream, map(str, range(10)))
    assert second.stop() == 0
    assert await there.ended() == 1012
    assert orjson.dumps(here.faults) == b"[]"
