"""`copydesk export` on a real broker: ranges, formats, files. The articles are the samples, through the three stages as pipes."""
import json
import subprocess

import jsonschema
import pytest

from clients import BIN, send
from pipeline import SAMPLES, copydesk

TOPIC = "export.news.tagged"
TEXT = {"type": "object", "required": ["value", "role"], "additionalProperties": False, "properties": {
    "role": {"type": "string"}, "contentType": {"const": "text/plain"}, "value": {"type": "string"}, "charCount": {"type": "integer"}, "wordCount": {"type": "integer"}}}
ENTITY = {"type": "object", "required": ["name", "rel"], "additionalProperties": False, "properties": {
    "name": {"type": "string", "minLength": 1}, "rel": {"const": "mentions"}, "uri": {"type": "string", "pattern": "^https?://[!-~]+$"}, "literal": {"type": "string"},
    "geoJSON": {"type": "object", "required": ["type", "coordinates"], "properties": {"type": {"const": "Point"}, "coordinates": {
        "type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number", "minimum": -180, "maximum": 180}}}}}}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
# The parts of IPTC ninjs 3.1 that we write, in our own words; the standard allows no members beside its own.
NINJS = {"type": "object", "additionalProperties": False, "required": ["uri", "standard", "type", "versionCreated", "headlines", "bodies", "people", "organisations", "places"],
         "properties": {
             "uri": {"type": "string", "pattern": "^(https?://|urn:)[!-~]+$"}, "type": {"const": "text"}, "representationType": {"enum": ["full", "partial"]},
             "standard": {"type": "object", "additionalProperties": False, "properties": {"name": {"const": "ninjs"}, "version": {"const": "3.1"}, "schema": {"type": "string"}}},
             "version": {"type": "string"}, "firstCreated": TIME, "versionCreated": TIME, "pubStatus": {"const": "usable"}, "language": {"type": "string"},
             "headlines": {"type": "array", "minItems": 1, "items": TEXT}, "bodies": {"type": "array", "minItems": 1, "maxItems": 1, "items": TEXT},
             **{name: {"type": "array", "items": ENTITY} for name in ("people", "organisations", "places", "events", "objects")},
             "subjects": {"type": "array", "items": {"type": "object", "required": ["name"], "additionalProperties": False,
                                                     "properties": {"name": {"type": "string"}, "rel": {"type": "string"}}}},
             "by": {"type": "string"}, "located": {"type": "string"},
             "infoSources": {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}, "role": {"type": "string"}}}},
             "associations": {"type": "array", "items": {"type": "object", "required": ["name", "uri", "type"], "additionalProperties": False, "properties": {
                 "name": {"type": "string"}, "uri": {"type": "string", "pattern": "^https?://[!-~]+$"}, "type": {"const": "picture"}, "by": {"type": "string"},
                 "descriptions": {"type": "array", "items": TEXT}}}},
             "altIds": {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {"role": {"type": "string"}, "value": {"type": "string"}}}}}}


