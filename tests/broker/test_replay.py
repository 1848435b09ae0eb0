"""copydesk replay on a real broker: plan, run, interrupt, resume, compare, promote, drop, reset; the stages are the real ones."""
import base64
import json
import os
import re
import shlex
import signal
import subprocess

import pytest
from confluent_kafka import ConsumerGroupState
from clients import BIN, ROOT, Reader, copydesk, headers, open_terminal, read_all, send
from kafkanode import wait_for

SAMPLES = ROOT / "deploy" / "samples"


def sample_pages():
    pages = []
    for line in (SAMPLES / "manifest.ndjson").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = (SAMPLES / row.pop("file")).read_bytes()
        pages.append(json.dumps({**row, "bodyBase64": base64.b64encode(body).decode()}))
    return pages


@pytest.fixture(scope="session")
def unique_articles(tmp_path_factory):
    """What extract and dedup make of the samples, without a broker."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "pages").write_text("".join(page + "\n" for page in sample_pages()), encoding="utf-8")
    for stage, source, target in (("extract", "pages", "articles"), ("dedup", "articles", "verdicts")):
        subprocess.run([BIN / f"copydesk-{stage}", "--in", folder / source, "--out", folder / target, "--dead", "/dev/null"], check=True,
                       timeout=60, stderr=subprocess.DEVNULL)
    lines = (folder / "verdicts").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    return [article for article in articles if article["duplicate"]["status"] == "unique" and len(article.get("articleBody", "")) > 200]


class Site:
    """The topics of a pipeline under a prefix of its own, and the command's flags that lead there."""

    def __init__(self, kafka, stages, prefix, partitions):
        self.kafka, self.stages, self.prefix = kafka, stages, prefix
        names = ("news.page", "news.article", "news.page.dead", "news.unique", "news.tagged", "news.unique.dead", "news.article.dead",
                 "news.duplicate", "news.alias", "news.dedup.probe", "news.dedup.match")
        # messages of 2023: with time-based retention the broker would delete them within a minute of its start
        kafka.topics(partitions, **{prefix + name: {"retention.ms": -1} for name in names})
        self.flags = ("--kafka", kafka.bootstrap, "--prefix", prefix)

    def live(self, stage, **options):
        """The live stage over all that is there, to its end."""
        process = self.process(stage, until="end", **options).start()
        assert process.process.wait(60) == 0, process.log()

    def process(self, stage, **options):
        topics = {"extract": {"topic.in": "news.page", "topic.out": "news.article", "topic.dead": "news.page.dead"},
                  "tag": {"topic.in": "news.unique", "topic.out": "news.tagged", "topic.dead": "news.unique.dead"}}[stage]
        return self.stages(f"copydesk-{stage}", self.kafka.bootstrap, **{key: self.prefix + name for key, name in topics.items()},
                           group=f"{self.prefix}copydesk-{stage}", **options)

    def send(self, topic, messages):
        return send(self.kafka.bootstrap, self.prefix + topic, messages)

    def read(self, topic, count):
        return read_all(self.kafka.bootstrap, self.prefix + topic, count)

    def replay(self, *args, check=0, **more):
        return copydesk("replay", *args, *self.flags, check=check, **more)

    def diff(self, run, *args):
        return json.loads(self.replay("diff", run, "--json", *args).stdout)

    def listed(self):
        return [json.loads(line) for line in self.replay("list", "--json").stdout.splitlines()]

    def topics(self):
        return {name[len(self.prefix):] for name in self.kafka.admin().list_topics(timeout=20).topics if name.startswith(self.prefix)}

    def has_group(self, name):
        """Whether the group is known, with or without members."""
        admin, name = self.kafka.admin(), self.prefix + name  # the answer comes only while the client lives
        return admin.describe_consumer_groups([name])[name].result(30).state != ConsumerGroupState.DEAD


@pytest.fixture
def site(kafka, stages, name):
    return Site(kafka, stages, f"{name}.", 2)


