"""What the tests of this folder share that give copydesk-extract pages of their own and look at what it makes of them."""
import json
import subprocess
import tempfile
from pathlib import Path


def extract(program, pages):
    """The articles of raw-page messages without their ids, by index in `pages`; pages without an article are missing."""
    with tempfile.TemporaryDirectory() as scratch:
        source, out, dead = (Path(scratch) / name for name in ("in", "out", "dead"))
        source.write_text("".join(json.dumps({"id": str(i), **page}) + "\n" for i, page in enumerate(pages)), "utf-8")
        subprocess.run([program, "--in", source, "--out", out, "--dead", dead, "-X", "log.level=warn"], check=True)
        return {int(article["id"]): article for article in map(json.loads, out.read_text("utf-8").splitlines())}


def differences(article, expect, found):
    """What is wrong with the fields, "" if nothing; `found` reads one of an article."""
    return "; ".join(f"{field} {found(article, field)!r}, not {want!r}" for field, want in expect.items() if found(article, field) != want)


def report(count, failures):
    """Prints them, [(name, what is wrong)], and the sum; returns the test's exit code."""
    for name, wrong in failures:
        print(f"FAILED  {name}: {wrong}")
    print(f"{count - len(failures)} of {count} pages")
    return 1 if failures else 0