def pipe(stage, lines):
    done = subprocess.run([str(BIN / f"copydesk-{stage}"), "--in", "-", "--out", "-", "--dead", "/dev/null"], input=lines, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def kafka_with_articles(kafka):
    """Two partitions of tagged articles, and a message that is none; the articles as they were sent, by partition."""
    pages = b""
    for line in (SAMPLES / "manifest.ndjson").read_text().splitlines()[:16]:
        entry = json.loads(line)
        text = (SAMPLES / entry["file"]).read_text("utf-8")
        pages += json.dumps({"url": entry["url"], "fetchedAt": entry["fetchedAt"], "html" if entry["file"].endswith(".html") else "text": text}).encode() + b"\n"
    unique = {json.loads(line)["id"]: line for line in pipe("dedup", pipe("extract", pages)).splitlines() if json.loads(line)["duplicate"]["status"] == "unique"}
    tagged = pipe("tag", b"\n".join(unique.values()) + b"\n").splitlines()
    assert len(tagged) >= 7
    kafka.topics(2, **{TOPIC: {}})
    kafka.articles = [tagged[0::2], tagged[1::2]]
    for partition, values in enumerate(kafka.articles):
        # An hour between articles, so that times are ranges.
        send(kafka.bootstrap, TOPIC, [{"value": v, "partition": partition, "key": json.loads(v)["id"], "timestamp": 1763000000000 + i * 3600000}
                                      for i, v in enumerate(values)])
    send(kafka.bootstrap, TOPIC, [{"value": b'{"something": "else"}', "partition": 1, "timestamp": 1763000000000 + 100 * 3600000}])
    return kafka


def export(kafka, *words, check=0):
    return copydesk("export", "--kafka", kafka.bootstrap, "--prefix", "export.", *words, check=check)


def articles_of(kafka):
    return [json.loads(v) for values in kafka.articles for v in values]


def test_ndjson_has_every_article_byte_for_byte(kafka_with_articles):
    done = export(kafka_with_articles)
    assert sorted(done.stdout.encode().splitlines()) == sorted(kafka_with_articles.articles[0] + kafka_with_articles.articles[1])


def test_a_range_is_of_offsets_or_of_time(kafka_with_articles):
    first = kafka_with_articles.articles[0]
    assert export(kafka_with_articles, "news.tagged/0/1-2").stdout.encode().splitlines() == first[1:3]
    assert export(kafka_with_articles, "news.tagged/0/2").stdout.encode().splitlines() == [first[2]]
    assert export(kafka_with_articles, "news.tagged/0").stdout.encode().splitlines() == first
    assert export(kafka_with_articles, "news.tagged/0", "--from", "2025-11-13T03:13:20Z", "--until", "2025-11-13T04:13:20Z").stdout.encode().splitlines() == [first[1]]
    assert len(export(kafka_with_articles, "-n", "3").stdout.splitlines()) == 3


def test_ninjs_is_of_the_standard_and_has_what_the_article_has(kafka_with_articles):
    items = [json.loads(line) for line in export(kafka_with_articles, "--format", "ninjs").stdout.splitlines()]
    articles = {a["id"]: a for a in articles_of(kafka_with_articles)}
    assert len(items) == len(articles)
    for item in items:
        jsonschema.validate(item, NINJS)
        article = articles[[i["value"] for i in item["altIds"] if i["role"] == "article"][0]]
        assert [h["value"] for h in item["headlines"] if h["role"] == "main"] == [article["headline"]]
        body = item["bodies"][0]
        assert (body["role"], body["value"], body["charCount"]) == ("main", article["articleBody"], len(article["articleBody"]))
        for member, kinds in (("people", {"person"}), ("organisations", {"organization"}), ("places", {"place", "facility"})):
            assert [e["name"] for e in item[member]] == [e["name"] for e in article["entities"] if e["type"] in kinds]
        assert item["uri"] == article.get("canonicalUrl", article["url"])
        assert item.get("by", "") == ", ".join(a["name"] for a in article["author"])


def test_conll_columns_say_what_the_mentions_say(kafka_with_articles):
    text = export(kafka_with_articles, "--format", "conll").stdout
    assert text.startswith("# global.columns = FORM START END NER ENTITY\n")
    articles = {a["id"]: a for a in articles_of(kafka_with_articles)}
    article = field = image = None
    found, tokens = {}, 0
    for line in text.splitlines()[1:]:
        if line.startswith("# newdoc id = "):
            article = articles[line[14:]]
            found[article["id"]] = []
        elif line.startswith("# field = "):
            field, _, image = line[10:].partition(" ")
        elif line:
            form, start, end, tag, entity = line.split("\t")
            whole = article["image"][int(image)]["caption"] if image else article[field]
            assert whole[int(start):int(end)] == form
            tokens += 1
            if tag.startswith("B-"):
                found[article["id"]].append([field, int(start), int(end), tag[2:], entity])
            elif tag.startswith("I-"):
                mention = found[article["id"]][-1]
                assert (mention[0], mention[3], mention[4]) == (field, tag[2:], entity)
                mention[2] = int(end)
            else:
                assert (tag, entity) == ("O", "_")
    assert tokens > 1000
    for article in articles.values():
        wanted = sorted((m["field"], m["start"], m["end"], e["type"], e["id"]) for e in article["entities"] for m in e["mentions"])
        assert sorted(map(tuple, found[article["id"]])) == wanted


def test_spacy_json_has_tokens_that_cover_the_text_and_spans_of_whole_tokens(kafka_with_articles):
    docs = [json.loads(line) for line in export(kafka_with_articles, "--format", "spacy").stdout.splitlines()]
    wanted = {(a["headline"] + "\n\n" + a["articleBody"]): a for a in articles_of(kafka_with_articles)}
    for doc in docs:
        article, at = wanted[doc["text"]], 0
        for number, token in enumerate(doc["tokens"]):
            assert token["id"] == number and token["end"] > token["start"] and doc["text"][at:token["start"]] in ("", " ")
            at = token["end"]
        assert at == len(doc["text"])
        starts, ends = {t["start"] for t in doc["tokens"]}, {t["end"] for t in doc["tokens"]}
        assert all(e["start"] in starts and e["end"] in ends for e in doc["ents"] + doc["sents"])
        assert all(a["end"] <= b["start"] for a, b in zip(doc["ents"], doc["ents"][1:]))
        people = sorted(m["text"] for e in article["entities"] if e["type"] == "person" for m in e["mentions"] if m["field"] != "caption")
        assert sorted(doc["text"][e["start"]:e["end"]] for e in doc["ents"] if e["label"] == "PERSON") == people
    assert {e["label"] for doc in docs for e in doc["ents"]} >= {"PERSON", "ORG", "DATE"}


def test_a_file_is_there_when_it_is_whole_and_a_folder_has_one_an_article(kafka_with_articles, tmp_path):
    export(kafka_with_articles, "-o", tmp_path / "all.ndjson")
    assert (tmp_path / "all.ndjson").read_bytes().count(b"\n") == len(articles_of(kafka_with_articles))
    export(kafka_with_articles, "--format", "ninjs", "-o", f"{tmp_path}/news/")
    names = {p.name for p in (tmp_path / "news").iterdir()}
    assert names == {f"{a['id']}.json" for a in articles_of(kafka_with_articles)}
    assert not list(tmp_path.rglob("*.part"))
    assert export(kafka_with_articles, "-o", tmp_path / "no" / "such" / "folder.ndjson", check=73).stderr.count("folder.ndjson")


def test_misuse_is_told(kafka_with_articles):
    assert "ndjson, ninjs, conll or spacy" in export(kafka_with_articles, "--format", "xml", check=64).stderr
    assert "FIRST-LAST" in export(kafka_with_articles, "news.tagged/0/9-2", check=64).stderr
    assert "no partition 7" in export(kafka_with_articles, "news.tagged/7", check=64).stderr
    assert "needs an end" in export(kafka_with_articles, "--until", "never", check=64).stderr
    assert "no topic" in export(kafka_with_articles, "elsewhere", check=69).stderr
