#!/usr/bin/env python3
"""What happens with a page that is no article, by extract.nonarticle and the settings of each type: emitted, dropped or dead.

    nonarticle.py COPYDESK_EXTRACT

A page of each type of this folder goes through: articles and live blogs always come out, the others as it is set.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# page type: its page
PAGES = {"article": "article-ordinary", "liveblog": "live-blog", "listing": "type-section-page", "gallery": "type-gallery", "video": "type-video", "paywall": "paywall-stub",
         "consent": "consent-wall", "error": "page-not-found", "other": "type-login"}
ARTICLES = ("article", "liveblog", "paywall")
# settings, types that are dropped, types that are dead
CASES = [([], [], []),
         (["extract.nonarticle=drop"], [t for t in PAGES if t not in ARTICLES], []),
         (["extract.nonarticle=dead"], [], [t for t in PAGES if t not in ARTICLES]),
         (["extract.paywall=drop"], ["paywall"], []), (["extract.paywall=dead"], [], ["paywall"])]
for kind in PAGES:
    if kind not in ARTICLES:
        CASES.append(([f"extract.nonarticle.{kind}=drop"], [kind], []))
        CASES.append((["extract.nonarticle=drop", f"extract.nonarticle.{kind}=dead"], [t for t in PAGES if t not in ARTICLES and t != kind], [kind]))
        CASES.append((["extract.nonarticle=dead", f"extract.nonarticle.{kind}=emit"], [], [t for t in PAGES if t not in ARTICLES and t != kind]))


def run(program, settings, source, scratch):
    """The types that came out, those of the dead letters, and the number of pages that were dropped."""
    out, dead = scratch / "out", scratch / "dead"
    options = [part for setting in settings for part in ("-X", setting)]
    done = subprocess.run([program, "--in", source, "--out", out, "--dead", dead, *options], check=True, capture_output=True, text=True)
    emitted = [json.loads(line)["pageType"] for line in out.read_text("utf-8").splitlines()]
    letters = [line for line in dead.read_text("utf-8").splitlines()]
    dropped = int(done.stderr.split("dropped=")[1].split()[0])
    return emitted, sorted(t for t in PAGES for line in letters if f"of type {t}" in line), dropped


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        scratch = Path(work)
        source = scratch / "in"
        pages = [(t, HERE / name / "page.html", json.loads((HERE / name / "message.json").read_text("utf-8"))) for t, name in PAGES.items()]
        source.write_text("".join(json.dumps({"id": t, **message, "html": page.read_text("utf-8")}) + "\n" for t, page, message in pages), "utf-8")
        for settings, drop, dead in CASES:
            emitted, letters, dropped = run(sys.argv[1], settings, source, scratch)
            good = emitted == [t for t in PAGES if t not in drop and t not in dead] and letters == sorted(dead) and dropped == len(drop)
            if not good:
                print(f"FAILED  {' '.join(settings) or 'nothing set'}: out {emitted}, dead {letters}, {dropped} dropped")
            failed += not good
    print(f"{len(CASES) - failed} of {len(CASES)} settings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
