"""The runner on a real broker: what goes in comes out once, in order, with what travels beside it."""
import json
import random
import re
import subprocess

import pytest
from confluent_kafka import Producer

from clients import BIN, headers, read_all, send

PROGRAM = "copydesk-passthrough"


def topics(kafka, name, partitions=3, **dead):
    kafka.topics(partitions, **{f"{name}.in": {}, f"{name}.out": {}})
    kafka.topics(1, **{f"{name}.dead": {"retention.ms": -1, **dead}})
    return {"topic.in": f"{name}.in", "topic.out": f"{name}.out", "topic.dead": f"{name}.dead", "group": f"{name}-group"}


def test_bounded_run_moves_everything_once_and_ends(kafka, name, stages):
    options = topics(kafka, name)
    sent = [{"key": f"k{i % 50}", "value": f"{i}"} for i in range(2000)]
    send(kafka.bootstrap, f"{name}.in", sent)
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options).start()
    assert stage.process.wait(60) == 0
    out = read_all(kafka.bootstrap, f"{name}.out", 2000)
    assert sorted(int(m.value()) for m in out) == list(range(2000))
    by_key = {}
    for message in out:
        by_key.setdefault(message.key(), []).append(int(message.value()))
    assert all(values == sorted(values) for values in by_key.values())


def test_garbage_ends_as_dead_letters_and_good_messages_come_out(kafka, name, stages):
    options = topics(kafka, name, 1, **{"max.message.bytes": 33554432})
    good = [json.dumps({"page": i}).encode() for i in range(60)]
    garbage = [b"", b'{"url": "https://a.example/", "ht', b'{"a": "\xff\xfe"}', b'{"a": "' + b"x" * (20 << 20) + b'"}', b"[" * 100000,
               random.Random(1).randbytes(5000)]
    mixed = [part for i, g in enumerate(good) for part in ([g, garbage[i // 10]] if i % 10 == 5 else [g])]
    where = send(kafka.bootstrap, f"{name}.in", [{"value": value, "key": b"key"} for value in mixed])
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options, **{"toy.parse": "true"}).start()
    assert stage.process.wait(90) == 0
    assert [m.value() for m in read_all(kafka.bootstrap, f"{name}.out", len(good))] == good
    dead = read_all(kafka.bootstrap, f"{name}.dead", len(garbage))
    assert [m.value() or b"" for m in dead] == garbage
    for message, value in zip(dead, garbage):
        found = headers(message)
        assert found["copydesk-dead-code"][0] and found["copydesk-dead-message"][0]
        offset = where[mixed.index(value)][1]
        assert found["copydesk-dead-source"] == [f"{name}.in/0/{offset}".encode()]
        assert "copydesk-dead-truncated" not in found
        assert message.key() == b"key"


def test_a_dead_letter_too_large_for_its_topic_is_cut_and_says_so(kafka, name, stages):
    options = topics(kafka, name, 1)
    kafka.topics(1, **{f"{name}.small": {"max.message.bytes": 100000}})
    options["topic.dead"] = f"{name}.small"
    send(kafka.bootstrap, f"{name}.in", [{"value": b"{" + b"x" * 500000}, {"value": b"{}"}])
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options, **{"toy.parse": "true"}).start()
    assert stage.process.wait(60) == 0
    dead, = read_all(kafka.bootstrap, f"{name}.small", 1)
    assert (b"{" + b"x" * 500000).startswith(dead.value()) and 90000 < len(dead.value()) < 100000
    assert re.fullmatch(rb"size=500001 xxh3=[0-9a-f]{32}", headers(dead)["copydesk-dead-truncated"][0])


def test_headers_travel(kafka, name, stages):
    options = topics(kafka, name, 1)
    parent = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    foreign = [("x-crawl", b"7"), ("x-crawl", b"8"), ("url", b"https://a.example/")]
    send(kafka.bootstrap, f"{name}.in", [
        {"key": "k", "value": "one", "headers": [*foreign, ("traceparent", parent)], "timestamp": 1700000000123},
        {"key": "k", "value": "two", "headers": [("traceparent", b"00-zz")]},
        {"key": "k", "value": "toy:reject", "headers": [*foreign, ("traceparent", parent)], "timestamp": 1700000000123}])
    stage = stages(PROGRAM, kafka.bootstrap, until="end", run="nightly", **options).start()
    assert stage.process.wait(60) == 0
    one, two = read_all(kafka.bootstrap, f"{name}.out", 2)
    found = headers(one)
    assert one.key() == b"k" and one.timestamp()[1] == 1700000000123
    assert found["x-crawl"] == [b"7", b"8"] and found["url"] == [b"https://a.example/"]
    assert found["ce_specversion"] == [b"1.0"] and found["ce_type"] == [b"org.copydesk.toy.v1"]
    assert found["ce_id"] == found["copydesk-source"] == [f"{name}.in/0/0".encode()]
    assert found["ce_time"] == [b"2023-11-14T22:13:20.123Z"] and found["copydesk-run"] == [b"nightly"]
    assert re.fullmatch(rb"passthrough/[^/]+/[0-9a-f]{16}", found["copydesk-stage"][0])
    trace, = found["traceparent"]
    assert trace[:36] == parent[:36] and trace[36:52] != parent[36:52] and trace[52:] == b"-01"
    assert re.fullmatch(rb"00-[0-9a-f]{32}-[0-9a-f]{16}-01", headers(two)["traceparent"][0])
    dead, = read_all(kafka.bootstrap, f"{name}.dead", 1)
    assert (dead.key(), dead.value(), dead.timestamp()[1]) == (b"k", b"toy:reject", 1700000000123)
    assert dead.headers()[:4] == [*foreign, ("traceparent", parent)]
    assert headers(dead)["copydesk-dead-code"] == [b"toy_reject"] and headers(dead)["copydesk-dead-attempts"] == [b"1"]


def test_what_a_transaction_took_back_is_never_read(kafka, name, stages):
    options = topics(kafka, name, 1)
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "transactional.id": name})
    producer.init_transactions(30)
    for value, end in (("one", producer.commit_transaction), ("taken back", producer.abort_transaction), ("two", producer.commit_transaction)):
        producer.begin_transaction()
        producer.produce(f"{name}.in", value)
        producer.flush(30)
        end(30)
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options).start()
    assert stage.process.wait(60) == 0
    assert [m.value() for m in read_all(kafka.bootstrap, f"{name}.out", 2)] == [b"one", b"two"]


