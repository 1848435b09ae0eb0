#!/usr/bin/env python3
"""copydesk-dedup beside datasketch and rensa, in one run on the same articles.

    compare.py COPYDESK_DEDUP FOLDER

FOLDER holds articles.jsonl.gz (id, url, ts, text, group) and may hold wires.jsonl.gz with wire-pairs.jsonl, as for sweep.py. The libraries get
what their documentation recommends: lower-cased words, 5-word shingles, 128 permutations, and an LSH index at a Jaccard threshold of .5, .7 or .8; an
article that finds one joins its story, the best of each library's thresholds by F1 is shown. CPU time of the libraries is that of shingling, hashing,
asking and adding; copydesk-dedup's is the whole process with JSON in and out.
"""
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import datasketch
import rensa

from labelled import article, rows
from sweep import f1, labelled_scores, pair_scores, run

PERMUTATIONS, WIDTH, SEED = 128, 5, 42


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[i:i + WIDTH]) for i in range(max(1, len(words) - WIDTH + 1))]


def stories(articles, signature, index, ask, add):
    """Each article joins the story of the first one that the index finds."""
    story = {}
    for number, row in enumerate(articles):
        made = signature(shingles(row["text"]))
        found = ask(index, made)
        story[row["id"]] = story[articles[min(found)]["id"]] if found else row["id"]
        add(index, number, made)
    return story


def with_datasketch(articles, threshold):
    def signature(pieces):
        made = datasketch.MinHash(num_perm=PERMUTATIONS, seed=SEED)
        made.update_batch([piece.encode() for piece in pieces])
        return made

    index = datasketch.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    return stories(articles, signature, index, lambda lsh, made: lsh.query(made), lambda lsh, number, made: lsh.insert(number, made))


def with_rensa(articles, threshold):
    def signature(pieces):
        made = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        made.update(pieces)
        return made

    index = rensa.RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=16)
    kept = []

    def ask(lsh, made):
        return [number for number in lsh.query(made) if kept[number].jaccard(made) >= threshold]

    def add(lsh, number, made):
        kept.append(made)
        lsh.insert(number, made)

    return stories(articles, signature, index, ask, add)


def with_copydesk(program, articles):
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "in"
        source.write_text("".join(json.dumps(article(row), ensure_ascii=False) + "\n" for row in articles), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        story, _ = run(program, source, [], Path(name))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return story, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(judge, articles, threshold):
    begun = time.process_time()
    story = judge(articles, threshold)
    return story, time.process_time() - begun


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = sys.argv[1], Path(sys.argv[2])
    articles = rows(folder / "articles.jsonl.gz")
    truth = {row["id"]: row["group"] for row in articles}
    labels = rows(folder / "wire-pairs.jsonl") if (folder / "wire-pairs.jsonl").exists() else []
    wires = rows(folder / "wires.jsonl.gz") if labels else []
    print("| | threshold | pairs P | R | F1 | wires P | R | F1 | articles a CPU s |\n|---|---|---|---|---|---|---|---|---|")

    def show(name, threshold, story, seconds, wire_story):
        scores = pair_scores(truth, story)
        cells = [*scores, f1(scores)]
        if labels:
            scores = labelled_scores(labels, wire_story)
            cells += [*scores, f1(scores)]
        print(f"| {name} | {threshold} | " + " | ".join(f"{cell:.3f}" for cell in cells) + f" | {len(articles) / seconds:,.0f} |", flush=True)

    story, seconds = with_copydesk(program, articles)
    show("copydesk-dedup", "", story, seconds, with_copydesk(program, wires)[0] if labels else {})
    for name, judge in (("datasketch", with_datasketch), ("rensa", with_rensa)):
        best = max(((threshold, *timed(judge, articles, threshold)) for threshold in (0.5, 0.7, 0.8)), key=lambda t: f1(pair_scores(truth, t[1])))
        show(f"{name} {version(name)}", *best, judge(wires, best[0]) if labels else {})


if __name__ == "__main__":
    main()