def page(i):
    paragraphs = "".join(f"<p>The council of district {i} met in room {k} on Sunday, heard {k + i} speakers about pier {k} of the harbour, and "
                         "put off its vote until the engineers have looked at the piles below the water line once more.</p>" for k in range(1, 8))
    return {"key": f"k{i}", "partition": i % 2, "timestamp": 1700000000000 + i * 1000, "value": json.dumps({
        "url": f"https://paper.example/{i}", "html": f"<html><head><title>Report {i}</title></head><body><article><h1>Report {i}</h1>{paragraphs}"
        "</article></body></html>"})}


def test_the_plan_is_shown_and_without_a_yes_nothing_is_made(site):
    site.send("news.page", [page(i) for i in range(60)])
    before = site.topics()
    shown = site.replay("extract", "--from", "earliest", "--run", "trial", check=64)
    assert "at most 60 messages" in shown.stdout and re.search(r"about \d+(\.\d)? kB", shown.stdout)
    assert re.search(r"time +about \d+:\d\d at [\d,]+ messages/s \(measured on 60 messages", shown.stdout)
    assert f"{site.prefix}news.article.trial\n" in shown.stdout and f"{site.prefix}news.page.dead.trial\n" in shown.stdout
    assert f"{site.prefix}copydesk-extract.trial\n" in shown.stdout
    assert "--yes" in shown.stderr
    assert site.replay("extract", "--from", "earliest", "--dry-run").stdout.count("\n") >= 6
    assert site.topics() == before and site.listed() == []


def test_mistakes_are_told(site):
    for wrong, told in (
            (("extract",), "--from says where to begin"), (("extract", "--from", "earliest", "--until", "never"), "a replay has an end"),
            (("extract", "--from", "earliest", "--partitions", "0-7"), "partitions 0 to 1"),
            (("extract", "--from", "earliest", "--run", "dead"), "has a meaning"),
            (("extract", "--from", "earliest"), "there is nothing in this range"),
            (("extract", "--from", "earliest", "--reset", "--run", "x"), "--run doesn't go with it"), (("diff",), "which replay?"),
            (("diff", "nothing"), "there is no replay nothing"), (("resumed", "x"), "neither a stage")):
        said = site.replay(*wrong, check=None)
        assert said.returncode in (64, 66) and told in said.stderr, said.stderr


