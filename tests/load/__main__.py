"""Runs the scenarios one after the other, prints a table, writes `bench-results/*.json`."""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.load import stage
from tests.load.rooms import Plan, Room
from tests.load.stage import ROOT, Stage

P99_MS = 250
IDLE = 2_000


@dataclass(frozen=True)
class Scenario:
    """Rooms, members in each, messages a second in all."""

    name: str
    rooms: int
    members: int
    rate: float


STEADY = [Scenario("A  10 rooms x 10, 20 msg/s", 10, 10, 20), Scenario("B  1 room x 200, 5 msg/s", 1, 200, 5)]
STEPS = [500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000]


def main() -> None:
    """Measure."""
    options = _options()
    with stage.engines_of_its_own() as (places, postgres, redis):
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = places.database_url, places.redis_url
        os.environ.update(DJANGO_SETTINGS_MODULE="coordination.project.settings", ALLOWED_HOSTS="127.0.0.1")
        small, large = _people()
        port = stage.free_port()
        log = places.logs / "server.log"
        with stage.server([sys.executable, "-m", "coordination.project.server", "--port", str(port)], port, log) as pid:
            found = _measure(Stage(port, pid, postgres, redis), small, large, options)
        sys.stderr.write(log.read_text()[-4000:])
    _write(found)
    sys.exit(any(_faults(row) for row in found["rows"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--seconds", type=float, default=20, help="of each steady scenario")
    parser.add_argument("--only", default="ABCD", help="letters of the scenarios to run")
    parser.add_argument("--rates", type=float, nargs="*", default=STEPS, help="the steps of scenario D")
    return parser.parse_args()


def _people() -> tuple[list[Room], Room]:
    """Ten rooms of ten, and one of two hundred."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.load.people import make_centre, make_room

    call_command("migrate", verbosity=0)
    centre = make_centre()
    return [make_room(centre, f"room-{number}", 10) for number in range(10)], make_room(centre, "hall", 200)


def _measure(on: Stage, small: list[Room], large: Room, options: argparse.Namespace) -> dict[str, Any]:
    rows = [
        _run(on, scenario, small if scenario.rooms > 1 else [large], options.seconds)
        for scenario in STEADY
        if scenario.name[0] in options.only
    ]
    found: dict[str, Any] = {"rows": rows}
    if "C" in options.only:
        found["idle"] = _idle(on, large)
        _say(f"C  {IDLE} idle sockets: " + ", ".join(f"{name} {value}" for name, value in found["idle"].items()))
    if "D" in options.only:
        rows += _highest(on, small, options.rates)
    return found


def _highest(on: Stage, rooms: list[Room], rates: list[float]) -> list[dict[str, Any]]:
    """Ever faster, until delivery takes too long."""
    rows = []
    for rate in rates:
        row = _run(on, Scenario(f"D  10 rooms x 10, {rate:g} msg/s", 10, 10, rate), rooms, 8)
        rows.append(row)
        if row["result"]["lost"] or row["result"]["delivered_ms"].get("p99", P99_MS) >= P99_MS:
            row["too_fast"] = True
            break
    return rows


def _run(on: Stage, scenario: Scenario, rooms: list[Room], seconds: float) -> dict[str, Any]:
    plan = asdict(Plan(on.port, rooms, scenario.rate, seconds))
    child = _child("tests.load.rooms")
    _tell(child, json.dumps(plan))
    _hear(child)
    before = on.cpu()
    result = json.loads(_hear(child))
    spent = {name: used - before[name] for name, used in on.cpu().items()}
    per_1000 = {name: round(1000 * used / max(1, result["delivered"]), 3) for name, used in spent.items()}
    row = {"scenario": scenario.name, "result": result, "cpu_seconds_per_1000_deliveries": per_1000}
    _say(_line(row))
    return row


def _child(module: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *words], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _tell(child: subprocess.Popen[str], line: str) -> None:
    if child.stdin is not None:
        child.stdin.write(line + "\n")
        child.stdin.flush()


def _hear(child: subprocess.Popen[str]) -> str:
    line = child.stdout.readline() if child.stdout is not None else ""
    if not line:
        sys.exit("the load process ended")
    return line


def _idle(on: Stage, room: Room) -> dict[str, float]:
    before = on.server_mib()
    child = _child("tests.load.idle", str(on.port), str(IDLE))
    _tell(child, " ".join(room.tokens))
    seconds = float(_hear(child))
    time.sleep(2)
    mib, cpu = on.server_mib() - before, on.cpu()["server"]
    time.sleep(10)
    idle_cpu = (on.cpu()["server"] - cpu) / 10
    child.communicate()
    return {
        "seconds_to_connect": round(seconds, 2),
        "mib_per_1000": round(mib * 1000 / IDLE, 1),
        "cpu_share_while_idle": round(idle_cpu, 3),
    }


def _faults(row: dict[str, Any]) -> bool:
    counts = row["result"]
    wrong = any(counts[name] for name in ("duplicated", "out_of_order"))
    return wrong or (not row.get("too_fast") and any(counts[name] for name in ("lost", "refused", "closed")))


def _line(row: dict[str, Any]) -> str:
    result, cpu = row["result"], row["cpu_seconds_per_1000_deliveries"]

    def three(times: dict[str, float]) -> str:
        return "/".join(f"{times.get(name, float('nan')):.1f}" for name in ("p50", "p95", "p99"))

    return (
        f"{row['scenario']:<32} ack {three(result['acknowledged_ms']):>20} ms   "
        f"delivered {three(result['delivered_ms']):>20} ms   {result['deliveries_per_second']:>8.0f}/s   "
        f"CPU s/1,000: server {cpu['server']:.3f} postgres {cpu['postgres']:.3f} redis {cpu['redis']:.3f}   "
        f"lost {result['lost']} twice {result['duplicated']} disordered {result['out_of_order']} "
        f"refused {result['refused']} closed {result['closed']}"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _write(found: dict[str, Any]) -> None:
    now = datetime.now(UTC)
    machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    folder = Path(ROOT, "bench-results")
    folder.mkdir(exist_ok=True)
    file = folder / f"{now:%Y%m%dT%H%M%SZ}.json"
    file.write_text(json.dumps({"at": now.isoformat(), "machine": machine, **found}, indent=2))
    _say(f"{machine['cores']} cores; written to {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
