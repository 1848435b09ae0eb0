"""A page as it comes, through all three stages on a real broker. The page isn't part of the repository: without it the test is skipped."""
import json
import os
import pathlib
import re

import pytest
from clients import ROOT, read_all, send

FOLDER = pathlib.Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared")) / "exam" / "seed"


def mentions(article, name):
    return [m["text"] for e in article["entities"] if e["name"] == name for m in e["mentions"]]


def test_a_real_page_becomes_a_tagged_article(kafka, name, stages):
    found = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []
    if not found:
        pytest.skip(f"no page in {FOLDER}")
    names = ("page", "article", "unique", "tagged", "duplicate", "alias", "dead", "probe", "match")
    kafka.topics(2, **{f"{name}.{topic}": {} for topic in names})

    def start(stage, source, target, **more):
        return stages(f"copydesk-{stage}", kafka.bootstrap, instance=stage, **{
            "topic.in": f"{name}.{source}", "topic.out": f"{name}.{target}", "topic.dead": f"{name}.dead", "group": f"{name}-{stage}", **more}).start()

    running = [start("extract", "page", "article"), start("tag", "unique", "tagged"), start("dedup", "article", "unique", **{
        f"topic.{topic}": f"{name}.{topic}" for topic in ("duplicate", "alias", "probe", "match")})]
    page = found[0].read_text(encoding="utf-8")
    byline, address = re.search(r"^By (.+)$", page, re.M).group(1), re.search(r"\S+@\S+", page).group(0)
    send(kafka.bootstrap, f"{name}.page", [{"value": json.dumps({"text": page})}])
    messages = read_all(kafka.bootstrap, f"{name}.tagged", 1, 120)
    assert [stage.terminate() for stage in running] == [0, 0, 0]
    assert len(messages) == 1
    article = json.loads(messages[0].value())
    assert article["headline"].startswith("Putin sends ") and article["headline"] in page.split("\n")
    assert article["author"] == [{"name": byline, "email": address}]
    assert [image["credit"] for image in article["image"]] == ["Yonhap"]
    body = article["articleBody"]
    assert body.startswith("Russian President Vladimir Putin") and body.endswith("talks with Washington.")
    assert not any(junk in body for junk in ("font-size", "share button", "CLOSE", "Top 10", f"By {byline}", "go top"))
    assert set(mentions(article, "Vladimir Putin")) == {"Vladimir Putin", "Putin"}
    assert mentions(article, "Vladimir Putin").count("Putin") == body.count("Putin") - 1 + article["headline"].count("Putin")
    assert set(mentions(article, "Kim Jong-un")) == {"Kim Jong-un", "Kim"}
    entities = {entity["name"].casefold() for entity in article["entities"]}
    for wanted in ("Kremlin", "State Affairs Commission", "Supreme People's Assembly", "Asahi Shimbun", "Vladivostok", "Hanoi", "Donald Trump",
                   "Xi Jinping", "Pyongyang", "Washington", "United States", "Japan", "Korean Peninsula"):
        assert wanted.casefold() in entities, f"{wanted} in {sorted(entities)}"
    assert {"April 11", "late February", "June 2016"} <= {time["text"] for time in article["times"]}