def test_a_replay_is_compared_promoted_once_and_dropped(site, unique_articles):
    named = [{**a, "id": f"{a['id']}-{n}", "duplicate": {"status": "unique", "story": f"{a['id']}-{n}"}} for n in range(3) for a in unique_articles]
    articles = [{"key": a["id"], "value": json.dumps(a)} for a in named]
    site.send("news.unique", articles)
    site.live("tag", model="open")
    said = site.replay("tag", "--from", "earliest", "--run", "newmodel", "--yes", "--no-estimate")
    assert "replay newmodel is finished" in said.stderr
    live = {headers(m)["ce_id"][0]: m for m in site.read("news.tagged", len(articles))}
    ours = {headers(m)["ce_id"][0]: m for m in site.read("news.tagged.newmodel", len(articles))}
    assert live.keys() == ours.keys() and len(ours) == len(articles)
    assert {headers(m)["copydesk-run"][0] for m in ours.values()} == {b"newmodel"}
    changed = {id for id in ours if ours[id].value() != live[id].value()}
    assert 0 < len(changed) < len(articles), "the two models must differ on some articles only for this test to mean something"
    fields = {}
    for id in changed:
        old, new = json.loads(live[id].value()), json.loads(ours[id].value())
        for field in old.keys() | new.keys():
            fields[field] = fields.get(field, 0) + (old.get(field) != new.get(field))
    found = site.diff("newmodel", "--samples", "2")
    assert (found["same"], found["changed"], found["new"], found["missing"]) == (len(articles) - len(changed), len(changed), 0, 0)
    assert found["fields"] == {field: count for field, count in fields.items() if count}
    assert len(found["samples"]) == 2
    for sample in found["samples"]:
        place = sample["replayed"].rsplit("/", 2)
        new = next(m for m in ours.values() if (m.partition(), m.offset()) == (int(place[1]), int(place[2])))
        old = live[headers(new)["ce_id"][0]]
        assert sample["outcome"] == "changed" and sample["key"] == new.key().decode()
        assert sample["live"] == f"{site.prefix}news.tagged/{old.partition()}/{old.offset()}"
        for change in sample["fields"]:
            assert json.loads(change["before"]) == json.loads(old.value())[change["path"]]
            assert json.loads(change["after"]) == json.loads(new.value())[change["path"]]
    text = site.replay("diff", "newmodel", "--samples", "1").stdout
    assert re.search(rf"{len(changed)}  changed", text) and re.search(r"\d entities\n", text)

    assert "--yes" in site.replay("promote", "newmodel", check=64).stderr
    said = site.replay("promote", "newmodel", "--yes")
    assert f"published {len(changed)} messages" in said.stderr
    after = site.read("news.tagged", len(articles) + len(changed))
    assert len(after) == len(articles) + len(changed)
    newest = {headers(m)["ce_id"][0]: m for m in after}
    for id, message in newest.items():
        assert (message.key(), message.value(), message.timestamp()) == (ours[id].key(), ours[id].value(), ours[id].timestamp())
        assert headers(message)["copydesk-run"] == ([b"newmodel"] if id in changed else [b"live"])
        assert message.partition() == live[id].partition()
    assert "nothing to publish" in site.replay("promote", "newmodel", "--yes").stderr
    assert len(site.read("news.tagged", len(after))) == len(after)
    again = site.diff("newmodel")
    assert (again["same"], again["changed"]) == (len(articles), 0)
    run, = site.listed()
    assert (run["run"], run["state"], run["messages"], run["done"]) == ("newmodel", "promoted", len(articles), len(articles))

    assert "news.tagged.newmodel" in site.topics() and site.has_group("copydesk-tag.newmodel")
    site.replay("drop", "newmodel", "--yes")
    wait_for("the topics to go", lambda: not any(topic.endswith(".newmodel") for topic in site.topics()))
    assert not site.has_group("copydesk-tag.newmodel") and site.has_group("copydesk-tag")
    assert site.listed() == [] and len(site.read("news.tagged", len(after))) == len(after)


def test_a_promotion_that_is_killed_half_way_is_gone_on_with(site, kafka):
    count = 3000
    site.send("news.page", [page(i) for i in range(count)])
    site.live("extract")
    # what is live differs from what the stage makes now, in every article
    old = [{"key": m.key(), "value": m.value().replace(b"Report", b"Retold"), "partition": m.partition(), "headers": m.headers(),
            "timestamp": m.timestamp()[1]} for m in site.read("news.article", count)]
    site.send("news.article", old)
    site.replay("extract", "--from", "earliest", "--run", "again", "--yes", "--no-estimate")
    assert site.diff("again")["changed"] == count

    slowly = ("-X", "kafka.batch.num.messages=1", "-X", "kafka.max.in.flight.requests.per.connection=1")
    command = [BIN / "copydesk", "replay", "promote", "again", "--yes", "--quiet", *slowly, *site.flags]
    reader = Reader(kafka.bootstrap, f"{site.prefix}news.article")
    reader.read_until(2 * count)
    process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for("the first batch", lambda: reader.read(0.05) or process.poll() is not None, seconds=120)
    process.kill()
    assert process.wait() == -signal.SIGKILL, "it was done before it could be killed"

    # the transaction that it died in may still be open: only promote, which ends it, can go on at once
    left = int(re.search(r"published ([\d,]+) messages", site.replay("promote", "again", "--yes").stderr)[1].replace(",", ""))
    assert 0 < left < count, "it must die between its first commit and its last"
    live = reader.read_until(3 * count)
    reader.close()
    promoted = [m for m in live if headers(m)["copydesk-run"] == [b"again"]]
    assert len(live) == 3 * count and len(promoted) == count
    for name in ("ce_id", "copydesk-source"):
        assert len({headers(m)[name][0] for m in promoted}) == count
    found = site.diff("again")
    assert (found["same"], found["changed"]) == (count, 0)
    assert "nothing to publish" in site.replay("promote", "again", "--yes").stderr


