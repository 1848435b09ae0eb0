"""`copydesk explain` on a real broker: one article's way and its reasons, by place, id and address."""
import json

import pytest

from clients import send
from pipeline import Pipeline, page


@pytest.fixture(scope="module")
def pipeline(kafka, tmp_path_factory):
    """An article, an edited copy of it, and a page that no stage can use."""
    made = Pipeline(kafka, tmp_path_factory.mktemp("explain"), "explain.").start()
    made.pages = made.send([page("01-ferry-original.html")], partition=0)
    made.read("news.tagged", 1)
    made.pages += made.send([page("02-ferry-reheadlined.html", "2026-11-20T09:00:00Z"), b"{not json"], partition=1)
    made.tagged, made.copies, made.dead = made.read("news.tagged", 1), made.read("news.duplicate", 1), made.read("news.page.dead", 1)
    made.stop()
    return made


def place(message):
    return f"{message.topic()}/{message.partition()}/{message.offset()}"


def explain(pipeline, *words):
    return json.loads(pipeline.command("explain", "--json", *words, check=0).stdout)


def notes(explanation, stage, step):
    trace = [s for s in explanation["steps"] if s["stage"] == stage][0]["rerun"]["trace"]
    return [note for note in trace if note["step"] == step]


def test_a_tagged_article_is_followed_back_to_its_page(pipeline):
    told = explain(pipeline, place(pipeline.tagged[0]))
    assert told["records"][0]["place"] == pipeline.pages[0] and told["records"][-1]["place"] == place(pipeline.tagged[0])
    assert [r["topic"].removeprefix("explain.") for r in told["records"]] == ["news.page", "news.article", "news.unique", "news.tagged"]
    assert [(s["stage"], s["outcome"]) for s in told["steps"]] == [("extract", "emitted"), ("dedup", "emitted"), ("tag", "emitted")]
    assert len({r["traceparent"].split("-")[1] for r in told["records"][1:]}) == 1


def test_a_page_is_followed_forward_to_what_became_of_it(pipeline):
    assert explain(pipeline, pipeline.pages[0])["records"] == explain(pipeline, place(pipeline.tagged[0]))["records"]


def test_stages_asked_again_give_the_bytes_that_are_there(pipeline):
    told = explain(pipeline, place(pipeline.tagged[0]))
    assert [s["agrees"] for s in told["steps"]] == ["same bytes"] * 3
    assert all(s["rerun"]["cpuMs"] > 0 for s in told["steps"])
    assert all(s["writtenBy"].startswith(f"{s['stage']}/{s['rerun']['version']}/{s['rerun']['config']}") for s in told["steps"])


def test_extract_tells_its_container_what_it_removed_and_where_fields_are_from(pipeline):
    told = explain(pipeline, pipeline.pages[0])
    assert notes(told, "extract", "container")[0]["element"] == "article"
    removed = {note["text"]: note for note in notes(told, "extract", "removed")}
    assert removed["Share Tweet Print"]["reason"] == "sharing" and removed["Share Tweet Print"]["named"] == "div.share"
    headline = [n for n in notes(told, "extract", "field") if n["field"] == "headline"][0]
    assert (headline["source"], headline["value"]) == ("opengraph", "Karsholm ferry resumes service after engine room fire")
    assert {n["source"] for n in notes(told, "extract", "candidate") if n["field"] == "headline"} >= {"json-ld", "opengraph", "h1", "title"}


def test_dedup_tells_the_candidates_with_their_scores(pipeline):
    copy = json.loads(pipeline.copies[0].value())
    told = explain(pipeline, place(pipeline.copies[0]))
    compared = notes(told, "dedup", "compared")
    assert [c["id"] for c in compared] == [copy["duplicate"]["of"]]
    assert compared[0]["score"] > 0 and compared[0]["similarity"] == copy["duplicate"]["similarity"]
    step = [s for s in told["steps"] if s["stage"] == "dedup"][0]
    assert step["agrees"] == "same bytes" and "filled with the 1 articles" in step["note"]


def test_without_context_dedup_answers_otherwise_and_that_is_said(pipeline):
    step = [s for s in explain(pipeline, "--context", "0", place(pipeline.copies[0]))["steps"] if s["stage"] == "dedup"][0]
    assert step["rerun"]["verdict"] == "emit" and step["agrees"] == "different bytes" and "--context" in step["note"]


