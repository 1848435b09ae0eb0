#!/usr/bin/env python3
"""What happens with a page that is no article, by extract.nonarticle: emitted, dropped or dead.

    nonarticle.py COPYDESK_EXTRACT

The listing and the ordinary article of this folder go through together: the article always comes out, the listing as it is set.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# setting: ids that come out, ids that are dead
EXPECT = {"emit": (["article-ordinary", "listing"], []), "drop": (["article-ordinary"], []), "dead": (["article-ordinary"], ["not_an_article"])}


def run(program, setting, source, scratch):
    out, dead = scratch / f"{setting}.out", scratch / f"{setting}.dead"
    subprocess.run([program, "--in", source, "--out", out, "--dead", dead, "-X", f"extract.nonarticle={setting}", "-X", "log.level=warn"], check=True)
    lines = [path.read_text("utf-8").splitlines() for path in (out, dead)]
    return sorted(json.loads(line)["id"] for line in lines[0]), lines[1]


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        scratch = Path(work)
        source = scratch / "in"
        source.write_text("".join(json.dumps({"id": name, "url": "https://valleypost.example/", "html": (HERE / name / "page.html").read_text("utf-8")}) + "\n"
                                  for name in ("listing", "article-ordinary")), "utf-8")
        for setting, (want_out, want_dead) in EXPECT.items():
            got_out, got_dead = run(sys.argv[1], setting, source, scratch)
            good = got_out == want_out and len(got_dead) == len(want_dead) and all(code in line for code, line in zip(want_dead, got_dead))
            print(f"{'ok' if good else 'FAILED':7} {setting}: out {got_out}, dead {[line[:120] for line in got_dead]}")
            failed += not good
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
