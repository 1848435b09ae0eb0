"""What a test does to Kafka from outside: send, read committed messages, start and kill stage processes."""
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition

from kafkanode import free_ports, wait_for

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "schema"))
import validate  # noqa: E402

BIN = pathlib.Path(os.environ.get("COPYDESK_BIN", ROOT / "build" / "release" / "bin"))


def send(bootstrap, topic, messages, **settings):
    """messages: dicts of value, and key, partition, headers, timestamp as wanted. Returns their coordinates in the order given."""
    producer = Producer({"bootstrap.servers": bootstrap, "message.max.bytes": 100000000, "linger.ms": 5,
                         "queue.buffering.max.messages": 1000000, "partitioner": "murmur2_random", **settings})
    where = [None] * len(messages)

    def delivered(index):
        def report(error, message):
            if error:
                raise RuntimeError(f"{topic}: {error}")
            where[index] = (message.partition(), message.offset())
        return report

    for index, message in enumerate(messages):
        while True:
            try:
                producer.produce(topic, on_delivery=delivered(index), **message)
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)
    producer.flush(120)
    assert None not in where
    return where


def open_terminal():
    """Both ends of a new terminal, ours first; a test that needs one is skipped where the system has none (a chroot without /dev/pts)."""
    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal can be had here: {error}")


def validated(message, whole=True):
    """The message, after a look whether a stage's headers, and its value if `whole`, are what schemas/ says. What no stage wrote passes."""
    found = {name: (value or b"").decode("utf-8", "surrogateescape") for name, value in message.headers() or []}
    where = f"{message.topic()}/{message.partition()}/{message.offset()}"
    kind = re.fullmatch(r"org\.copydesk\.([a-z-]+)\.v1", found.get("ce_type", ""))
    if "copydesk-dead-code" in found:
        faults = validate.check("dead-letter-headers", found)
    elif kind:
        faults = validate.check("message-headers", found)
        faults += validate.check(kind[1], message.value()) if whole and kind[1] != "toy" else []
    else:
        faults = [f"ce_type {found['ce_type']!r} is none of ours"] if "copydesk-stage" in found else []
    assert not faults, f"{where}: " + "; ".join(faults[:8])
    return message


class Reader:
    """Everything on a topic that is committed, in partition order: reads on from where it stopped. Each message is validated; of those
    behind the first thousand it is the headers of all, but only one value in ten, for a value takes 4 ms."""

    WHOLE = 1000

    def __init__(self, bootstrap, topic, isolation="read_committed", **settings):
        self.consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "reader", "enable.auto.commit": False,
                                  "isolation.level": isolation, "enable.partition.eof": True,
                                  "fetch.message.max.bytes": 60000000, "fetch.max.bytes": 60000000,
                                  "receive.message.max.bytes": 200000000, **settings})
        # One topic, or several in a list.
        topics = [topic] if isinstance(topic, str) else topic
        # A topic that was just made may have no partitions yet: nothing would ever be read from it.
        known = {t: wait_for(f"partitions of {t}", lambda t=t: self.consumer.list_topics(t, timeout=20).topics[t].partitions) for t in topics}
        self.consumer.assign([TopicPartition(t, p, OFFSET_BEGINNING) for t in topics for p in known[t]])
        self.at_end = {(t, p): False for t in topics for p in known[t]}
        self.messages = []

    def validated(self, message, number):
        return validated(message, number < self.WHOLE or number % 10 == 0)

    def read(self, seconds):
        """What arrives until the ends are reached or the time is over; also kept in self.messages."""
        deadline, new = time.monotonic() + seconds, []
        while time.monotonic() < deadline:
            message = self.consumer.poll(0.2)
            if message is None:
                if all(self.at_end.values()):
                    break
                continue
            if message.error():
                if message.error().code() == KafkaError._PARTITION_EOF:
                    self.at_end[message.topic(), message.partition()] = True
                    continue
                raise RuntimeError(str(message.error()))
            self.at_end[message.topic(), message.partition()] = False
            new.append(self.validated(message, len(self.messages) + len(new)))
        self.messages += new
        return new

    def wait_for(self, count, seconds=60):
        """Until `count` messages were read in all; no look at what comes behind them."""
        deadline = time.monotonic() + seconds
        while len(self.messages) < count and time.monotonic() < deadline:
            message = self.consumer.poll(0.5)
            if message is not None and not message.error():
                self.messages.append(self.validated(message, len(self.messages)))
        return len(self.messages) >= count

    def read_until(self, count, seconds=90):
        """Until `count` messages were read in all, then whatever else is there: too many is a finding, too."""
        deadline = time.monotonic() + seconds
        while len(self.messages) < count and time.monotonic() < deadline:
            self.read(1)
        self.read(5)
        return self.messages

    def close(self):
        self.consumer.close()


