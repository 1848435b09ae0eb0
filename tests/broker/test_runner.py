"""The runner on a real broker: what goes in comes out once, in order, with what travels beside it."""
import hashlib
import json
import re

from clients import Reader, headers, read_all, send

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