def test_new_missing_and_dying_messages_are_told_apart(site):
    nothing = "<html><head><title>Page not found</title></head><body><h1>404 Not Found</h1><p>Nothing here.</p></body></html>"
    good = [page(i) for i in range(10)]
    empty = [{**page(i), "value": json.dumps({"url": f"https://paper.example/{i}", "html": nothing})} for i in range(10, 14)]
    site.send("news.page", good + empty)
    site.live("extract", **{"extract.nonarticle": "dead"})
    assert len(site.read("news.article", 10)) == 10

    def replayed(run, nonarticle):
        site.replay("extract", "--from", "earliest", "--run", run, "--yes", "--no-estimate", "-X", f"extract.nonarticle={nonarticle}")
        found = site.diff(run)
        return {kind: found[kind] for kind in ("same", "changed", "new", "missing", "died", "dead")}

    none = {"changed": 0, "new": 0, "missing": 0, "died": 0, "dead": 0}
    assert replayed("emitted", "emit") == {**none, "same": 10, "new": 4}
    assert replayed("stilldead", "dead") == {**none, "same": 10, "dead": 4}
    assert "nothing to publish" in site.replay("promote", "emitted", "--yes").stderr
    assert "published 4 messages" in site.replay("promote", "emitted", "--yes", "--new").stderr
    assert len(site.read("news.article", 14)) == 14
    assert replayed("dropped", "drop") == {**none, "same": 10, "missing": 4}
    assert replayed("dying", "dead") == {**none, "same": 10, "died": 4}


def on_a_terminal(words):
    """Exit code, and what a terminal gets on standard error."""
    ours, theirs = open_terminal()
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return process.wait(60), shown.decode(errors="replace")


def test_an_interrupted_replay_resumes_and_makes_every_message_once(site, kafka, tmp_path):
    count = 3000
    site.send("news.page", [page(i) for i in range(count)])
    slow = ("-X", "extract.max.nodes=900000", "-X", "workers=1", "-X", "commit.messages=100", "-X", "commit.interval.ms=20")
    command = [BIN / "copydesk", "replay", "extract", "--from", "earliest", "--run", "night", "--yes", "--no-estimate", "--verbose", *site.flags,
               *slow]
    log = tmp_path / "replay.log"
    process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stderr=log.open("w"))
    wait_for("the replay's topic", lambda: "news.article.night" in site.topics())
    reader = Reader(kafka.bootstrap, f"{site.prefix}news.article.night")
    wait_for("the first messages", lambda: reader.read(0.2) or process.poll() is not None, seconds=120)
    process.send_signal(signal.SIGINT)
    process.wait(60)
    said = log.read_text()
    assert process.returncode == 75, said
    run, = site.listed()
    assert run["state"] == "interrupted" and 0 < run["done"] < count
    refused = site.replay("promote", "night", "--yes", check=75)
    assert f"has done {run['done']:d} of {count}" in refused.stderr and "replay resume night" in refused.stderr
    exists = site.replay("extract", "--from", "earliest", "--run", "night", "--yes", "--no-estimate", check=75)
    assert "there is a replay night already" in exists.stderr

    # the command that it names, as it stands there; this time the whole thing is killed
    line, = re.findall(r"^  (copydesk replay resume .*)$", said, re.M)
    words = [str(BIN / "copydesk"), *shlex.split(line)[1:]]
    before = len(reader.messages)
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for("more messages", lambda: reader.read(0.2) or process.poll() is not None, seconds=120)
    process.kill()
    process.wait()
    assert len(reader.messages) > before
    admin, group = kafka.admin(), f"{site.prefix}copydesk-extract.night"
    wait_for("the stage to notice", lambda: not admin.describe_consumer_groups([group])[group].result(30).members)
    other = site.replay("resume", "night", check=64)
    assert "was begun with -X extract.max.nodes=900000, and this is no settings" in other.stderr
    code, shown = on_a_terminal(words)
    assert code == 0 and "were done before" in shown, shown
    assert re.search(r" \d+ %  [\d,]+ messages  [\d,]+/s  [\d.]+ [kM]?B/s  \d+:\d\d left", shown), shown
    made = reader.read_until(count)
    reader.close()
    assert len(made) == count and len({m.key() for m in made}) == count
    site.live("extract")
    found = site.diff("night")
    assert (found["same"], found["changed"], found["new"], found["missing"]) == (count, 0, 0, 0)


