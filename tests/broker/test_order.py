"""Bounded runs read their partitions as one sequence, by time: two runs over a range write the same bytes in the same order."""
import json
import random

import pytest

from articles import crowd, sentence
from clients import headers, read_all, send
from confluent_kafka.admin import NewPartitions
from kafkanode import wait_for
from test_runner import PROGRAM, topics


INDEX = ("probe", "match")


def run_over(kafka, stages, program, source, prefix, outputs, count, index=4, **options):
    """The stage over all of `source` into topics under `prefix`; the messages of those named. `index`: partitions of an index's topics."""
    side = {f"topic.{key}": f"{prefix}.{key}" for key in outputs + ("dead",)}
    for key, topic in side.items():
        kafka.topics(index if key[6:] in INDEX else 4, **{topic: {"retention.ms": -1}})
    stage = stages(program, kafka.bootstrap, instance=prefix, group=prefix, until="end", run="again", **side, **{"topic.in": source}, **options).start()
    assert stage.process.wait(240) == 0, stage.log()[-3000:]
    return read_all(kafka.bootstrap, [side[f"topic.{key}"] for key in outputs if key not in INDEX], count)


def by_partition(messages):
    """Topic's last word and partition → keys and values in order."""
    found = {}
    for m in messages:
        found.setdefault((m.topic().rsplit(".", 1)[1], m.partition()), []).append((m.key(), m.value()))
    return found


def sequence(messages, where):
    """(partition, offset) of what was sent → its place in the one sequence: of all partitions' next messages, the oldest first."""
    lanes, places = {}, {}
    for message, (partition, offset) in zip(messages, where):
        lanes.setdefault(partition, []).append((offset, message["timestamp"]))
    for lane in lanes.values():
        lane.sort(reverse=True)
    while any(lanes.values()):
        partition = min((lane[-1][1], partition) for partition, lane in lanes.items() if lane)[1]
        places[partition, lanes[partition].pop()[0]] = len(places)
    return places


def assert_in_sequence(messages, places):
    last = {}
    for m in messages:
        _, partition, offset = headers(m)["copydesk-source"][0].decode().rsplit("/", 2)
        at, lane = places[int(partition), int(offset)], (m.topic(), m.partition())
        assert last.get(lane, -1) <= at, f"{lane} offset {m.offset()} comes from before the one before it"
        last[lane] = at


@pytest.mark.parametrize("partitions", [1, 5])
def test_copies_side_by_side_get_the_same_verdicts_each_time(kafka, name, stages, partitions):
    articles, written, topics = crowd(23, 1500, partitions), [], ("out", "duplicate", "alias", *INDEX)
    kafka.topics(partitions, **{f"{name}.range": {"retention.ms": -1}})
    places = sequence(articles, send(kafka.bootstrap, f"{name}.range", articles))
    for run, workers, fetch, index in (("one", 1, 1000000, 4), ("two", 4, 20000, 3)):
        messages = run_over(kafka, stages, "copydesk-dedup", f"{name}.range", f"{name}{run}", topics, len(articles), index, workers=workers,
                            **{"kafka.fetch.message.max.bytes": fetch})
        assert_in_sequence(messages, places)
        written.append(by_partition(messages))
    statuses = [json.loads(value)["duplicate"]["status"] for values in written[0].values() for _, value in values]
    verdicts = [statuses.count(status) for status in ("unique", "exact", "near", "revision")]
    assert sum(verdicts) == len(articles) and min(verdicts) > 300, "the range must have enough of all for this test to mean something"
    one, two = ({key: (place, value) for place, values in run.items() for key, value in values if place[0] != "alias"} for run in written)
    assert sum(one[key] != two[key] for key in one) == 0, "verdicts"
    assert written[0] == written[1], "order"


def pages(seed, count, partitions):
    rng, made = random.Random(seed), []
    for n in range(count):
        body = "".join(f"<p>{sentence(rng, 30)}</p>" for _ in range(rng.choice([4, 6, 40])))
        made.append({"key": f"p{n}", "partition": rng.randrange(partitions), "timestamp": 1700000000000 + n // 5 * 20 - rng.choice([0, 0, 90]),
                     "value": json.dumps({"url": f"https://paper.example/{n}", "html": f"<html><head><title>{sentence(rng, 6)}</title></head>"
                                          f"<body><article><h1>{sentence(rng, 6)}</h1>{body}</article></body></html>"})})
    return made


