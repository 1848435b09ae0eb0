"""What goes wrong between a stage and the broker costs work that is done again, and no message."""
import re

import pytest
from confluent_kafka import Producer

from clients import Reader, headers, read_all, send
from faultyproxy import END_TXN, FETCH, PRODUCE, TXN_OFFSET_COMMIT, FaultyProxy, another_generation
from kafkanode import Kafka, wait_for
from test_runner import PROGRAM, topics


@pytest.fixture(scope="module")
def proxy():
    proxy = FaultyProxy()
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def kafka(proxy):
    node = Kafka(advertised__listeners=f"PLAINTEXT://127.0.0.1:{proxy.port}")
    host, port = node.bootstrap.split(":")
    proxy.target = (host, int(port))
    node.start()
    yield node
    node.stop()


def numbers(messages):
    return sorted(int(m.value()) for m in messages)


def in_order(messages):
    """What came from one partition into one partition came in its order."""
    last = {}
    for message in messages:
        _, partition, offset = headers(message)["copydesk-source"][0].decode().rsplit("/", 2)
        lane = (partition, message.partition())
        if int(offset) <= last.get(lane, -1):
            return False
        last[lane] = int(offset)
    return True


def numbered(begin, end):
    return [{"key": f"k{i % 40}", "value": str(i)} for i in range(begin, end)]


def test_a_commit_that_fails_while_partitions_leave_loses_and_repeats_nothing(kafka, proxy, name, stages):
    options = {**topics(kafka, name, 4), "kafka.session.timeout.ms": 6000, "toy.work.us": 300, "workers": 1}
    first, second = (stages(PROGRAM, kafka.bootstrap, instance, **options) for instance in ("one", "two"))
    first.start().wait_ready()
    send(kafka.bootstrap, f"{name}.in", numbered(0, 300))
    wait_for("some commits", lambda: first.metric("messages_total", outcome="emitted") > 100)
    rule = proxy.spoil(f"{name}-group.one", TXN_OFFSET_COMMIT, another_generation, 10**9)
    send(kafka.bootstrap, f"{name}.in", numbered(300, 3000))
    second.start()
    wait_for("partitions moved", lambda: "event=assigned count=2" in second.log())
    rule.left = 0
    reader = Reader(kafka.bootstrap, f"{name}.out")
    messages = reader.read_until(3000)
    reader.close()
    assert first.running() and second.running()
    assert rule.hits > 1 and "event=careful" in second.log(), "the commit in the revocation failed: no mark of good order came with the partitions"
    assert numbers(messages) == list(range(3000)) and in_order(messages)
    assert (first.terminate(), second.terminate()) == (0, 0)


def test_what_a_member_keeps_is_done_again_when_the_commit_of_a_revocation_fails(kafka, proxy, name, stages):
    """That commit alone fails: whatever it took back and nobody did again would be lost, for the next one goes through."""
    options = {**topics(kafka, name, 2), "toy.work.us": 1000, "workers": 1, "commit.interval.ms": 20000, "commit.messages": 100000}
    first, second = (stages(PROGRAM, kafka.bootstrap, instance, **options) for instance in ("one", "two"))
    first.start().wait_ready()
    send(kafka.bootstrap, f"{name}.in", numbered(0, 2600))
    wait_for("the window of the start to be open", lambda: first.metric("messages_total", outcome="emitted") >= 2046)
    rule = proxy.spoil(f"{name}-group.one", TXN_OFFSET_COMMIT, another_generation, 1)
    send(kafka.bootstrap, f"{name}.in", numbered(2600, 10000))
    second.start()
    wait_for("partitions moved", lambda: "event=assigned count=1" in second.log())
    assert rule.hits == 1 and first.log().count("event=aborted") == 1 and first.log().index("event=revoked") < first.log().index("event=aborted")
    reader = Reader(kafka.bootstrap, f"{name}.out")
    messages = reader.read_until(10000)
    reader.close()
    assert numbers(messages) == list(range(10000)) and in_order(messages)
    assert (first.terminate(), second.terminate()) == (0, 0)


