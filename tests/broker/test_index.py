"""The index of dedup, spread over processes: the same verdicts as in one process without a broker."""
import json
import random
import subprocess

import pytest

from articles import WORDS, complete, sentence
from clients import BIN, Reader, Supervisor, send
from kafkanode import wait_for

def stream(seed, stories):
    """Articles in time order, far apart: originals, then copies, edited copies and revisions of them."""
    rng = random.Random(seed)
    first, later = [], []
    for n in range(stories):
        body = "\n\n".join(sentence(rng, rng.randint(15, 40)) for _ in range(rng.randint(4, 9)))
        article = {"id": f"a{n}", "url": f"https://www.paper{n % 23}.example/{n}", "fetchedAt": "2026-11-20T08:00:00Z", "pageType": "article",
                   "headline": sentence(rng, 7), "articleBody": body}
        first.append(article)
        kind = n % 4
        if kind == 1:
            later.append({**article, "id": f"c{n}", "url": f"https://copy{n % 7}.example/{n}"})
        elif kind == 2:
            edited = body.split(" ")
            for _ in range(len(edited) // 25):
                edited[rng.randrange(len(edited))] = rng.choice(WORDS)
            later.append({**article, "id": f"e{n}", "url": f"https://copy{n % 7}.example/{n}", "articleBody": " ".join(edited)})
        elif kind == 3:
            later.append({**article, "id": f"r{n}", "articleBody": body + "\n\n" + sentence(rng, 25)})
    return [complete(a) for a in first], [complete(a) for a in later]


def verdict(value):
    message = json.loads(value)
    return message["id"], (message["duplicate"]["status"], message["duplicate"].get("of"), message["duplicate"]["story"])


def without_broker(articles, tmp_path):
    source, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_text("".join(json.dumps(a) + "\n" for a in articles))
    subprocess.run([BIN / "copydesk-dedup", "--in", source, "--out", out], check=True, stderr=subprocess.DEVNULL)
    return dict(verdict(line) for line in out.read_text().splitlines())


def topics(kafka, name):
    names = {key: f"{name}.{key}" for key in ("in", "out", "duplicate", "alias", "dead", "probe", "match")}
    kafka.topics(6, **{names[key]: {} for key in names})
    return {**{f"topic.{key}": topic for key, topic in names.items()}, "group": f"{name}-group"}


def through_kafka(kafka, name, stages, batches, processes, disturb=None):
    options = topics(kafka, name)
    group = [stages("copydesk-dedup", kafka.bootstrap, instance=f"i{n}", **options) for n in range(processes)]
    supervisor = Supervisor(group)
    out, duplicates = Reader(kafka.bootstrap, f"{name}.out"), Reader(kafka.bootstrap, f"{name}.duplicate")
    supervisor.look()
    due = 0
    for batch in batches:
        send(kafka.bootstrap, f"{name}.in", [{"key": a["id"], "value": json.dumps(a)} for a in batch])
        due += len(batch)
        if disturb:  # the batch is under way
            disturb(group)
        while len(out.messages) + len(duplicates.messages) < due:
            supervisor.look()
            out.read(1)
            duplicates.read(1)
    assert all(code == 0 for code in supervisor.stop())
    out.read(3)
    duplicates.read(3)
    messages = out.messages + duplicates.messages
    out.close()
    duplicates.close()
    return messages


def aliases(kafka, name):
    """Story → the older one that it turned out to be part of, as announced: who counted on an article that became a member itself has that article's
    id as story (docs/dedup.md)."""
    reader = Reader(kafka.bootstrap, f"{name}.alias")
    reader.read(60)
    older = {alias["id"]: alias["duplicate"]["story"] for alias in (json.loads(m.value()) for m in reader.messages)}
    reader.close()
    for story in older:
        while older[story] in older:
            older[story] = older[older[story]]
    return older


def kill_or_stop(seed, kills):
    """For through_kafka(): ends one process of those that run, by turns without warning and in good order."""
    rng = random.Random(seed)

    def disturb(group):
        victim = rng.choice([stage for stage in group if stage.running()])
        kills.append(victim.instance)
        victim.kill() if len(kills) % 2 else victim.terminate(30)
    return disturb


def test_verdicts_are_the_same_for_any_number_of_processes(kafka, name, stages, tmp_path):
    first, later = stream(7, 240)
    want = without_broker(first + later, tmp_path)
    assert {status for status, _, _ in want.values()} == {"unique", "exact", "near", "revision"}
    for processes in (1, 2, 4):
        messages = through_kafka(kafka, f"{name}p{processes}", stages, [first, later], processes)
        assert len(messages) == len(want), "each article comes out exactly once"
        assert dict(verdict(m.value()) for m in messages) == want


def test_verdicts_survive_kills_and_rebalances(kafka, name, stages, tmp_path):
    first, later = stream(11, 160)
    want = without_broker(first + later, tmp_path)
    batches = [part[n * len(part) // 3:(n + 1) * len(part) // 3] for part in (first, later) for n in range(3)]
    kills = []
    messages = through_kafka(kafka, name, stages, batches, 3, kill_or_stop(3, kills))
    assert len(kills) == 6
    assert len(messages) == len(want), "each article comes out exactly once"
    assert dict(verdict(m.value()) for m in messages) == want


@pytest.mark.parametrize("disturbed", [False, True])
def test_of_copies_that_arrive_together_exactly_one_is_unique(kafka, name, stages, disturbed):
    first, _ = stream(13, 40)
    copies = [{**article, "id": f"{article['id']}-{n}", "url": f"https://site{n}.example/{article['id']}"} for article in first for n in range(6)]
    random.Random(5).shuffle(copies)
    copies.sort(key=lambda a: int(a["id"][1:].split("-")[0]) // 10)  # ten articles' copies at a time, in four batches
    batches, kills = [copies[n:n + 60] for n in range(0, 240, 60)] if disturbed else [copies], []
    messages = through_kafka(kafka, name, stages, batches, 3, kill_or_stop(7, kills) if disturbed else None)
    assert len(kills) == (4 if disturbed else 0)
    found = dict(verdict(m.value()) for m in messages)
    assert len(messages) == len(copies) == len(found)
    older = aliases(kafka, name)
    for article in first:
        group = [found[f"{article['id']}-{n}"] for n in range(6)]
        assert [status for status, _, _ in group].count("unique") == 1, group
        assert len({older.get(story, story) for _, _, story in group}) == 1, (group, older)


def test_an_article_that_is_delivered_again_gets_its_old_verdict(kafka, name, stages, tmp_path):
    first, later = stream(31, 60)
    want = without_broker(first + later, tmp_path)
    again = first + later
    random.Random(9).shuffle(again)
    messages = through_kafka(kafka, name, stages, [first, later, again], 2)
    assert len(messages) == 2 * len(want)
    assert all(verdict(m.value())[1] == want[verdict(m.value())[0]] for m in messages)
    values = {}
    for m in messages:
        values.setdefault(m.key(), set()).add((m.topic(), m.value()))
    assert all(len(copies) == 1 for copies in values.values())


def judged(kafka, name, articles, reader):
    """Sends the articles and waits until each has come out."""
    send(kafka.bootstrap, f"{name}.in", [{"key": a["id"], "value": json.dumps(a)} for a in articles])
    return reader.wait_for(len(reader.messages) + len(articles))


@pytest.mark.parametrize("strategy", ["cooperative-sticky", "range"])
def test_a_process_that_stops_hands_its_part_of_the_index_over(kafka, name, stages, tmp_path, strategy):
    """A session that outlasts the test: what waits for its end hangs."""
    first, later = stream(23, 60)
    want = without_broker(first + later, tmp_path)
    options = {**topics(kafka, name), "kafka.session.timeout.ms": 240000, "kafka.partition.assignment.strategy": strategy}
    one, two = (stages("copydesk-dedup", kafka.bootstrap, instance, **options).start().wait_ready() for instance in ("one", "two"))
    groups = options["group"], options["group"] + "-index"
    wait_for("three partitions each", lambda: all(kafka.members(group) == {"one": 3, "two": 3} for group in groups))
    reader = Reader(kafka.bootstrap, [f"{name}.out", f"{name}.duplicate"])
    assert judged(kafka, name, first, reader)
    assert one.terminate() == 0
    for group in groups:
        assert "one" not in kafka.members(group), group
    assert judged(kafka, name, later, reader)
    assert [kafka.members(group) for group in groups] == [{"two": 6}, {"two": 6}]
    assert two.terminate() == 0 and [kafka.members(group) for group in groups] == [{}, {}]
    reader.close()
    assert dict(verdict(m.value()) for m in reader.messages) == want


def test_a_process_that_is_to_come_back_keeps_its_part_of_the_index(kafka, name, stages, tmp_path):
    first, later = stream(29, 60)
    want = without_broker(first + later, tmp_path)
    options = {**topics(kafka, name), "kafka.session.timeout.ms": 240000, "leave": "false"}
    one, two = (stages("copydesk-dedup", kafka.bootstrap, instance, **options).start().wait_ready() for instance in ("one", "two"))
    groups = options["group"], options["group"] + "-index"
    wait_for("three partitions each", lambda: all(kafka.members(group) == {"one": 3, "two": 3} for group in groups))
    reader = Reader(kafka.bootstrap, [f"{name}.out", f"{name}.duplicate"])
    assert judged(kafka, name, first, reader)
    moves = two.log().count("event=index_assigned")
    assert one.terminate() == 0 and all(kafka.members(group) == {"one": 3, "two": 3} for group in groups)
    one.start()
    assert judged(kafka, name, later, reader)
    reader.close()
    assert dict(verdict(m.value()) for m in reader.messages) == want
    assert two.log().count("event=index_assigned") == moves and (one.terminate(), two.terminate()) == (0, 0)


@pytest.mark.parametrize("state", ["kept", "deleted", "damaged"])
def test_a_restarted_process_goes_on_with_the_same_verdicts(kafka, name, stages, tmp_path, state):
    first, later = stream(17, 120)
    want = without_broker(first + later, tmp_path)
    folder = tmp_path / "snapshots"
    folder.mkdir()
    stage = stages("copydesk-dedup", kafka.bootstrap, **topics(kafka, name), **{"index.snapshots": folder}).start()
    reader = Reader(kafka.bootstrap, [f"{name}.out", f"{name}.duplicate"])
    send(kafka.bootstrap, f"{name}.in", [{"key": a["id"], "value": json.dumps(a)} for a in first])
    assert reader.wait_for(len(first)) and stage.terminate() == 0
    files = sorted(folder.iterdir())
    assert len(files) == 6 and not [file for file in files if file.suffix == ".new"]
    for file in files:
        if state == "deleted":
            file.unlink()
        elif state == "damaged":
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 0x40
            file.write_bytes(content[:-3] if file == files[0] else content)
    before = len(stage.log())
    stage.start()
    send(kafka.bootstrap, f"{name}.in", [{"key": a["id"], "value": json.dumps(a)} for a in later])
    messages = reader.read_until(len(want))
    reader.close()
    assert len(messages) == len(want) and dict(verdict(m.value()) for m in messages) == want
    log = stage.log()[before:]
    assert log.count("event=index_assigned") == log.count(f"snapshot={'yes' if state == 'kept' else 'no'}") == 6
    assert ("event=index_snapshot" in log) == (state == "damaged")  # once: repeats are folded
    assert stage.terminate() == 0
