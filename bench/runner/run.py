#!/usr/bin/env python3
"""The runner beside a bare librdkafka loop, both exactly once, on a real broker of their own.

    bench/runner/run.py [BIN_DIR]

CPU time of the client process and its peak memory from wait4(2), runs in turn; then latency at 100 messages a second, from before the send to
after the read of committed messages. Needs tests/requirements.txt and the broker's jars (tests/run brings both).
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "broker"))
from clients import Reader, send  # noqa: E402
from kafkanode import Kafka  # noqa: E402

BIN = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/bin").resolve()
SIZES = {"54 kB": (54000, 4000), "2 kB": (2000, 100000)}
PAIRS = 4
MEMORY_LIMIT_MB = 256  # memory.limit of the runner: its peak must stay below


def command(kind, kafka, source, target, count):
    if kind == "bare":
        return [BIN / "bareloop", kafka.bootstrap, source, target, str(count)]
    options = {"kafka.bootstrap.servers": kafka.bootstrap, "topic.in": source, "topic.out": target, "topic.dead": "bench.dead", "http": "none",
               "group": f"g.{target}", "instance": "bench", "from": "earliest", "log.level": "warn", "memory.limit": f"{MEMORY_LIMIT_MB}M", **({"until": "end"} if count else {})}
    return [BIN / "copydesk-passthrough", *(word for key, value in options.items() for word in ("-X", f"{key}={value}"))]


def measured(process):
    """CPU seconds and peak memory in MB. The peak is sampled: ru_maxrss counts what this process had at the fork, too."""
    peak, done = 0, 0
    while not done:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            peak = max(peak, int(status.split("VmHWM:")[1].split()[0]))
        except (OSError, IndexError):
            pass
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.args
    return usage.ru_utime + usage.ru_stime, peak / 1024


def throughput(kafka):
    for title, (size, count) in SIZES.items():
        source = f"in.{size}"
        kafka.topics(3, **{source: {}})
        body = os.urandom(size // 2).hex()
        send(kafka.bootstrap, source, [{"key": f"k{i}", "value": body, "headers": [("trace", b"1")]} for i in range(count)])
        found = {"bare": [], "runner": []}
        for pair in range(PAIRS):
            for kind in ("bare", "runner") if pair % 2 == 0 else ("runner", "bare"):
                target = f"out.{size}.{kind}.{pair}"
                kafka.topics(3, **{target: {}})
                if kind == "bare":  # a group of its own each time: the offsets of the one before would end it at once
                    kafka.topics(3, **{f"{source}.{pair}": {}})
                    send(kafka.bootstrap, f"{source}.{pair}", [{"key": f"k{i}", "value": body, "headers": [("trace", b"1")]} for i in range(count)])
                cpu, memory = measured(subprocess.Popen(command(kind, kafka, f"{source}.{pair}" if kind == "bare" else source, target, count)))
                reader = Reader(kafka.bootstrap, target)
                assert len(reader.read_until(count, 60)) == count, f"{kind}: not every message came out once"
                reader.close()
                found[kind].append((cpu / count * 1e6, memory))
        ratios = [r[0] / b[0] for b, r in zip(found["bare"], found["runner"])]
        middle = {kind: statistics.median(cpu for cpu, _ in runs) for kind, runs in found.items()}
        peak = {kind: max(memory for _, memory in runs) for kind, runs in found.items()}
        assert peak["runner"] <= MEMORY_LIMIT_MB, f"{peak['runner']:.0f} MB of {MEMORY_LIMIT_MB}"
        print(f"{title:6} {count} messages: bare {middle['bare']:.0f} µs, runner {middle['runner']:.0f} µs of CPU a message; ratio {statistics.median(ratios):.2f} "
              f"({min(ratios):.2f}–{max(ratios):.2f}); peak memory {peak['bare']:.0f} / {peak['runner']:.0f} MB", flush=True)


def latency(kafka, kind):
    source, target = f"lat.in.{kind}", f"lat.out.{kind}"
    kafka.topics(1, **{source: {}, target: {}})
    process = subprocess.Popen(command(kind, kafka, source, target, 0))
    reader, delays = Reader(kafka.bootstrap, target), []
    send(kafka.bootstrap, source, [{"value": "warm"}])
    reader.read_until(1, 60)
    from confluent_kafka import Producer
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "linger.ms": 0})
    begun, sent = time.time(), 0
    while len(delays) < 1000 and time.time() < begun + 40:
        while sent < 1000 and time.time() >= begun + sent / 100:
            producer.produce(source, json.dumps(time.time()) + " " * 2000)
            sent += 1
        producer.poll(0)
        message = reader.consumer.poll(0.002)
        if message and not message.error():
            delays.append(time.time() - float(message.value()))
    process.terminate()
    process.wait(20)
    assert len(delays) == 1000, f"{kind}: only {len(delays)} of 1000 messages came back in time"
    delays.sort()
    print(f"latency at 100 messages/s, {kind}: p50 {delays[len(delays) // 2] * 1e3:.0f} ms, p99 {delays[int(len(delays) * .99)] * 1e3:.0f} ms", flush=True)


def main():
    kafka = Kafka().start()
    try:
        kafka.topics(1, **{"bench.dead": {}})
        throughput(kafka)
        for kind in ("bare", "runner"):
            latency(kafka, kind)
    finally:
        kafka.stop()


if __name__ == "__main__":
    main()