def test_spans_hang_together_across_stages(kafka, name, stages, tmp_path):
    kafka.topics(1, **{f"{name}.{part}": {} for part in ("a", "b", "c", "dead")})
    send(kafka.bootstrap, f"{name}.a", [{"value": "one"}, {"value": "toy:reject"}])
    for step, (source, target) in enumerate([("a", "b"), ("b", "c")]):
        stage = stages(PROGRAM, kafka.bootstrap, until="end", **{"topic.in": f"{name}.{source}", "topic.out": f"{name}.{target}",
                       "topic.dead": f"{name}.dead", "group": f"{name}-{step}", "spans.file": tmp_path / "spans.json"}).start()
        assert stage.process.wait(60) == 0
    spans = [span for line in (tmp_path / "spans.json").read_text().splitlines() for resource in json.loads(line)["resourceSpans"]
             for scope in resource["scopeSpans"] for span in scope["spans"]]
    first, dead, second = [span for span in spans if span["name"].startswith("process ")]
    assert "parentSpanId" not in first and second["parentSpanId"] == first["spanId"] and second["traceId"] == first["traceId"]
    assert dead["traceId"] != first["traceId"] and dead["status"]["code"] == 2
    assert int(second["startTimeUnixNano"]) >= int(first["startTimeUnixNano"])
    out, = read_all(kafka.bootstrap, f"{name}.c", 1)
    assert headers(out)["traceparent"] == [f"00-{second['traceId']}-{second['spanId']}-01".encode()]
    assert {span["name"] for span in spans if span.get("parentSpanId") == first["spanId"]} >= {"queue", "order", "commit", f"process {name}.b"}


def test_from_and_until_take_times(kafka, name, stages):
    options = topics(kafka, name, 1)
    send(kafka.bootstrap, f"{name}.in", [{"value": f"{i}", "timestamp": 1700000000000 + i * 1000} for i in range(100)])
    stage = stages(PROGRAM, kafka.bootstrap, until="2023-11-14T22:14:20Z", **{"from": "2023-11-14T22:13:50Z"}, **options).start()
    assert stage.process.wait(60) == 0
    assert [int(m.value()) for m in read_all(kafka.bootstrap, f"{name}.out", 30)] == list(range(30, 60))


@pytest.mark.parametrize("fate, end", [("abort", -6), ("hang", 75)])
def test_a_poison_message_is_dead_lettered_and_its_neighbours_go_through(kafka, name, stages, fate, end):
    options = topics(kafka, name, 1)
    values = [f"{i}" for i in range(40)]
    values[17] = f"toy:{fate}"
    send(kafka.bootstrap, f"{name}.in", [{"value": value} for value in values])
    stage = stages(PROGRAM, kafka.bootstrap, until="end", **options,
                   **{"kafka.session.timeout.ms": "6000", "watchdog.ms": "5s" if fate == "hang" else "60s", "message.max.attempts": 2})
    codes = []
    while len(codes) < 12 and 0 not in codes:
        codes.append(stage.start().process.wait(60))
    assert codes[-1] == 0 and set(codes[:-1]) == {end} and 2 <= len(codes) - 1 <= 4, codes
    assert [m.value().decode() for m in read_all(kafka.bootstrap, f"{name}.out", 39)] == values[:17] + values[18:]
    dead, = read_all(kafka.bootstrap, f"{name}.dead", 1)
    assert dead.value() == values[17].encode() and headers(dead)["copydesk-dead-code"] == [b"poison"]
    assert headers(dead)["copydesk-dead-attempts"] == [b"2"]


def test_values_are_the_same_through_kafka_and_through_files(kafka, name, stages, tmp_path):
    lines = [json.dumps({"url": f"https://a.example/{i}", "fetchedAt": "2026-03-01T10:00:00Z", "html":
             f"<html><head><title>Report {i}</title></head><body><article><h1>Report {i}</h1>" +
             "<p>The council met on Sunday and spoke about the harbour for a long time.</p>" * 8 + "</article></body></html>"}) for i in range(60)]
    source = tmp_path / "in.ndjson"
    source.write_text("".join(line + "\n" for line in lines))
    expected = None
    for workers in (1, 4):
        options = {**topics(kafka, f"{name}{workers}", 1), "workers": workers}
        files = tmp_path / f"out{workers}"
        subprocess.run([BIN / "copydesk-extract", "-X", f"workers={workers}", "--in", source, "--out", files], check=True, stderr=subprocess.DEVNULL)
        send(kafka.bootstrap, options["topic.in"], [{"value": line} for line in lines])
        stage = stages("copydesk-extract", kafka.bootstrap, until="end", **options).start()
        assert stage.process.wait(60) == 0
        through = b"".join(m.value() + b"\n" for m in read_all(kafka.bootstrap, options["topic.out"], len(lines)))
        assert through == files.read_bytes()
        expected = expected or through
        assert through == expected