def test_a_chain_of_stages_writes_in_the_order_of_time(kafka, name, stages):
    sent, source, runs = pages(5, 800, 5), f"{name}.pages", (("one", 1, 1000000), ("two", 4, 5000))
    kafka.topics(5, **{source: {"retention.ms": -1}})
    places = sequence(sent, send(kafka.bootstrap, source, sent))
    for stage, topics in (("extract", ("out",)), ("dedup", ("out", "duplicate", "alias", *INDEX)), ("tag", ("out",))):
        written = []
        for run, workers, fetch in runs:
            messages = run_over(kafka, stages, f"copydesk-{stage}", source, f"{name}{stage}{run}", topics, len(sent), workers=workers,
                                **{"kafka.fetch.message.max.bytes": fetch})
            assert_in_sequence(messages, places)
            written.append(by_partition(messages))
        assert len(messages) == len(sent) and {topic for topic, _ in written[0]} == {"out"} and len(written[0]) == 4
        assert written[0] == written[1]
        source = f"{name}{stage}two.out"
        places = sequence([{"timestamp": m.timestamp()[1]} for m in messages], [(m.partition(), m.offset()) for m in messages])


def numbers(count, partitions, **special):
    """Messages one after the other in time, over all partitions in turn; special: number → value."""
    return [{"key": f"k{i}", "value": special.get(f"n{i}", str(i)), "partition": i * 7 // 5 % partitions, "timestamp": 1700000000000 + i}
            for i in range(count)]


def sent_in_sequence(kafka, name, messages):
    return sequence(messages, send(kafka.bootstrap, f"{name}.in", messages))


def test_a_message_that_is_tried_again_keeps_its_place(kafka, name, stages, tmp_path):
    options, gate = topics(kafka, name), tmp_path / "gate"
    places = sent_in_sequence(kafka, name, numbers(600, 3, n200="toy:retry"))
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options, **{"toy.gate": gate}).start()
    wait_for("tries", lambda: stage.log().count("event=retry") >= 1 and stage.metric("retries_total") >= 3)
    gate.touch()
    assert stage.process.wait(60) == 0
    messages = read_all(kafka.bootstrap, options["topic.out"], 600)
    assert len(messages) == 600
    assert_in_sequence(messages, places)


@pytest.mark.parametrize("at", [4, 290])
def test_suspects_after_a_crash_keep_their_places(kafka, name, stages, at):
    options = topics(kafka, name)
    places = sent_in_sequence(kafka, name, numbers(600, 3, **{f"n{at}": "toy:abort"}))
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options, **{"message.max.attempts": 2, "kafka.session.timeout.ms": 6000})
    for _ in range(12):
        if stage.start().process.wait(60) == 0:
            break
    assert stage.process.returncode == 0 and "event=careful" in stage.log()
    letter, = read_all(kafka.bootstrap, options["topic.dead"], 1)
    assert letter.value() == b"toy:abort"
    messages = read_all(kafka.bootstrap, options["topic.out"], 599)
    assert sorted(m.key() for m in messages) == sorted(f"k{i}".encode() for i in range(600) if i != at)
    assert_in_sequence(messages, places)


def test_a_partition_that_is_added_is_not_part_of_the_range(kafka, name, stages, tmp_path):
    options, gate = topics(kafka, name, 2), tmp_path / "gate"
    send(kafka.bootstrap, f"{name}.in", numbers(100, 2, n50="toy:wait"))
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options, **{"toy.gate": gate, "kafka.topic.metadata.refresh.interval.ms": 500}).start()
    stage.wait_ready()
    admin = kafka.admin()
    admin.create_partitions([NewPartitions(f"{name}.in", 3)])[f"{name}.in"].result(30)
    wait_for("the partition to be assigned", lambda: "event=assigned count=1 partitions=2" in stage.log())
    send(kafka.bootstrap, f"{name}.in", [{"value": "later", "partition": 2}])
    gate.touch()
    assert stage.process.wait(60) == 0
    messages = read_all(kafka.bootstrap, options["topic.out"], 100)
    assert len(messages) == 100 and b"later" not in {m.value() for m in messages}


def test_a_range_that_several_processes_read_is_told(kafka, name, stages, tmp_path):
    options, gate = topics(kafka, name, 4), tmp_path / "gate"
    send(kafka.bootstrap, f"{name}.in", numbers(400, 4, n100="toy:wait"))
    group = [stages(PROGRAM, kafka.bootstrap, instance, until="end", **options, **{"toy.gate": gate}).start() for instance in ("one", "two")]
    wait_for("both to have a part", lambda: all("event=order_shared" in stage.log() for stage in group))
    gate.touch()
    assert [stage.process.wait(60) for stage in group] == [0, 0]
    assert sorted(m.key() for m in read_all(kafka.bootstrap, options["topic.out"], 400)) == sorted(f"k{i}".encode() for i in range(400))
