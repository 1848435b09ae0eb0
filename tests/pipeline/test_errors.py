"""Each class of errors that a broker answers with, against the embedded broker: what heals is tried again, what needs an abort is done
again, what is fatal ends with the right exit code and a sentence that says what to do. The embedded broker keeps no transactional offsets and
shows what was aborted, so this looks for what is missing; that nothing comes twice is for tests/broker."""
import os
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "broker"))
from clients import BIN, MockBroker, Reader, Stage, headers, send  # noqa: E402
from kafkanode import wait_for  # noqa: E402

# Kafka's protocol: request types and error codes.
PRODUCE, OFFSET_COMMIT, FIND_COORDINATOR, JOIN_GROUP, HEARTBEAT, INIT_PRODUCER_ID, ADD_PARTITIONS, ADD_OFFSETS, END_TXN, TXN_OFFSET_COMMIT = \
    0, 8, 10, 11, 12, 22, 24, 25, 26, 28
NOT_LEADER, TIMED_OUT, TOO_LARGE, LOADING, NO_COORDINATOR, NOT_COORDINATOR, ILLEGAL_GENERATION, REBALANCING = 6, 7, 10, 14, 15, 16, 22, 27
TOPIC_DENIED, GROUP_DENIED, INVALID_EPOCH, CONCURRENT, ID_DENIED, FENCED_INSTANCE, FENCED = 29, 30, 47, 51, 53, 82, 90
EX_SOFTWARE, EX_TEMPFAIL, EX_NOPERM = 70, 75, 77
BATCH = 40


class Bench:
    """A stage on an embedded broker of its own. Its gate holds a batch back until the broker has been told what to do with it."""

    def __init__(self, folder, guarantee="exactly-once", brokers=1, **options):
        self.broker = MockBroker(brokers, **{"in": 2, "out": 2, "dead": 1})
        self.gate, self.count = folder / "gate", 0
        self.stage = Stage("copydesk-passthrough", self.broker.bootstrap, folder, **{
            "topic.in": "in", "topic.out": "out", "topic.dead": "dead", "group": "g", "guarantee": guarantee, "toy.gate": self.gate,
            "workers": 1, "log.level": "info", **options})
        self.out, self.dead = Reader(self.broker.bootstrap, "out"), Reader(self.broker.bootstrap, "dead")

    def batch(self, api=None, code=None, times=1):
        """One batch that meets the error."""
        self.gate.unlink(missing_ok=True)
        send(self.broker.bootstrap, "in", [{"value": "toy:wait", "partition": 0}])
        wait_for("the gate holds", lambda: not self.stage.running() or self.stage.metric("ring_busy") >= 1)
        send(self.broker.bootstrap, "in", [{"value": str(n), "partition": n % 2} for n in range(self.count, self.count + BATCH)])
        self.count += BATCH
        if api is not None:
            self.broker.tell(f"error {api} {code} {times}")
        self.gate.touch()

    def all_there(self):
        self.out.read(0.5)
        self.dead.read(0.5)
        assert self.stage.running(), self.stage.log()[-2000:]
        return {int(m.value()) for m in self.out.messages + self.dead.messages if m.value() != b"toy:wait"} == set(range(self.count))

    def close(self):
        if self.stage.running():
            self.stage.kill()
        self.out.close()
        self.dead.close()
        self.broker.close()


@pytest.fixture
def bench(tmp_path):
    made = []

    def make(**more):
        made.append(Bench(tmp_path, **more))
        made[-1].stage.start().wait_ready()
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_what_heals_is_tried_again(bench):
    one = bench()
    for api, code in [(PRODUCE, NOT_LEADER), (PRODUCE, TIMED_OUT), (ADD_PARTITIONS, LOADING), (ADD_PARTITIONS, CONCURRENT), (ADD_OFFSETS, LOADING),
                      (ADD_OFFSETS, NOT_COORDINATOR), (TXN_OFFSET_COMMIT, LOADING), (TXN_OFFSET_COMMIT, NO_COORDINATOR), (END_TXN, LOADING),
                      (END_TXN, NOT_COORDINATOR)]:
        one.batch(api, code, 3)
        wait_for(f"all of the batch that met request {api}, error {code}", one.all_there)
    assert one.stage.metric("transactions_total", outcome="aborted") == 0
    assert one.stage.terminate() == 0


def test_what_needs_an_abort_is_done_again(bench):
    one = bench()
    for n, (api, code) in enumerate([(TXN_OFFSET_COMMIT, ILLEGAL_GENERATION), (TXN_OFFSET_COMMIT, REBALANCING)], 1):
        one.batch(api, code)
        wait_for(f"all of the batch that met request {api}, error {code}", one.all_there)
        wait_for("an abort", lambda: one.stage.metric("transactions_total", outcome="aborted") >= n)
    assert one.stage.terminate() == 0


