"""The schemas themselves: they are schemas, their examples pass, and messages with one fault each do not."""
import copy
import json

import document
import pytest
from jsonschema import Draft202012Validator
from validate import SCHEMAS, check, kinds, schemas

EXAMPLES = sorted((SCHEMAS / "examples").glob("*.json"))


def example(name):
    return json.loads((SCHEMAS / "examples" / f"{name}.json").read_text(encoding="utf-8"))


def kind_of_example(path):
    return max((kind for kind in kinds() if path.stem.startswith(kind)), key=len)


def properties_of(node, path=""):
    if isinstance(node, dict):
        for name, member in node.get("properties", {}).items():
            yield f"{path}.{name}", member
        for key, value in node.items():
            yield from properties_of(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from properties_of(value, f"{path}/{index}")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schema_follows_the_2020_12_dialect(name):
    Draft202012Validator.check_schema(schemas()[name])
    assert schemas()[name]["$id"].endswith(f"/{name}.schema.json")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_member_is_described(name):
    bare = [path for path, member in properties_of(schemas()[name]) if isinstance(member, dict) and "description" not in member
            and not path.count("/allOf") and "/if" not in path]
    assert not bare


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_has_an_example(kind):
    assert kind in {kind_of_example(path) for path in EXAMPLES}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_is_valid(path):
    assert check(kind_of_example(path), example(path.stem)) == []


def test_document_is_up_to_date():
    assert document.OUT.read_text(encoding="utf-8") == document.document()


# One fault each: example, where, and what is put there (GONE: taken out).
GONE = object()
FAULTS = [
    ("raw-page", "html", GONE), ("raw-page", "text", "Both at once."), ("raw-page-bytes", "bodyBase64", "not base 64!"),
    ("raw-page", "url", 7),
    ("article", "id", GONE), ("article", "id", ""), ("article", "url", "no address"), ("article", "pageType", "blog"),
    ("article", "headline", ""), ("article", "headline", "  "), ("article", "datePublished", "2026-11-17"),
    ("article", "datePublished", "2026-11-17T08:30:00+01:00"), ("article", "datePublished", "2026-13-17T08:30:00Z"),
    ("article", "datePublishedDetail", GONE), ("article", "datePublishedDetail.precision", "month"), ("article", "inLanguage", "en"),
    ("article", "inLanguage.tag", "english language"), ("article", "inLanguage.confidence", 99), ("article", "author", ["Tomas Brandt"]),
    ("article", "author.0.email", "not a mail address"), ("article", "author.0.phone", "1"), ("article", "blocks.0.kind", "p"),
    ("article", "blocks.0.start", -1), ("article", "blocks.0.start", 3), ("article", "blocks.0.end", 10_000),
    ("article", "blocks.1.start", 0), ("article", "blocks", []), ("article", "wordCount", 1.5), ("article", "wordCount", 0),
    ("article", "image.0.caption", ""), ("article", "image.0.width", 640), ("article", "extraction.removed.navigation", 0),
    ("article", "extraction.removed", [4]), ("article", "extraction.sources.body", "dom"), ("article", "duplicate", {}),
    ("article", "typo", 1), ("article", "articleBody", None),
    ("unique", "duplicate", GONE), ("unique", "duplicate.status", "near"), ("unique", "duplicate.status", "new"),
    ("unique", "duplicate.story", "another"), ("unique", "duplicate.of", "another"), ("unique", "duplicate.revision", 2),
    ("unique-revision", "duplicate.revision", GONE), ("unique-revision", "duplicate.revision", 0),
    ("duplicate", "duplicate.of", "meridian-99"), ("unique-revision", "duplicate.changed", 11),
    ("duplicate", "duplicate.status", "unique"), ("duplicate", "duplicate.of", GONE), ("duplicate", "duplicate.similarity", 1.2),
    ("duplicate", "duplicate.story", GONE), ("alias", "duplicate.by", GONE), ("alias", "duplicate.status", "near"), ("alias", "headline", "x"),
    ("tagged", "entities", GONE), ("tagged", "times", GONE), ("tagged", "entities.0.type", "city"), ("tagged", "entities.0.mentions", []),
    ("tagged", "entities.0.salience", 0.5), ("tagged", "entities.1.id", "e1"), ("tagged", "entities.0.countryCode", "Norway"),
    ("tagged", "entities.0.mentions.0.start", 1), ("tagged", "entities.0.mentions.0.text", "Karsholn"),
    ("tagged", "entities.0.mentions.0.field", "body"), ("tagged", "entities.0.mentions.2.image", 1),
    ("tagged", "entities.0.mentions.2.image", GONE), ("tagged", "times.0.type", "date"), ("tagged", "times.0.value", "17 November"),
    ("tagged", "times.0.value", ""), ("tagged", "times.0.value", "2026-11-17T8"), ("tagged", "times.2.value", "three days"),
    ("tagged", "times.0.end", 5), ("tagged", "times.0.anchor", "today"), ("tagged", "times.3.mod", "LATE"), ("tagged", "fetchedAt", 1),
    ("tagged", "datePublished", GONE),
    ("dead-letter", "code", "Empty page"), ("dead-letter", "where", GONE), ("dead-letter", "valueBase64", "QQ=="),
    ("dead-letter", "headers.0.name", GONE), ("dead-letter", "keyBase64", "?"),
    ("dead-letter-headers", "copydesk-dead-code", GONE), ("dead-letter-headers", "copydesk-dead-attempts", "0"),
    ("dead-letter-headers", "copydesk-dead-source", "news.page"), ("dead-letter-headers", "copydesk-dead-reason", "x"),
    ("message-headers", "ce_type", "article"), ("message-headers", "traceparent", "1"), ("message-headers", "copydesk-source", GONE),
]


def broken(message, path, value):
    message = copy.deepcopy(message)
    *parents, last = (int(step) if step.isdigit() else step for step in path.split("."))
    at = message
    for step in parents:
        at = at[step]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return message


@pytest.mark.parametrize("name, path, value", FAULTS, ids=lambda part: "gone" if part is GONE else str(part)[:40])
def test_fault_is_found(name, path, value):
    assert check(kind_of_example(SCHEMAS / f"{name}.json"), broken(example(name), path, value))


def test_values_of_times_are_those_of_timex3():
    good = ["1998", "1998-08", "1998-08-07", "1998-08-07T10:35", "1998-08-07T10:35:20", "1998-08-07TMO", "1998-Q3", "1998-H1", "1998-SU", "1998-W33",
            "1998-W33-WE", "XXXX-04-11", "XXXX-WXX-7", "XXXX-WXX-1TNI", "199", "19", "P3D", "PT5H30M", "P1Y6M", "PXW", "PTXH", "P2.5M", "P1E", "P1WE",
            "PAST_REF", "PRESENT_REF", "FUTURE_REF", "XXXX-XX-XX", "XXXX-XX-XXTMO", "XXXX-Q3", "1998-WI"]
    bad = ["9", "1998-8", "now", "P", "3D", "PT", "1998-08-07 10:35", "Q3", "LAST_REF", "1998-08-07TXX", "1998-08-07T", "x"]
    message = example("tagged")
    accepted = lambda value: not check("tagged", broken(message, "times.2.value", value))
    assert [value for value in good if not accepted(value)] == []
    assert [value for value in bad if accepted(value)] == []
