#!/usr/bin/env python3
"""Train the model that finds the body of plain-text pages, and write it as the C table stages/extract/textmodel_data.c.

    train.py TRUTH.ndjson OUT.c FEATURES…

TRUTH: {"id", "group", "body", "headline", "weight"} a line; pages of one group (a publisher) are never on both sides of a fold. FEATURES:
what plaintext-features prints, one file a renderer, called after it (html2text.features), so that a page counts once for each way to render
it. Needs numpy and lightgbm (requirements.txt). Two models, each of half of the renderers; their scores are added up. Each has six small
forests: `unit` scores units alone, `headline` whether one is the headline; on their scores (from folds that did not see the page) `inside`,
`start` and `end` score where the body begins and ends, and `keep` what within it is body. Same data, same table.
"""
import argparse
import json
import pathlib
import zlib

import lightgbm
import numpy

from align import align, tokens

FOLDS = 5
ROUNDS = {"unit": 90, "headline": 60, "inside": 60, "start": 50, "end": 50, "keep": 60}
PARAMETERS = dict(objective="binary", learning_rate=0.1, num_leaves=16, min_data_in_leaf=30, feature_fraction=0.5, bagging_fraction=0.7,
                  bagging_freq=1, lambda_l2=5, max_bin=63, verbose=-1, num_threads=1, seed=1, deterministic=True, force_row_wise=True)
# the renderers that a model learns from: drawn styles in either, so that neither relies on marks, and no other rendering in both
MODELS = {"first": ("html2text", "inscriptis", "lines", "styled"), "second": ("resiliparse", "markdown", "wrapped", "restyled")}
FIRST = ("unit", "headline")
SECOND = ("inside", "start", "end", "keep")
HEADLINE_LIKELY, HEADLINE_REACH = -128, 24
UNIT_LIMIT, LIMIT = 400, 600
SCALE = 64          # a score of 64 is a log-odds of 1
LEAF_SCALE = 1024


def read_features(path):
    with open(path, encoding="utf-8") as lines:
        names, pages = next(lines).strip().split(","), []
        for line in lines:
            left, right = line.rstrip("\n").split("\t", 1)
            if left == "P":
                pages.append((right, [], []))
            else:
                pages[-1][1].append(numpy.array(left.split(","), dtype=numpy.int16))
                pages[-1][2].append(right)
    return names, [(key, numpy.array(rows), units) for key, rows, units in pages if rows]


def best_run(gain):
    """The contiguous run of greatest sum: [first, behind)."""
    best = total = first = 0
    run = (0, 0)
    for k, g in enumerate(gain):
        if total <= 0:
            total, first = 0, k
        total += int(g)
        if total > best:
            best, run = total, (first, k + 1)
    return run


