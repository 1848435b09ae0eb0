"""`copydesk audit` on a real broker: the books of a stage balance, and they don't when something was taken away or came twice."""
import json
import time

import pytest
from confluent_kafka import TopicPartition

from clients import send
from pipeline import Pipeline, page


@pytest.fixture(scope="module")
def pipeline(kafka, tmp_path_factory):
    """Articles, copies, a listing that is dropped, and two broken pages."""
    made = Pipeline(kafka, tmp_path_factory.mktemp("audit"), "audit.", partitions=1, extract={"extract.nonarticle": "drop"}).start()
    made.begun = int(time.time() * 1000) - 1000
    names = ("01-ferry-original.html", "02-ferry-reheadlined.html", "09-summit.txt", "12-market-wednesday.html", "33-listing.html")
    made.pages = made.send([page(name) for name in names] + [b"{broken", b"{}"])
    made.read("news.tagged", 3), made.read("news.page.dead", 2)
    made.stop()
    return made


def audit(pipeline, *words, check=0):
    return json.loads(pipeline.command("audit", "--json", *words, check=check).stdout)["stages"]


EXTRACT = ("extract", "-X", "extract.nonarticle=drop")


def test_every_message_has_one_end(pipeline):
    extract, = audit(pipeline, *EXTRACT)
    assert {k: extract[k] for k in ("in", "emitted", "dropped", "dead", "pending", "missing", "repeated")} == {
        "in": 7, "emitted": 4, "dropped": 1, "dead": 2, "pending": 0, "missing": 0, "repeated": 0}
    assert extract["reasons"] == {"not_an_article": 1} and sum(extract["codes"].values()) == 2
    dedup, tag = audit(pipeline, "dedup", "tag")
    assert (dedup["in"], dedup["emitted"], dedup["outputs"]["audit.news.duplicate"]) == (4, 4, 1)
    assert (tag["in"], tag["emitted"], tag["balances"]) == (3, 3, True)


def test_without_asking_again_a_dropped_message_is_missing(pipeline):
    extract, = audit(pipeline, *EXTRACT, "--no-rerun", check=65)
    assert [m["place"] for m in extract["missingAt"]] == [pipeline.pages[4]]


def test_a_stage_with_other_options_tells_that_it_would_have_emitted(pipeline):
    extract, = audit(pipeline, "extract", check=65)
    assert extract["missingAt"] == [{"place": pipeline.pages[4], "rerun": "emit"}] and "outputs are by" in extract["note"]


def test_the_range_can_be_a_time(pipeline):
    extract, = audit(pipeline, *EXTRACT, "--until", "2020-01-01")
    assert extract["in"] == 0 and extract["balances"]
    extract, = audit(pipeline, *EXTRACT, "--from", "1d")
    assert extract["in"] == 7
    extract, = audit(pipeline, *EXTRACT, "--from", "-2")
    assert (extract["in"], extract["dead"]) == (2, 2)


def test_messages_not_yet_processed_are_pending(pipeline):
    places = pipeline.send([page("14-match.html")])
    try:
        extract, = audit(pipeline, *EXTRACT)
        assert (extract["in"], extract["pending"], extract["missing"]) == (8, 1, 0)
    finally:
        topic, partition, offset = places[0].rsplit("/", 2)
        pipeline.stages["extract"].start().wait_ready()
        pipeline.read("news.article", 5)
        pipeline.stop()


def test_an_output_that_came_twice_is_named(pipeline):
    first = pipeline.read("news.tagged", 3)[0]
    send(pipeline.bootstrap, "audit.news.tagged", [{"value": first.value(), "key": first.key(), "headers": first.headers(),
                                                    "timestamp": first.timestamp()[1]}])
    tag, = audit(pipeline, "tag", check=65)
    source = dict(first.headers())["copydesk-source"].decode()
    assert [r["place"] for r in tag["repeatedAt"]] == [source] and (tag["repeated"], tag["missing"]) == (1, 0)


def test_what_dedup_drops_is_told_from_what_is_missing(pipeline):
    """A copy's message is taken away. With the option that drops copies it would never have been written: the index of what came before says so."""
    admin = pipeline.kafka.admin()
    for future in admin.delete_records([TopicPartition("audit.news.duplicate", 0, 1)]).values():
        future.result(30)
    dedup, = audit(pipeline, "dedup", "-X", "emit.duplicates=none")
    assert (dedup["dropped"], dedup["missing"], dedup["reasons"]) == (1, 0, {"near_duplicate": 1})
    dedup, = audit(pipeline, "dedup", check=65)
    assert (dedup["dropped"], dedup["missing"]) == (0, 1) and dedup["missingAt"][0]["rerun"] == "emit"


def test_an_output_deleted_on_purpose_is_caught_and_named(pipeline):
    """The first article is taken off its topic: the page that it was made of is named, and so is where the topic begins now."""
    lost = dict(pipeline.read("news.article", 5)[0].headers())["copydesk-source"].decode()
    admin = pipeline.kafka.admin()
    for future in admin.delete_records([TopicPartition("audit.news.article", 0, 1)]).values():
        future.result(30)
    done = pipeline.command("audit", *EXTRACT, check=65)
    assert f"    {lost}  asked again, the stage says: emit" in done.stdout and "don't balance" in done.stdout
    assert "audit.news.article/0 begins at offset" in done.stdout
    extract, = audit(pipeline, *EXTRACT, check=65)
    assert [m["place"] for m in extract["missingAt"]] == [lost] and not extract["balances"]


def test_a_wrong_group_is_told(pipeline):
    extract, = audit(pipeline, *EXTRACT, "--group", "nobody", check=0)
    assert "nobody has committed nothing" in extract["note"] and extract["pending"] > 0


def test_misuse_is_told(pipeline):
    assert "no such stage" in pipeline.command("audit", "extrakt", check=64).stderr
    assert "--until" in pipeline.command("audit", "--until", "never", check=64).stderr