def test_only_the_chosen_partitions_and_times_are_replayed(site):
    site.send("news.page", [page(i) for i in range(100)])
    start, end = (f"2023-11-14T22:{minute}:{second:02}Z" for minute, second in (("13", 50), ("14", 20)))  # numbers 30 to 59
    site.replay("extract", "--from", start, "--until", end, "--partitions", "1", "--run", "part", "--yes", "--no-estimate")
    made = {json.loads(m.value())["headline"] for m in site.read("news.article.part", 15)}
    assert made == {f"Report {i}" for i in range(31, 60, 2)}
    run, = site.listed()
    assert (run["state"], run["messages"], run["done"]) == ("finished", 15, 15)
    site.live("extract")
    found = site.diff("part")
    assert (found["same"], found["missing"]) == (15, 0)


def test_straight_into_a_live_topic_only_with_the_flag(site):
    site.send("news.page", [page(i) for i in range(20)])
    said = site.replay("extract", "--from", "earliest", "--run", "flood", "--yes", "--no-estimate", "--into-live")
    assert "LIVE" in said.stdout
    assert {headers(m)["copydesk-run"][0] for m in site.read("news.article", 20)} == {b"flood"}
    assert not any(topic.endswith(".flood") for topic in site.topics())
    assert "nothing to compare" in site.replay("diff", "flood", check=64).stderr
    site.replay("drop", "flood", "--yes")
    assert "news.article" in site.topics() and len(site.read("news.article", 20)) == 20


def test_a_dedup_replay_has_an_index_of_its_own(site, kafka):
    made = subprocess.run([BIN / "copydesk-extract", "--in", "-", "--out", "-"], input="".join(page(i)["value"] + "\n" for i in (1, 2, 1)).encode(),
                          capture_output=True, check=True, timeout=60).stdout.splitlines()
    site.send("news.article", [{"key": json.loads(line)["id"], "value": line, "partition": 0} for line in made])
    site.replay("dedup", "--from", "earliest", "--run", "index", "--yes", "--no-estimate")
    assert {"news.dedup.probe.index", "news.dedup.match.index", "news.unique.index", "news.duplicate.index", "news.alias.index"} <= site.topics()
    assert len(read_all(kafka.bootstrap, [f"{site.prefix}news.unique.index", f"{site.prefix}news.duplicate.index"], 3)) == 3
    for topic in ("news.dedup.probe", "news.dedup.match", "news.unique"):
        reader = Reader(kafka.bootstrap, site.prefix + topic)
        assert reader.read(10) == []
        reader.close()


def test_a_live_group_is_only_moved_while_nobody_is_in_it(site):
    site.send("news.page", [page(i) for i in range(30)])
    running = site.process("extract", instance="desk-7").start().wait_ready()
    assert len(site.read("news.article", 30)) == 30
    refused = site.replay("extract", "--reset", "--from", "earliest", "--yes", check=75)
    assert "1 active member" in refused.stderr and "desk-7" in refused.stderr and "127.0.0.1" in refused.stderr
    assert running.terminate() == 0
    wait_for("the group to be empty", lambda: site.replay("extract", "--reset", "--from", "earliest", check=None).returncode == 64)
    said = site.replay("extract", "--reset", "--from", "earliest", "--partitions", "1", "--yes")
    assert "partition 1: 15 → 0" in said.stdout and "partition 0" not in said.stdout
    site.live("extract")
    assert len(site.read("news.article", 45)) == 45
