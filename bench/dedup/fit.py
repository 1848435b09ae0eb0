#!/usr/bin/env python3
"""Fit the weights of stages/dedup/likeness.c.

    fit.py DEDUP_FOLDER FEATURES_PROGRAM

DEDUP_FOLDER holds articles.jsonl.gz (text, group, kind, ts, url, id) and wires.jsonl.gz with wire-pairs.jsonl. A logistic regression over
all pairs of articles that share a key, plus the labelled wire pairs by their weight; cross-validated over groups. Prints the scores and the table.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from labelled import article, rows

NAMES = ["CONTAINED", "CONTAINED_LARGER", "LEAD", "NUMBERS", "NO_NUMBERS", "NUMBERS_MISSING", "NUMBERS_ADDED", "NUMBERS_SHARED", "NAMES",
         "NAMES_MISSING", "NAMES_ADDED", "NAMES_SHARED", "HEADLINE", "HEADLINE_SHARE", "EXACT", "APART", "LENGTHS", "SHORT", "SHARED",
         "TEXT_AND_LEAD"]


def dump(program, articles, pairs, work):
    source = work / "articles.ndjson"
    source.write_text("".join(json.dumps(article(row), ensure_ascii=False) + "\n" for row in articles))
    command = [program, source]
    if pairs is not None:
        (work / "pairs").write_text("".join(f"{a} {b}\n" for a, b in pairs))
        command.append(work / "pairs")
    return np.loadtxt(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines())


def features(table):
    """The columns of likeness.c, as shares of 1."""
    shared, smaller, larger = (table[:, 2 + i:17:3] for i in range(3))
    apart, exact, a, b = (table[:, 17 + i] for i in range(4))
    of_smaller, of_larger = shared / np.maximum(1, smaller), shared / np.maximum(1, larger)
    jaccard = shared / np.maximum(1, smaller + larger - shared)
    hours = 1 + np.floor(apart / 3600)
    power = np.floor(np.log2(hours))
    capped = lambda values, cap: np.minimum(values, cap) / cap
    return np.column_stack([
        of_smaller[:, 0], of_larger[:, 0], of_smaller[:, 1],
        of_smaller[:, 2], smaller[:, 2] == 0, capped(smaller[:, 2] - shared[:, 2], 8), capped(larger[:, 2] - shared[:, 2], 16), capped(shared[:, 2], 8),
        of_smaller[:, 3], capped(smaller[:, 3] - shared[:, 3], 8), capped(larger[:, 3] - shared[:, 3], 16), capped(shared[:, 3], 8),
        jaccard[:, 4], of_smaller[:, 4], exact, np.minimum(power + (hours / 2 ** power - 1), 12) / 12,
        np.minimum(a, b) / np.maximum(1, np.maximum(a, b)), np.minimum(a, b) < 60, capped(shared[:, 0], 32), of_smaller[:, 0] * of_smaller[:, 1]])


def score(name, said, true, weight):
    right = (weight * (said & true)).sum()
    precision, recall = right / max(1e-9, (weight * said).sum()), right / (weight * true).sum()
    print(f"{name}: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")


def main():
    data, program = Path(sys.argv[1]), sys.argv[2]
    articles, wires, labelled = rows(data / "articles.jsonl.gz"), rows(data / "wires.jsonl.gz"), rows(data / "wire-pairs.jsonl")
    place = {row["id"]: i for i, row in enumerate(wires)}
    with tempfile.TemporaryDirectory() as work:
        table = dump(program, articles, None, Path(work))
        wire_table = dump(program, wires, [(place[p["a"]], place[p["b"]]) for p in labelled], Path(work))
    pairs = [(articles[int(i)], articles[int(j)]) for i, j in table[:, :2]]
    x = np.vstack([features(table), features(wire_table)])
    y = np.array([a["group"] == b["group"] for a, b in pairs] + [p["same"] for p in labelled])
    # round-ups quote whole stories: their pairs weigh more, so that quoting isn't taken for copying
    weight = np.array([6.0 if a["group"] != b["group"] and "neg_roundup" in (a["kind"], b["kind"]) else 1.0 for a, b in pairs] +
                      [20.0 * p["weight"] for p in labelled])
    numbers = {group: n for n, group in enumerate(sorted({row["group"] for row in articles}))}
    fold = np.array([min(numbers[a["group"]], numbers[b["group"]]) % 5 for a, b in pairs] + list(np.random.RandomState(0).randint(0, 5, len(labelled))))
    model = lambda: LogisticRegression(C=10, max_iter=3000)
    held = np.zeros(len(y))
    for k in range(5):
        held[fold == k] = model().fit(x[fold != k], y[fold != k], sample_weight=weight[fold != k]).decision_function(x[fold == k])
    for bias in (0, 1, 2):
        n = len(pairs)
        score(f"bias {bias}, pairs held out", held[:n] > bias, y[:n], np.ones(n))
        score(f"bias {bias}, wires held out", held[n:] > bias, y[n:], weight[n:])
    final = model().fit(x, y, sample_weight=weight)
    for name, value in zip(NAMES, final.coef_[0]):
        print(f"[F_{name}] = {round(value * 1000)},")
    print("intercept", round(final.intercept_[0] * 1000))


if __name__ == "__main__":
    main()
