#!/usr/bin/env python3
"""Run every golden case through copydesk-extract and compare.

    run.py COPYDESK_EXTRACT [CASE…]

A case is a folder: page.html or page.txt (bytes as they came), message.json (the other members of the raw page; "contentType" makes
the page travel as bodyBase64), expect.json, why.md (the lesson). In expect.json "body" lists the paragraphs of articleBody, all of
them and in order; "kinds" their block kinds; "image" the captions and credits; every other member is compared as it stands.
"""
import base64
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def raw_page(case: Path) -> dict:
    message = {"id": case.name, **json.loads((case / "message.json").read_text("utf-8"))}
    page = next(case.glob("page.*"))
    if "contentType" in message:
        message["bodyBase64"] = base64.b64encode(page.read_bytes()).decode()
    else:
        message["html" if page.suffix == ".html" else "text"] = page.read_text("utf-8")
    return message


def found(article: dict, name: str):
    if name == "body":
        return article["articleBody"].split("\n\n") if article["articleBody"] else []
    if name == "kinds":
        return [block["kind"] for block in article["blocks"]]
    if name == "image":
        return [{k: image[k] for k in ("caption", "credit") if k in image} for image in article["image"]]
    return article.get(name)


def main() -> int:
    program, names = sys.argv[1], sys.argv[2:]
    cases = sorted(path.parent for path in HERE.glob("*/expect.json") if not names or path.parent.name in names)
    if not cases:
        print("no case")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        source, out, dead = (Path(scratch) / name for name in ("in", "out", "dead"))
        source.write_text("".join(json.dumps(raw_page(case), ensure_ascii=False) + "\n" for case in cases), "utf-8")
        subprocess.run([program, "--in", source, "--out", out, "--dead", dead, "-X", "log.level=warn"], check=True)
        articles = {a["id"]: a for a in map(json.loads, out.read_text("utf-8").splitlines())}
    failed = 0
    for case in cases:
        wrong = []
        expect = json.loads((case / "expect.json").read_text("utf-8"))
        if not (case / "why.md").exists():
            wrong.append("why.md is missing")
        if case.name not in articles:
            wrong.append("no article came out")
        for name, want in expect.items():
            got = found(articles[case.name], name) if case.name in articles else None
            if got != want:
                wrong.append(f"{name}\n    want {json.dumps(want, ensure_ascii=False)}\n    got  {json.dumps(got, ensure_ascii=False)}")
        print(f"{'FAILED' if wrong else 'ok':7} {case.name}")
        for line in wrong:
            print("   ", line)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