def read_all(bootstrap, topic, count, seconds=90, **settings):
    reader = Reader(bootstrap, topic, **settings)
    try:
        return reader.read_until(count, seconds)
    finally:
        reader.close()


def headers(message):
    """Name → list of values."""
    result = {}
    for name, value in message.headers() or []:
        result.setdefault(name, []).append(value)
    return result


class Stage:
    """One stage process. Its log goes to a file that a failing test shows."""

    def __init__(self, program, bootstrap, folder, instance="one", **options):
        self.port = free_ports(1)[0]
        self.program, self.instance = program, instance
        self.log_path = pathlib.Path(folder) / f"{pathlib.Path(program).name}.{instance}.log"
        given = {"kafka.bootstrap.servers": bootstrap, "instance": instance, "http": f"127.0.0.1:{self.port}", **options}
        self.command = [str(BIN / program)]
        for key, value in given.items():
            self.command += ["-X", f"{key}={value}"]
        self.process = None

    def start(self):
        log = open(self.log_path, "ab")
        self.process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *self.command], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self

    def running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        self.process.kill()
        return self.process.wait()

    def terminate(self, seconds=20):
        """SIGTERM; returns the exit code, which a correct stage has ready in time."""
        if self.running():
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError:
            return 0, ""

    def wait_ready(self, seconds=60):
        def ready():
            assert self.running(), f"{self.program} ended with {self.process.returncode}:\n{self.log()[-3000:]}"
            return self.get("/readyz")[0] == 200
        wait_for(f"{self.program} ready", ready, seconds)
        return self

    def metric(self, name, **labels):
        """The sum of a metric's series that carry these labels."""
        total, text = 0.0, self.get("/metrics")[1]
        assert not text or f"# TYPE copydesk_{name} " in text, f"no metric is called {name}"
        for line in text.splitlines():
            if line.startswith("copydesk_" + name) and line[9 + len(name)] in "{ " and \
                    all(f'{key}="{value}"' in line for key, value in labels.items()):
                total += float(line.rsplit(" ", 1)[1])
        return total

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""


class Supervisor:
    """Restarts a stage whenever it ends, as systemd would."""

    def __init__(self, stages):
        self.stages = stages
        self.restarts = 0
        self.exits = []

    def look(self):
        for stage in self.stages:
            if not stage.running():
                if stage.process is not None:
                    self.restarts += 1
                    self.exits.append(stage.process.returncode)
                stage.start()

    def stop(self):
        for stage in self.stages:
            if stage.running():
                stage.process.send_signal(signal.SIGTERM)
        return [stage.process.wait(30) if stage.process else 0 for stage in self.stages]


class MockBroker:
    """librdkafka's embedded broker in a process of its own (tests/pipeline/mockbroker.c); commands go to its standard input."""

    def __init__(self, brokers=1, **topics):
        self.process = subprocess.Popen([str(BIN / "mockbroker"), str(brokers)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1)
        self.bootstrap = self.process.stdout.readline().strip()
        for topic, partitions in topics.items():
            self.tell(f"topic {topic} {partitions}")

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert answer == "ok", answer

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


def copydesk(*args, check=0, seconds=120, stdin=subprocess.DEVNULL, **options):
    """Runs the command to its end; its exit code must be `check` (None: any). Output as text."""
    result = subprocess.run([str(BIN / "copydesk"), *map(str, args)], stdin=stdin, capture_output=True, text=True, timeout=seconds, **options)
    assert check is None or result.returncode == check, f"exit {result.returncode}\n{result.stdout[-3000:]}\n{result.stderr[-3000:]}"
    return result
