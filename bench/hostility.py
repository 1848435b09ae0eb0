"""What the benches of hostile input share: seeded words to make it of, and what one message costs a stage. Python standard library only."""
import json
import os
import subprocess
import sys

WORDS = "the of council said on harbour ferry price water people school report week bridge road new last year plan under city vote".split()


def prose(rnd, words):
    return " ".join(rnd.choice(WORDS) for _ in range(words)).capitalize() + ". "


def repeat(make, size):
    parts, length = [], 0
    while length < size:
        parts.append(make())
        length += len(parts[-1])
    return "".join(parts)


def cost(program, message, work):
    """CPU seconds, peak memory in MiB (this program's own at the least), and the code of the dead letter, "" if there is none."""
    (work / "in").write_text(json.dumps(message, ensure_ascii=False) + "\n", encoding="utf-8", errors="replace")
    process = subprocess.Popen([program, "-X", "workers=1", "--in", work / "in", "--out", work / "out", "--dead", work / "dead"], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{program} ended with {status}")
    dead = (work / "dead").read_text(encoding="utf-8", errors="replace")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.loads(dead)["code"] if dead.strip() else ""
