"""How fast the command line starts, and how fast a brief is.

Method: each command is run as a whole process many times, interleaved, so that a busy moment hits all of them; the medians are
compared. `stakeline --help` is measured against an empty Python start (`python -c pass`), the floor of anything written in Python: it
should take at most 2.5 times that. `brief` runs on the demo's ledger: under 700 ms on the machine the target was set for.

    .venv/bin/python benchmarks/start.py [RUNS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STAKELINE_LEDGER": str(Path(folder) / "ledger")}
        stakeline = str(Path(sys.executable).with_name("stakeline"))
        subprocess.run(
            [stakeline, "demo", "--ledger", environment["STAKELINE_LEDGER"]],
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        known = ["--known", "2022-11-16T09:00"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "stakeline --help": [stakeline, "--help"],
            "stakeline brief": [stakeline, "brief", "SenseTime", *known],
            "stakeline timeline": [stakeline, "timeline", "Alibaba", "SenseTime"],
            "stakeline show": [stakeline, "show", "SenseTime"],
        }
        took: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
                took[name].append(time.perf_counter() - start)
    floor = statistics.median(took["python -c pass"])
    for name, times in took.items():
        median = statistics.median(times)
        print(
            f"{name:20} median {median * 1000:7.1f} ms   min {min(times) * 1000:7.1f} ms   {median / floor:5.2f} x an empty start"
        )


if __name__ == "__main__":
    main()
