#!/usr/bin/env python3
"""Validates messages: against their JSON Schema, and what a schema cannot say (offsets point at the text they claim, blocks cover the
body, a story points somewhere else). Other tests import check(); by hand:

    tests/schema/validate.py KIND FILE.ndjson…      KIND: a schema's name or a topic; "-" reads standard input
"""
import functools
import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
# Default topics; a run's own prefix or suffix does not matter to kind_of().
TOPICS = {"news.page": "raw-page", "news.article": "article", "news.unique": "unique", "news.duplicate": "duplicate",
          "news.alias": "alias", "news.tagged": "tagged"}
FRAGMENTS = {"common", "article-fields"}


@functools.cache
def schemas() -> dict:
    return {path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.schema.json")}


def kinds() -> list:
    return sorted(schemas().keys() - FRAGMENTS)


def kind_of(topic: str) -> str:
    """The kind of a topic's JSON values: "news.unique" → "unique"; a kind is its own."""
    return topic if topic in schemas() else TOPICS[topic]


@functools.cache
def validator(kind: str) -> Draft202012Validator:
    registry = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas().values())
    return Draft202012Validator(schemas()[kind], registry=registry)


def body_faults(article: dict):
    body, end = article["articleBody"], 0
    for index, block in enumerate(article["blocks"]):
        where = f"blocks[{index}]"
        if not end <= block["start"] < block["end"] <= len(body):
            yield f"{where}: [{block['start']}, {block['end']}) is empty, out of order or outside of the body of {len(body)}"
            return
        if body[end:block["start"]].strip():
            yield f"{where}: the body before it, {body[end:block['start']][:40]!r}, is in no block"
        if body[block["start"]:block["end"]].strip() != body[block["start"]:block["end"]]:
            yield f"{where}: white space at its edge"
        end = block["end"]
    if body[end:].strip():
        yield f"blocks: the body's end, {body[end:][:40]!r}, is in no block"
    if bool(article["wordCount"]) != any(c.isalnum() for c in body):
        yield f"wordCount is {article['wordCount']} for a body of {len(body)} code points"
    for name in ("datePublished", "dateModified"):
        if (name in article) != (name + "Detail" in article):
            yield f"{name} and {name}Detail go together"


def duplicate_faults(article: dict):
    verdict = article["duplicate"]
    if verdict["status"] == "unique" and verdict["story"] != article["id"]:
        yield f"a unique article begins its own story, not {verdict['story']!r}"
    if verdict["status"] in ("exact", "near") and verdict["of"] == article["id"]:
        yield "an article is no copy of itself"  # a revision may be: versions of one address share its id


def text_of(article: dict, mention: dict):
    if mention["field"] != "caption":
        return article.get(mention["field"], "")
    images = article["image"]
    return images[mention["image"]].get("caption", "") if mention.get("image", len(images)) < len(images) else None


def mention_faults(article: dict, name: str, mentions: list, apart: bool):
    previous = {}
    for index, mention in enumerate(mentions):
        text, where = text_of(article, mention), f"{name}[{index}]"
        if text is None:
            yield f"{where}: no such caption"
            continue
        if text[mention["start"]:mention["end"]] != mention["text"]:
            yield f"{where}: {mention['field']}[{mention['start']}:{mention['end']}] is {text[mention['start']:mention['end']]!r}, not {mention['text']!r}"
        place = (mention["field"], mention.get("image"))
        if apart and mention["start"] < previous.get(place, 0):
            yield f"{where}: overlaps the one before or stands out of order"
        previous[place] = mention["end"]


def tagged_faults(article: dict):
    entities = article["entities"]
    for entity in entities:
        yield from mention_faults(article, f"entity {entity['id']} mentions", entity["mentions"], True)
    if len({e["id"] for e in entities}) != len(entities):
        yield "two entities share an id"
    spans = [(m["field"], m.get("image"), m["start"], m["end"]) for e in entities for m in e["mentions"]]
    if len(set(spans)) != len(spans):
        yield "one mention belongs to two entities"
    if entities and max(e["salience"] for e in entities) != 1:
        yield "no entity has salience 1"
    for name in ("times", "quantities"):
        yield from mention_faults(article, name, article[name], name == "times")
    for index, time in enumerate(article["times"]):
        if time.get("anchor", "text") != "text" and time["anchor"] not in article:
            yield f"times[{index}]: its anchor {time['anchor']} is not in the message"


def semantic_faults(kind: str, message: dict):
    if kind in ("article", "unique", "duplicate", "tagged"):
        yield from body_faults(message)
    if kind in ("unique", "duplicate", "tagged"):
        yield from duplicate_faults(message)
    if kind == "tagged":
        yield from tagged_faults(message)


def check(topic_or_kind: str, message) -> list:
    """What is wrong with a message, as sentences; empty if nothing is. `message` is JSON text, bytes or the parsed value."""
    kind = kind_of(topic_or_kind)
    if isinstance(message, (str, bytes)):
        try:
            message = json.loads(message)
        except ValueError as error:
            return [f"no JSON: {error}"]
    faults = [f"{error.json_path}: {error.message[:300]}" for error in validator(kind).iter_errors(message)]
    return faults or list(semantic_faults(kind, message))


def expect(topic_or_kind: str, message) -> None:
    """Like check(), for tests: raises AssertionError."""
    faults = check(topic_or_kind, message)
    assert not faults, f"{topic_or_kind}: " + "; ".join(faults[:8])


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__)
        return 64
    bad = total = 0
    for name in sys.argv[2:]:
        with sys.stdin if name == "-" else open(name, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                total += 1
                faults = check(sys.argv[1], line)
                bad += bool(faults)
                for fault in faults:
                    print(f"{name}:{number}: {fault}")
    print(f"{total} messages, {bad} invalid")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
