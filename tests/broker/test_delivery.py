"""At least once, members that are held up, members that are replaced: what reaches the output, and who keeps which partitions."""
import re
import signal

import pytest
from confluent_kafka import Consumer, TopicPartition

from clients import Reader, headers, read_all, send
from kafkanode import wait_for
from test_faults import in_order, numbered, numbers
from test_runner import PROGRAM, topics


def committed(kafka, options, partitions):
    """Partition → the group's offset, 0 if there is none."""
    consumer = Consumer({"bootstrap.servers": kafka.bootstrap, "group.id": options["group"]})
    try:
        found = consumer.committed([TopicPartition(options["topic.in"], p) for p in range(partitions)], timeout=30)
        return {item.partition: max(item.offset, 0) for item in found}
    finally:
        consumer.close()


def delete_before(kafka, topic, partition, offset):
    admin = kafka.admin()  # kept: the answer comes through it
    for answer in admin.delete_records([TopicPartition(topic, partition, offset)]).values():
        answer.result(30)


def sources(messages):
    return [tuple(int(n) for n in headers(m)["copydesk-source"][0].decode().rsplit("/", 2)[1:]) for m in messages]


def test_at_least_once_loses_nothing_under_kills_and_repeats_what_was_not_committed(kafka, name, stages):
    count, batch, kills = 5000, 200, 4
    options = {**topics(kafka, name, 3), "guarantee": "at-least-once", "commit.messages": batch, "workers": 1, "toy.work.us": 200}
    stage = stages(PROGRAM, kafka.bootstrap, **options).start()
    reader = Reader(kafka.bootstrap, f"{name}.out")
    send(kafka.bootstrap, f"{name}.in", numbered(0, count))
    for kill in range(1, kills + 1):
        assert reader.wait_for(len(reader.messages) + count // (kills + 2))
        stage.kill()
        reader.read(3)
        seen, done = set(sources(reader.messages)), committed(kafka, options, 3)
        assert all((p, o) in seen for p in done for o in range(done[p])), "an offset was committed before its output was there"
        stage.start()
    wait_for("the rest", lambda: reader.read(1) is not None and len(set(numbers(reader.messages))) == count, 90)
    assert stage.terminate() == 0
    reader.read(3)
    reader.close()
    values = numbers(reader.messages)
    assert set(values) == set(range(count))
    # What one kill repeats was sent since the last commit: a batch, and what the ring and one burst of fetching hold beyond it.
    assert len(values) - count <= kills * (batch + 16 + 64)
    done = committed(kafka, options, 3)
    assert sum(done.values()) == count


def test_at_least_once_repeats_nothing_after_a_stop_in_good_order(kafka, name, stages):
    options = {**topics(kafka, name, 2), "guarantee": "at-least-once", "workers": 1, "toy.work.us": 300}
    stage = stages(PROGRAM, kafka.bootstrap, **options).start()
    reader = Reader(kafka.bootstrap, f"{name}.out")
    send(kafka.bootstrap, f"{name}.in", numbered(0, 2000))
    assert reader.wait_for(600) and stage.terminate() == 0
    stage.start()
    messages = reader.read_until(2000)
    reader.close()
    assert numbers(messages) == list(range(2000)) and in_order(messages)
    assert stage.terminate() == 0


def test_a_member_with_a_full_ring_stays_in_its_group_and_serves_rebalances(kafka, name, stages, tmp_path):
    gate = tmp_path / "gate"
    options = {**topics(kafka, name, 4), "workers": 1, "toy.gate": gate, "watchdog.ms": "120s", "kafka.session.timeout.ms": 8000,
               "kafka.max.poll.interval.ms": 9000}
    first, second = (stages(PROGRAM, kafka.bootstrap, instance, **options) for instance in ("one", "two"))
    first.start().wait_ready()
    reader = Reader(kafka.bootstrap, f"{name}.out")
    send(kafka.bootstrap, f"{name}.in", numbered(0, 1000))
    assert reader.wait_for(1000)
    send(kafka.bootstrap, f"{name}.in", [{"key": "k1", "value": "toy:wait"}])
    send(kafka.bootstrap, f"{name}.in", numbered(1000, 3000))
    wait_for("longer than max.poll.interval", lambda: first.metric("progress_age_seconds") > 12)
    second.start()
    wait_for("partitions move while the ring is full", lambda: "event=assigned count=2" in second.log())
    assert "event=lost" not in first.log() and "MAXPOLL" not in first.log()
    wait_for("a lag that is true, of what it kept", lambda: len(lag_told(first)) == 2 and
             first.metric("lag_messages") == sum(lag for p, lag in unread(kafka, options, 4).items() if str(p) in lag_told(first)) > 0)
    gate.touch()
    assert reader.wait_for(3001)
    assert second.terminate() == 0
    wait_for("the partitions come back", lambda: first.metric("assigned_partitions") == 4)
    send(kafka.bootstrap, f"{name}.in", numbered(3000, 3400))
    messages = reader.read_until(3401)
    reader.close()
    assert numbers(m for m in messages if m.value() != b"toy:wait") == list(range(3400)) and in_order(messages)
    assert first.terminate() == 0 and "event=lost" not in first.log()


def test_what_is_finished_of_partitions_that_leave_is_committed_with_them(kafka, name, stages):
    options = {**topics(kafka, name, 4), "toy.work.us": 300, "workers": 1, "commit.interval.ms": 4000, "commit.messages": 100000}
    first, second = (stages(PROGRAM, kafka.bootstrap, instance, **options) for instance in ("one", "two"))
    first.start().wait_ready()
    send(kafka.bootstrap, f"{name}.in", numbered(0, 2000))
    reader = Reader(kafka.bootstrap, f"{name}.out")
    assert reader.wait_for(500)
    send(kafka.bootstrap, f"{name}.in", numbered(2000, 12000))
    second.start()
    wait_for("partitions moved", lambda: "event=assigned count=2" in second.log())
    messages = reader.read_until(12000, 120)
    reader.close()
    assert numbers(messages) == list(range(12000)) and in_order(messages)
    assert "event=careful" not in second.log(), "no mark of good order came with the partitions"
    assert (first.terminate(), second.terminate()) == (0, 0)


def lag_told(stage):
    """The partitions of which a stage tells the lag."""
    return re.findall(r'^copydesk_lag_messages\{[^}]*partition="(\d+)"', stage.get("/metrics")[1], re.M)


def unread(kafka, options, partitions):
    """Partition → offsets that the group has not committed."""
    consumer, done = Consumer({"bootstrap.servers": kafka.bootstrap, "group.id": "reader"}), committed(kafka, options, partitions)
    try:
        return {p: consumer.get_watermark_offsets(TopicPartition(options["topic.in"], p), timeout=30)[1] - done[p] for p in done}
    finally:
        consumer.close()


def test_a_process_is_ready_with_partitions_or_when_its_group_has_none_left_for_it(kafka, name, stages):
    options = {**topics(kafka, name, 2), "kafka.session.timeout.ms": 60000, "watchdog.ms": "8s"}
    one, two, three = (stages(PROGRAM, kafka.bootstrap, instance, **options) for instance in ("one", "two", "three"))
    one.start().wait_ready()
    one.process.send_signal(signal.SIGSTOP)  # the group can't deal out anything until it joins again
    two.start()
    wait_for("a member without an assignment", lambda: "two" in kafka.members(options["group"]))
    wait_for("it says so", lambda: two.get("/readyz") == (503, "not ok: waiting for partitions\n"))
    one.process.send_signal(signal.SIGCONT)
    wait_for("ready with its share", lambda: "event=ready partitions=1" in two.wait_ready().log())
    wait_for("each tells the lag of its own", lambda: len(lag_told(one)) == len(lag_told(two)) == 1 and lag_told(one) != lag_told(two))
    assert "event=revoked count=1" in one.log() and "event=revoked count=2" not in one.log(), "what it keeps goes on"
    three.start()
    wait_for("ready without one", lambda: "event=ready partitions=0" in three.wait_ready().log())
    wait_for("it says so", lambda: three.get("/readyz") == (200, "ok: standby: the group has no partition for it\n"))
    assert three.get("/livez")[0] == 200
    assert one.terminate() == 0 and two.terminate() == 0
    send(kafka.bootstrap, f"{name}.in", numbered(0, 100))
    assert numbers(read_all(kafka.bootstrap, f"{name}.out", 100)) == list(range(100))
    assert three.terminate() == 0


def moves(stages):
    """The partitions that came to each, or were taken away, as its log tells."""
    return [re.findall(r"event=(assigned|revoked|lost) count=[1-9]", stage.log()) for stage in stages]


def test_restarting_member_after_member_repeats_nothing_and_moves_no_partition(kafka, name, stages):
    options = {**topics(kafka, name, 6), "workers": 1, "toy.work.us": 200, "leave": "false"}
    group = [stages(PROGRAM, kafka.bootstrap, instance, **options).start() for instance in ("one", "two", "three")]
    # Settled, when each is in the group's last generation: it is that after a round of joining that gave it nothing new.
    wait_for("two partitions each", lambda: all(stage.metric("assigned_partitions") == 2 for stage in group) and
             kafka.members(options["group"]) == {"one": 2, "two": 2, "three": 2})
    reader = Reader(kafka.bootstrap, f"{name}.out")
    for turn, stage in enumerate(group):
        before = moves([other for other in group if other is not stage])
        send(kafka.bootstrap, f"{name}.in", numbered(turn * 1000, turn * 1000 + 1000))
        assert reader.wait_for(turn * 1000 + 200)
        assert stage.terminate() == 0
        stage.start()
        assert reader.wait_for(turn * 1000 + 1000)
        wait_for("the same partitions", lambda: stage.metric("assigned_partitions") == 2)
        assert moves([other for other in group if other is not stage]) == before
    messages = reader.read_until(3000)
    reader.close()
    assert numbers(messages) == list(range(3000)) and in_order(messages)
    assert [stage.terminate() for stage in group] == [0, 0, 0]


@pytest.mark.parametrize("behind, strategy", [(0, "cooperative-sticky"), (5, "cooperative-sticky"), (5, "range")])
def test_a_bounded_run_ends_when_the_rest_of_its_range_is_deleted_and_says_so(kafka, name, stages, tmp_path, behind, strategy):
    gate = tmp_path / "gate"
    # One record a batch and a fetch: what lies behind the record in hand is not fetched yet when it is deleted.
    options = {**topics(kafka, name, 2), "workers": 1, "toy.gate": gate, "until": "end", "kafka.queued.min.messages": 1,
               "kafka.fetch.message.max.bytes": 100, "kafka.partition.assignment.strategy": strategy}
    values = [str(i) if i != 3 else "toy:wait" for i in range(100)]
    send(kafka.bootstrap, f"{name}.in", [{"value": value, "partition": 0} for value in values], **{"batch.num.messages": 1})
    send(kafka.bootstrap, f"{name}.in", [{"value": "other", "partition": 1}])
    stage = stages(PROGRAM, kafka.bootstrap, **options).start().wait_ready()
    wait_for("the record that waits", lambda: committed(kafka, options, 2)[0] == 3 and stage.metric("ring_busy") >= 1)
    send(kafka.bootstrap, f"{name}.in", [{"value": "late", "partition": 0}] * behind)
    low = 102 if behind else 100
    delete_before(kafka, f"{name}.in", 0, low)
    gate.touch()
    assert stage.process.wait(60) == 0
    lost, = re.findall(r"event=messages_lost .*partition=0 offset=(\d+) until=(\d+)", stage.log())
    written = read_all(kafka.bootstrap, f"{name}.out", 2)
    assert sorted(m.value() for m in written) == sorted([b"other"] + [v.encode() for v in values[:int(lost[0])]])
    assert 3 <= int(lost[0]) < 20 and int(lost[1]) == low and committed(kafka, options, 2) == {0: low, 1: 1}
