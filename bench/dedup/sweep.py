#!/usr/bin/env python3
"""What each option of copydesk-dedup does to precision and recall.

    sweep.py COPYDESK_DEDUP FOLDER [KEY=VALUE …]

FOLDER holds articles.jsonl.gz (id, url, ts, text, group: the truth) and may hold wires.jsonl.gz with wire-pairs.jsonl (labelled pairs with weights). Runs
the stage once for each row of SWEEP, or once with the settings given, and prints a table: precision and recall over all pairs of articles in one
story, the same over the labelled pairs of wire reports, and the share of articles that go on as unique or as revisions. Standard library only.
"""
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from labelled import article, rows

SWEEP = [[], ["window=6h"], ["window=1d"], ["window=3d"], ["window=30d"], ["lateness=0"], ["lateness=7d"], ["strictness=-3"], ["strictness=-2"], ["strictness=-1"],
         ["strictness=-0.5"], ["strictness=0.5"], ["strictness=1"], ["strictness=2"], ["strictness=3"], ["same.host=host"], ["emit.revisions=duplicate"]]


def run(program, source, settings, work):
    out = work / "out.ndjson"
    options = [part for setting in settings for part in ("-X", setting)]
    subprocess.run([program, "--in", source, "--out", out, "--dead", work / "dead.ndjson", *options], check=True, stderr=subprocess.DEVNULL)
    story, passed, alias = {}, 0, {}
    for message in map(json.loads, out.read_text(encoding="utf-8").splitlines()):
        duplicate = message["duplicate"]
        if duplicate["status"] == "alias":
            alias[message["id"]] = duplicate["story"]
            continue
        story[message["id"]] = duplicate["story"]
        passed += duplicate["status"] == "unique" or (duplicate["status"] == "revision" and "emit.revisions=duplicate" not in settings)
    for name in story:
        while story[name] in alias:
            story[name] = alias[story[name]]
    return story, passed


def pair_scores(truth, story):
    """Precision and recall over pairs. An article that isn't written belongs to no story."""
    pairs = lambda groups: sum(n * (n - 1) // 2 for n in Counter(groups).values())
    said = {name: story.get(name, ("none", name)) for name in truth}
    both = pairs((truth[name], said[name]) for name in truth)
    return both / max(1, pairs(said.values())), both / max(1, pairs(truth.values()))


def labelled_scores(labels, story):
    weigh = lambda chosen: sum(pair["weight"] for pair in chosen)
    said = [pair for pair in labels if pair["a"] in story and story[pair["a"]] == story.get(pair["b"])]
    right = weigh(pair for pair in said if pair["same"])
    return right / max(1e-9, weigh(said)), right / weigh(pair for pair in labels if pair["same"])


def f1(scores):
    return 2 * scores[0] * scores[1] / max(1e-9, sum(scores))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, folder = sys.argv[1], Path(sys.argv[2])
    articles = rows(folder / "articles.jsonl.gz")
    truth = {row["id"]: row["group"] for row in articles}
    wires, labels = [], []
    if (folder / "wire-pairs.jsonl").exists():
        wires, labels = rows(folder / "wires.jsonl.gz"), rows(folder / "wire-pairs.jsonl")
    print("| options | pairs P | R | F1 | wires P | R | F1 | passed on |\n|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for source, messages in (("articles", articles), ("wires", wires)):
            (work / source).write_text("".join(json.dumps(article(row), ensure_ascii=False) + "\n" for row in messages), encoding="utf-8")
        for settings in [sys.argv[3:]] if sys.argv[3:] else SWEEP:
            story, passed = run(program, work / "articles", settings, work)
            scores = pair_scores(truth, story)
            cells = [*scores, f1(scores)]
            if labels:
                scores = labelled_scores(labels, run(program, work / "wires", settings, work)[0])
                cells += [*scores, f1(scores)]
            shown = " ".join(f"`{setting}`" for setting in settings) or "defaults"
            print(f"| {shown} | " + " | ".join(f"{cell:.3f}" for cell in cells) + f" | {passed / len(articles):.3f} |", flush=True)


if __name__ == "__main__":
    main()