@pytest.mark.parametrize("api, what", [(END_TXN, "lose answer"), (END_TXN, "lose request"), (TXN_OFFSET_COMMIT, "lose answer"),
                                       (TXN_OFFSET_COMMIT, another_generation), (PRODUCE, "lose answer")])
def test_a_spoilt_request_of_a_transaction_costs_a_try(kafka, proxy, name, stages, api, what):
    options = topics(kafka, name, 2)
    send(kafka.bootstrap, f"{name}.in", numbered(0, 1500))
    rules = [proxy.spoil(f"{name}-group", api, what)]
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options, **{"commit.messages": 100}).start()
    while (code := stage.process.wait(60)) == 75:  # what the supervisor starts anew
        stage.start()
    assert code == 0 and rules[0].hits == 1
    messages = read_all(kafka.bootstrap, f"{name}.out", 1500)
    assert numbers(messages) == list(range(1500)) and in_order(messages)


def test_a_fenced_process_ends_and_leaves_nothing_half_done(kafka, name, stages):
    options = topics(kafka, name, 2)
    stage = stages(PROGRAM, kafka.bootstrap, **options, **{"toy.work.us": 1000, "workers": 1}).start().wait_ready()
    send(kafka.bootstrap, f"{name}.in", numbered(0, 1000))
    wait_for("some commits", lambda: stage.metric("messages_total", outcome="emitted") > 100)
    rival = Producer({"bootstrap.servers": kafka.bootstrap, "transactional.id": f"{name}-group.one"})
    rival.init_transactions(30)
    assert stage.process.wait(60) == 75
    assert "fenced" in stage.log() and "give each its own" in stage.log()
    send(kafka.bootstrap, f"{name}.in", numbered(1000, 1500))
    stage.start()
    messages = read_all(kafka.bootstrap, f"{name}.out", 1500)
    assert numbers(messages) == list(range(1500)) and in_order(messages)
    assert stage.terminate() == 0


def test_lag_without_progress_ends_the_process_and_says_so(kafka, proxy, name, stages):
    """Nothing in hand, the group content, the broker answering all but the fetches: a stuck consumer, as only its lag tells."""
    options = {**topics(kafka, name, 2), "watchdog.ms": "6s"}
    stage = stages(PROGRAM, kafka.bootstrap, **options).start().wait_ready()
    send(kafka.bootstrap, f"{name}.in", numbered(0, 50))
    reader = Reader(kafka.bootstrap, f"{name}.out")
    assert reader.wait_for(50)
    rule = proxy.spoil(f"{name}-group.one", FETCH, "hush", 10**9)
    wait_for("a fetch without an answer", lambda: rule.hits)
    send(kafka.bootstrap, f"{name}.in", numbered(50, 100))
    assert stage.process.wait(60) == 75
    assert re.search(r'event=stalled state="2 partitions, lag 50, 0 in hand"', stage.log())
    rule.left = 0
    stage.start()
    messages = reader.read_until(100)
    reader.close()
    assert numbers(messages) == list(range(100)) and stage.terminate() == 0


def test_a_stop_while_the_index_is_restored_leaves_its_group(kafka, proxy, name, stages):
    more = {f"topic.{part}": f"{name}.{part}" for part in ("duplicate", "alias", "probe", "match")}
    options = {**topics(kafka, name, 2), **more, "kafka.session.timeout.ms": 240000}
    kafka.topics(2, **{topic: {} for topic in more.values()})
    send(kafka.bootstrap, f"{name}.probe", [{"value": "a question", "partition": partition} for partition in (0, 1)])
    rule = proxy.spoil(f"{name}-group.one", FETCH, "lose request", 10**9)
    stage = stages("copydesk-dedup", kafka.bootstrap, **options).start()
    wait_for("an index to restore", lambda: "event=index_restoring" in stage.log() and rule.hits)
    assert re.search(r"event=index_restoring .*records_left=2", stage.log()) and stage.get("/readyz")[0] == 503
    assert stage.terminate() == 0 and "event=index_ready" not in stage.log()
    assert kafka.members(f"{name}-group-index") == {}
    rule.left = 0