@pytest.mark.parametrize("api, code, exit_code, words", [
    (END_TXN, FENCED, EX_TEMPFAIL, ["code=fenced", "give each its own"]),
    (END_TXN, INVALID_EPOCH, EX_TEMPFAIL, ["code=fenced", "give each its own"]),
    (PRODUCE, INVALID_EPOCH, EX_TEMPFAIL, ["code=fenced", "give each its own"]),
    (ADD_PARTITIONS, TOPIC_DENIED, EX_NOPERM, ["no_access", "--operation Write", "--topic out"]),
    (TXN_OFFSET_COMMIT, GROUP_DENIED, EX_NOPERM, ["no_access", "--operation Read", "--group g"]),
    (HEARTBEAT, FENCED_INSTANCE, EX_TEMPFAIL, ["fenced", "give each its own"])])
def test_what_is_fatal_ends_the_process_and_says_why(bench, api, code, exit_code, words):
    one = bench()
    one.batch(api, code, 20)
    assert one.stage.process.wait(60) == exit_code
    log = one.stage.log()
    assert all(word in log for word in words), log[-2000:]


def test_what_the_broker_calls_too_large_is_dead_lettered(bench):
    one = bench()
    one.batch(PRODUCE, TOO_LARGE)
    wait_for("everything somewhere", one.all_there)
    assert one.dead.messages and {headers(m)["copydesk-dead-code"][0] for m in one.dead.messages} == {b"output_too_large"}
    assert one.stage.terminate() == 0


@pytest.mark.parametrize("guarantee", ["exactly-once", "at-least-once"])
def test_all_brokers_down_and_up_again_loses_nothing(bench, guarantee):
    one = bench(guarantee=guarantee)
    one.batch()
    wait_for("the first batch", one.all_there)
    one.broker.tell("down")
    wait_for("noticed", lambda: "_ALL_BROKERS_DOWN" in one.stage.log() or "_TRANSPORT" in one.stage.log())
    one.broker.tell("up")
    one.batch()
    wait_for("the second batch", one.all_there)
    assert one.stage.terminate() == 0


@pytest.mark.parametrize("guarantee", ["exactly-once", "at-least-once"])
def test_what_the_program_itself_loses_is_noticed_before_the_commit(tmp_path, guarantee):
    one = Bench(tmp_path, guarantee=guarantee)
    try:
        # A sanitizer wants to be loaded first and says so; it isn't what is tested here.
        one.stage.command = ["env", f"LD_PRELOAD={BIN / 'lostrecord.so'}", f"ASAN_OPTIONS={os.environ.get('ASAN_OPTIONS', '')}:verify_asan_link_order=0",
                             *one.stage.command]
        one.stage.start().wait_ready()
        one.batch()
        assert one.stage.process.wait(60) == EX_SOFTWARE
        found = re.search(r"code=conservation why=\"(\d+) records were due, (\d+) sent, 0 delivered and 0 failed", one.stage.log())
        assert found and int(found[1]) == int(found[2]) > 0
        one.out.read(2)
        assert one.out.messages == []
    finally:
        one.close()


def test_messages_in_hand_keep_within_the_budget_of_bytes(bench):
    one = bench(**{"memory.limit": "64M"})
    emitted = 0
    while emitted < 2200:  # by then nothing after the start limits how many are in hand
        send(one.broker.bootstrap, "in", [{"value": "small", "partition": n % 2} for n in range(550)])
        emitted += 550
        wait_for("small ones", lambda: one.stage.metric("messages_total", outcome="emitted") == emitted)
    send(one.broker.bootstrap, "in", [{"value": "toy:wait", "partition": 0}])
    wait_for("the gate holds", lambda: one.stage.metric("ring_busy") == 1)
    send(one.broker.bootstrap, "in", [{"value": b"%08d" % n * 50000, "partition": n % 2} for n in range(20)])
    wait_for("no more is taken in", lambda: one.stage.metric("paused_partitions") == 2)
    # Ten of 400,000 bytes fit, the eleventh doesn't.
    assert one.stage.metric("budget_bytes") == 4 << 20 and one.stage.metric("budget_used_bytes") == 8 + 10 * 400000
    one.gate.touch()
    wait_for("all of them", lambda: one.stage.metric("messages_total", outcome="emitted") == emitted + 21)
    assert one.stage.terminate() == 0


def test_at_least_once_commits_again_when_a_commit_fails(bench):
    one = bench(guarantee="at-least-once")
    for code in (LOADING, NOT_COORDINATOR, ILLEGAL_GENERATION, REBALANCING):
        one.batch(OFFSET_COMMIT, code)
        wait_for(f"all of the batch that met error {code}", one.all_there)
    assert one.stage.terminate() == 0


def test_a_coordinator_that_moves_is_followed(bench):
    one = bench(brokers=2)
    for broker in (1, 2, 1):
        one.broker.tell(f"coordinator group g {broker}")
        one.broker.tell(f"coordinator transaction g.one {3 - broker}")
        one.batch()
        wait_for("the batch", one.all_there)
    assert one.stage.terminate() == 0