def test_tag_tells_what_entities_rest_on(pipeline):
    told = explain(pipeline, place(pipeline.tagged[0]))
    article = json.loads(pipeline.tagged[0].value())
    mentions = notes(told, "tag", "mention")
    assert len(mentions) == sum(len(e["mentions"]) for e in article["entities"])
    assert any(j["rule"] == "one part of a person's name" for j in notes(told, "tag", "join"))


def test_an_article_is_found_by_its_id_and_by_its_address(pipeline):
    by_id = explain(pipeline, pipeline.tagged[0].key().decode())
    assert by_id["records"][-1]["place"] == place(pipeline.tagged[0])
    by_address = explain(pipeline, "https://www.harbourgazette.example/02-ferry-reheadlined.html")
    assert by_address["records"][-1]["place"] == place(pipeline.copies[0])


def test_a_dead_letter_is_explained_by_its_reason(pipeline):
    told = explain(pipeline, place(pipeline.dead[0]))
    assert told["records"][-1]["dead"]["code"] == "json_syntax" and told["records"][0]["place"] == pipeline.pages[2]
    assert told["steps"][0]["outcome"] == "dead" and told["steps"][0]["agrees"] == "same reason"
    assert told["steps"][0]["rerun"]["error"]["code"] == "json_syntax"


def test_the_text_names_every_record_and_reason(pipeline):
    text = pipeline.command("explain", place(pipeline.tagged[0]), check=0).stdout
    text += pipeline.command("explain", place(pipeline.copies[0]), check=0).stdout
    for word in (*pipeline.pages[:2], place(pipeline.tagged[0]), place(pipeline.copies[0]), "container", "removed", "sharing", "compared", "score",
                 "same bytes", "dedup/"):
        assert word in text
    assert "\x1b" not in text


def test_stories_that_turned_out_to_be_one_are_told(pipeline):
    """Of the article's own story, of the one that became part of, and of what the article proved; of no others."""
    ours, second, third, theirs, other = json.loads(pipeline.tagged[0].value())["id"], *(letter * 32 for letter in "bcde")

    def alias(of, story, by):
        return {"key": of, "value": json.dumps({"id": of, "duplicate": {"status": "alias", "of": story, "story": story, "by": by}})}

    # the second before the first, and on whatever partition its key is
    where = send(pipeline.bootstrap, "explain.news.alias", [alias(second, third, other), alias(theirs, other, other), alias(ours, second, other),
                                                            alias(theirs, third, ours)])
    told = explain(pipeline, place(pipeline.tagged[0]))["aliases"]
    assert {(a["id"], a["story"], a["by"]) for a in told} == {(second, third, other), (ours, second, other), (theirs, third, ours)}
    assert {a["place"] for a in told} == {f"explain.news.alias/{p}/{o}" for p, o in (where[0], where[2], where[3])}
    # a copy has the story of what it copies
    assert {a["id"] for a in explain(pipeline, place(pipeline.copies[0]))["aliases"]} == {ours, second}
    text = pipeline.command("explain", place(pipeline.copies[0]), check=0).stdout
    assert f"story {ours} turned out to be part of story {second}, as article {other} showed" in text
    assert "aliases" not in explain(pipeline, place(pipeline.dead[0]))


def test_what_is_not_there_is_told_with_where_was_searched(pipeline):
    gone = pipeline.command("explain", "explain.news.tagged/0/99999", check=66)
    assert "explain.news.tagged/0/99999" in gone.stderr
    unknown = pipeline.command("explain", "no-such-article", check=66)
    assert "news.tagged" in unknown.stderr and "no-such-article" in unknown.stderr
    assert pipeline.command("explain", check=64).stderr.count("TOPIC/PARTITION/OFFSET")


def test_a_stage_that_is_not_found_costs_its_reasons_only(pipeline, tmp_path):
    told = explain(pipeline, "--bin", str(tmp_path), place(pipeline.tagged[0]))
    assert len(told["records"]) == 4
    assert all("rerun" not in s and str(tmp_path) in s["note"] for s in told["steps"])