def trunc(value, divisor):
    """C's integer division."""
    return (numpy.sign(value) * (numpy.abs(value) // divisor)).astype(numpy.int64)


def distances(marked):
    """How far before and behind each unit the next marked one is, 99 at most."""
    n, place = len(marked), numpy.arange(len(marked))
    before = numpy.maximum.accumulate(numpy.where(marked, place, -1000))
    behind = numpy.minimum.accumulate(numpy.where(marked, place, n + 1000)[::-1])[::-1]
    return [numpy.minimum(99, place - numpy.append(-1000, before[:-1])), numpy.minimum(99, numpy.append(behind[1:], n + 1000) - place)]


def contexts(score, columns):
    """What the scores of a page's units say about each of them; the same numbers as text_contexts() in textmodel.c."""
    n = len(score)
    score, columns = score.astype(numpy.int64), columns.astype(numpy.int64)
    padded = numpy.concatenate([[-400] * 4, score, [-400] * 4])
    rows = [padded[4 + o:4 + o + n] for o in range(-4, 5)]
    mass = numpy.where(score > 0, columns, 0)
    total, running = max(int(mass.sum()), 1), numpy.cumsum(mass)
    rows += [(running - mass) * 1000 // total, (running[-1] - running) * 1000 // total]
    rows += distances(score > 0)
    gain = trunc(numpy.clip(score, -200, 200) * numpy.minimum(columns, 300), 100)
    first, behind = best_run(gain)
    place = numpy.arange(n)
    whole = max(int(numpy.maximum(gain, 0).sum()), 1)
    sums = numpy.concatenate([[0], numpy.cumsum(gain)])
    span = lambda a, b: sums[numpy.clip(b, 0, n)] - sums[numpy.clip(a, 0, n)]
    rows += [numpy.clip(place - first, -200, 500), numpy.clip(place - behind, -500, 200),
             numpy.full(n, int(sums[behind] - sums[first]) * 1000 // whole),
             numpy.clip(trunc(span(place - 8, place + 9), 17), -3000, 3000),
             numpy.clip(trunc(span(place - 10, place), 10), -3000, 3000), numpy.clip(trunc(span(place + 1, place + 11), 10), -3000, 3000)]
    return numpy.stack(rows, 1).astype(numpy.int16)


def headline_contexts(score, headline):
    """The same numbers as headline_contexts() in textmodel.c."""
    n = len(score)
    headline, place = headline.astype(numpy.int64), numpy.arange(n)
    sums = numpy.concatenate([[0], numpy.cumsum(numpy.clip(score.astype(numpy.int64), 0, 200))])
    behind = sums[numpy.clip(place + 1 + HEADLINE_REACH, 0, n)] - sums[place + 1]
    best = int(numpy.argmax(headline + numpy.minimum(behind, 1000) // 5))
    return numpy.stack([headline, numpy.clip(place - best, -200, 500), numpy.full(n, headline[best]),
                        *distances(headline > HEADLINE_LIKELY)], 1).astype(numpy.int16)


def extent(label):
    body = numpy.flatnonzero(label >= 0.5)
    return (body[0], body[-1]) if len(body) else (0, -1)


def find_headline(units, label, headline):
    """The unit that says the headline, nearest before the body if several do; -1: none does."""
    wanted, first, best = set(tokens(headline.lower())), int(extent(label)[0]), (0.0, -1)
    for k, unit in enumerate(units):
        words = set(tokens(unit.lower())) if len(unit) <= 400 else set()
        alike = 2 * len(wanted & words) / (len(wanted) + len(words)) if wanted and words else 0
        if alike >= 0.75:
            best = max(best, (1 + alike + 0.3 * (0 <= first - k <= 40) - 0.002 * min(400, abs(first - k)), -k))
    return -best[1] if best[0] else -1


def lesson(page, target, truth):
    """(wanted, weight) of each of a page's units for one target. Units far from the body are many and alike: a fifth of them, five times as
    heavy; the weight of the others is 0."""
    key, x, label, headline, renderer, _ = page
    first, last = extent(label) if target != "headline" else (headline, headline)
    if last < first or first < 0:
        return numpy.zeros(len(label), bool), numpy.zeros(len(label))
    place = numpy.arange(len(label))
    inside = (place >= first) & (place <= last)
    near = (place >= first - 15) & (place <= last + 15)
    drawn = numpy.random.default_rng(zlib.crc32(f"{renderer} {key}".encode())).random(len(label)) < 0.2
    weight = numpy.where(near, 1.0, 5.0) * (inside if target == "keep" else near | drawn)
    if target in ("unit", "keep"):
        weight = weight * (1 + numpy.minimum(x[:, 0], 600) / 60)
    wanted = {"unit": label >= 0.5, "keep": label >= 0.5, "inside": inside, "start": place == first, "end": place == last, "headline": place == first}
    return wanted[target], weight / weight.sum() * 60 * truth[key].get("weight", 1)


class Lessons:
    """What some pages teach of some targets, binned once for all forests that are fitted to it."""

    def __init__(self, pages, targets, truth):
        self.wanted, self.weight = {}, {}
        for target in targets:
            self.wanted[target], self.weight[target] = map(numpy.concatenate, zip(*(lesson(page, target, truth) for page in pages)))
        shown = numpy.flatnonzero(sum(self.weight.values()))
        for rows in (self.wanted, self.weight):
            for target in targets:
                rows[target] = rows[target][shown]
        self.fold = numpy.concatenate([numpy.full(len(page[1]), fold_of(page, truth)) for page in pages])[shown]
        self.data = lightgbm.Dataset(numpy.concatenate([page[1] for page in pages])[shown], self.wanted[targets[0]].astype(int), params=PARAMETERS,
                                     free_raw_data=False).construct()

    def fit(self, target, held=None):
        """One forest, of all folds but the one held back."""
        rows = numpy.flatnonzero((self.fold != held) & (self.weight[target] > 0))
        part = self.data.subset(rows).construct()
        part.set_label(self.wanted[target][rows].astype(int))
        part.set_weight(self.weight[target][rows])
        return lightgbm.train(PARAMETERS, part, ROUNDS[target])


def score(forest, pages, limit):
    """The scores of each page's units."""
    values = forest.predict(numpy.concatenate([page[1] for page in pages]), raw_score=True)
    values = numpy.clip(numpy.round(values * SCALE), -limit, limit).astype(numpy.int16)
    return numpy.split(values, numpy.cumsum([len(page[1]) for page in pages])[:-1])


def flatten(tree, nodes):
    """Appends (feature, threshold, left, right) per split; a child < 0 is the leaf value -1 - index into leaves."""
    leaves, order = [], []

    def visit(node):
        if "leaf_value" in node:
            leaves.append(max(-32768, min(32767, round(node["leaf_value"] * LEAF_SCALE))))
            return -len(leaves)
        index = len(order)
        order.append(None)
        left, right = visit(node["left_child"]), visit(node["right_child"])
        order[index] = (node["split_feature"], int(numpy.floor(node["threshold"])), left, right)
        return index

    visit(tree)
    nodes.append((order, leaves))


def write_forests(out, model, forests):
    for name, forest in forests.items():
        trees = []
        for tree in forest.dump_model()["tree_info"]:
            flatten(tree["tree_structure"], trees)
        splits, leaves, index = [], [], []
        for order, values in trees:
            index.append((len(splits), len(leaves), len(order)))
            splits += order
            leaves += values
        rows = lambda items: "".join("\t" + " ".join(items[i:i + 6]) + "\n" for i in range(0, len(items), 6))
        out.write(f"static const struct text_split {model}_{name}_splits[] = {{\n" + rows([f"{{{f}, {t}, {l}, {r}}}," for f, t, l, r in splits]) + "};\n")
        out.write(f"static const int16_t {model}_{name}_leaves[] = {{\n" + rows([f"{v}," for v in leaves]) + "};\n")
        out.write(f"static const struct text_tree {model}_{name}_trees[] = {{\n" + rows([f"{{{a}, {b}, {n}}}," for a, b, n in index]) + "};\n\n")


def write_table(path, models):
    with open(path, "w", encoding="utf-8") as out:
        out.write("/* Written by bench/plaintext/train.py; docs/models/plaintext.md is its card. Don't edit. */\n#include \"extract/textmodel.h\"\n\n")
        for model, forests in models.items():
            write_forests(out, model, forests)
        out.write("const struct text_forest TEXT_FORESTS[TEXT_MODEL_COUNT][TEXT_FOREST_COUNT] = {\n")
        for model, forests in models.items():
            for name in forests:
                array = f"{model}_{name}"
                out.write(f"\t[TEXT_MODEL_{model.upper()}][TEXT_FOREST_{name.upper()}] = {{{array}_splits, {array}_leaves, {array}_trees, sizeof {array}_trees / sizeof *{array}_trees}},\n")
        out.write("};\n")


def read_truth(path):
    return {row["id"]: row for row in map(json.loads, open(path, encoding="utf-8"))}


def read_pages(path, truth):
    """(id, features, labels, headline, renderer, units) of each rendering whose body is known."""
    pages = []
    for key, x, units in read_features(path)[1]:
        if key in truth:
            label = numpy.array(align(units, truth[key]["body"]))
            pages.append((key, x, label, find_headline(units, label, truth[key].get("headline") or ""), pathlib.Path(path).stem, units))
    return pages


def fold_of(page, truth):
    return zlib.crc32(truth[page[0]]["group"].encode()) % FOLDS


def stack(pages, truth, lessons):
    """The pages with the columns of the second stage: a page's scores come from forests that saw no page of its group."""
    stacked = [None] * len(pages)
    for held in range(FOLDS):
        places = [k for k, page in enumerate(pages) if fold_of(page, truth) == held]
        mine = [pages[k] for k in places]
        units, headlines = (score(lessons.fit(target, held), mine, limit) for target, limit in zip(FIRST, (UNIT_LIMIT, LIMIT)))
        for k, unit, headline in zip(places, units, headlines):
            key, x, *rest = pages[k]
            stacked[k] = (key, numpy.hstack([x, contexts(unit, x[:, 0]), headline_contexts(unit, headline)]), *rest)
    return stacked


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("truth")
    cli.add_argument("out")
    cli.add_argument("features", nargs="+")
    args = cli.parse_args()
    truth = read_truth(args.truth)
    pages = [page for path in args.features for page in read_pages(path, truth)]
    models = {}
    for model, renderers in MODELS.items():
        mine = [page for page in pages if page[4] in renderers]
        lessons = Lessons(mine, FIRST, truth)
        models[model] = {target: lessons.fit(target) for target in FIRST}
        lessons = Lessons(stack(mine, truth, lessons), SECOND, truth)
        models[model].update((target, lessons.fit(target)) for target in SECOND)
    write_table(args.out, models)
    print(f"{len(pages)} renderings, {sum(len(p[2]) for p in pages)} units")


if __name__ == "__main__":
    main()
