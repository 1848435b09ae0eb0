#!/usr/bin/env python3
"""How good the plain-text model is on pages of publishers it was not trained on: F1 of the body's 4-grams, by set and renderer.

    crossvalidate.py TRUTH.ndjson [--without RENDERER] [--worst N] FEATURES…

Arguments as for train.py; a truth may name its "set". A file of features is called after its renderer (html2text.features). Folds part
the publishers; --without also leaves one renderer out of training, and its figures are those of a renderer never seen. --worst lists the
pages that fall shortest.
"""
import argparse
import collections
import itertools
import re
import statistics

import numpy

import train

TOKEN = re.compile(r"\w+")
EDGE_WEIGHT, EDGE_LIMIT = 2, -448 * len(train.MODELS)  # as in textmodel.c
REPEAT_WORDS = 8                                # as in plaintext.c


def shingles(text):
    words = TOKEN.findall(text)
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)) if words)


def rates(body, found):
    true, said = shingles(body), shingles(found)
    both = sum((true & said).values())
    return both / sum(said.values()) if said else 0.0, both / sum(true.values()) if true else 0.0


def harmonic(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def extent(inside, start, end):
    """[first, behind): text_model_judge() of textmodel.c."""
    best, current, opened, run = None, -10**9, 0, (0, 0)
    start, end = (EDGE_WEIGHT * numpy.maximum(edge.astype(int), EDGE_LIMIT) for edge in (start, end))
    for k in range(len(inside)):
        if start[k] > current:
            current, opened = int(start[k]), k
        current += int(inside[k])
        if best is None or current + int(end[k]) > best:
            best, run = current + int(end[k]), (opened, k + 1)
    return run


def body_of(units, kept):
    said, parts = set(), []
    for unit in (units[k] for k in numpy.flatnonzero(kept)):
        words = TOKEN.findall(unit.lower())
        if len(words) < REPEAT_WORDS or tuple(words) not in said:
            parts.append(unit)
        said.add(tuple(words))
    return "\n\n".join(parts)


def judge(pages, truth, without):
    """The scores of each page's units by target, summed over the models; none of them saw a page of its group."""
    sums = [collections.Counter() for _ in pages]
    for renderers in train.MODELS.values():
        taught = [page[4] in renderers and page[4] != without for page in pages]
        lessons = train.Lessons(list(itertools.compress(pages, taught)), train.FIRST, truth)
        stacked = train.stack(pages, truth, lessons)
        lessons = train.Lessons(list(itertools.compress(stacked, taught)), train.SECOND, truth)
        for held in range(train.FOLDS):
            places = [k for k, page in enumerate(pages) if train.fold_of(page, truth) == held]
            for target in train.SECOND:
                scores = train.score(lessons.fit(target, held), [stacked[k] for k in places], train.LIMIT)
                for k, scored in zip(places, scores):
                    sums[k][target] = sums[k][target] + scored.astype(int)
    return sums


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("truth")
    cli.add_argument("features", nargs="+")
    cli.add_argument("--without")
    cli.add_argument("--worst", type=int, default=0)
    args = cli.parse_args()
    truth = train.read_truth(args.truth)
    pages = [page for path in args.features for page in train.read_pages(path, truth)]
    figures, worst = collections.defaultdict(list), []
    for (key, _, _, _, renderer, units), scores in zip(pages, judge(pages, truth, args.without)):
        first, behind = extent(scores["inside"], scores["start"], scores["end"])
        kept = numpy.zeros(len(units), bool)
        kept[first:behind] = scores["keep"][first:behind] > 0
        found = body_of(units, kept)
        rate = rates(truth[key]["body"], found)
        figures[truth[key].get("set", "all"), renderer].append((*rate, TOKEN.findall(found) == TOKEN.findall(truth[key]["body"])))
        worst.append((harmonic(*rate), *rate, renderer, key))
    for (name, renderer), rows in sorted(figures.items()):
        precision, recall, exact = (statistics.mean(column) for column in zip(*rows))
        print(f"{name:20} {renderer:12} pages {len(rows):5}  f1 {harmonic(precision, recall):.4f}  precision {precision:.4f}  recall {recall:.4f}  exact {exact:.3f}")
    for f1, precision, recall, renderer, key in sorted(worst)[:args.worst]:
        print(f"{f1:.3f} {precision:.3f} {recall:.3f} {renderer:12} {key}")


if __name__ == "__main__":
    main()
