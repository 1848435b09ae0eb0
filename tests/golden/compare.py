#!/usr/bin/env python3
"""bench/extract/compare on a folder that is not well kept: names, empty and broken files, other encodings.

    compare.py COPYDESK_EXTRACT

Only copydesk is compared, with itself: the others need packages. It must end well, say what it leaves out, and count the rest.
"""
import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from languages import PAGES

COMPARE = Path(__file__).resolve().parents[2] / "bench/extract/compare"
NAMES = ["a b.html", "-x.html", "--help.html", "ünï.html", "quote'\"q.html", "semi;colon&amp.html", "new\nline.html", "%s%d.html", "$(touch pwned).html", "UPPER.HTML", "page.htm", "<b>.html"]


def fill(folder):
    """The pages that are good."""
    for name, (_, headline, *_, body) in zip(NAMES, PAGES):
        html = f"<html><head><title>{headline}</title></head><body><main><h1>{headline}</h1><p>{body}</p></main></body></html>"
        codec, label = ("cp1251", "<meta charset=windows-1251>") if name == NAMES[8] else ("utf-8", "")
        (folder / name).write_bytes(html.replace("<head>", "<head>" + label).encode(codec))
        (folder / name).with_suffix(".txt").write_text(body, "utf-8")
    (folder / "empty.html").touch()
    (folder / "folder.html").mkdir()
    os.symlink(folder / "nowhere", folder / "dangling.html")
    (folder / "empty.ndjson").touch()
    good = {"id": "line", "html": html, "expected": body}
    raw = {"bodyBase64": base64.b64encode(html.encode()).decode()}
    (folder / "lines.ndjson").write_text("\n".join([json.dumps(good), "no JSON", "", '{"id": 2}', "[]", json.dumps(raw)]), "utf-8")
    return len(NAMES) + 3, len(NAMES) + 1


def main():
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "pages"
        folder.mkdir()
        pages, known = fill(folder)
        done = subprocess.run([sys.executable, COMPARE, folder, "--bin", Path(sys.argv[1]).parent, "--only", "copydesk", "--html", Path(work) / "report.html"],
                              capture_output=True, text=True)
        row = next((line.split() for line in done.stdout.splitlines() if line.strip().startswith("copydesk")), [])
        wrong = [what for what, good in (("exit code", done.returncode == 0), ("pages", f"{pages} pages, {known} with an expected body" in done.stdout),
                                         ("score", row[1:5] == ["1.000"] * 4), ("what is left out", done.stderr.count("left out") == 4),
                                         ("report", (Path(work) / "report.html").exists())) if not good]
    if wrong:
        print(f"wrong: {', '.join(wrong)}\n{done.stdout}{done.stderr}")
    print("failed" if wrong else "ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
