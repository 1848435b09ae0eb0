"""A real Kafka broker on this machine, for tests and benches: KRaft, own free ports, own temporary folder, ready when start() returns.

Two shapes. One process that is broker and controller is the cheap one (4 s to serve). Tests that kill the broker use `split=True`:
controller and broker are processes of their own, because a combined node that is killed and restarted at once can lose abort
markers, and then a correct program's aborted messages come out with its next commit. restart() waits until the controller has
noticed the end of the broker's session.
"""
import atexit
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, NewTopic

HERE = pathlib.Path(__file__).resolve().parent
SESSION_MS = 6000  # how long the controller waits for a silent broker


def wait_for(what, check, seconds=60, interval=0.05):
    """Polls `check` until it is true and returns its value; fails with `what` past the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(interval)


def free_ports(count):
    """Ports that were free a moment ago, below the range that the system hands out to clients (which could take them meanwhile)."""
    low = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    ports, candidate = [], 10000 + (os.getpid() * 37 + uuid.uuid4().int) % max(1, low - 12000)
    while len(ports) < count:
        candidate = 10000 + (candidate - 9999) % (low - 10001)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", candidate))
                ports.append(candidate)
            except OSError:
                pass
    return ports


class Node:
    """One JVM."""

    def __init__(self, folder, roles, properties, cluster, heap, format_with=()):
        self.folder, self.roles, self.cluster, self.heap = folder, roles, cluster, heap
        self.process = None
        folder.mkdir(parents=True)
        self.file = folder / "server.properties"
        self.file.write_text("".join(f"{key}={value}\n" for key, value in properties.items()))
        self._java("kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(self.file), *format_with).wait_or_fail()

    def _java(self, main, *args):
        log = open(self.folder / f"{main.rsplit('.', 1)[1]}.log", "ab")
        command = ["java", f"-Xmx{self.heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4", "-Xshare:auto", "-cp",
                   str(HERE / "kafka" / "libs" / "*"), main, *args]

        class Process(subprocess.Popen):
            def wait_or_fail(self):
                if self.wait() != 0:
                    raise RuntimeError(f"{main}: exit {self.returncode}, see {log.name}")

        # Dies with this process even when that is killed, so no test leaves a JVM behind.
        return Process(["setpriv", "--pdeathsig", "KILL", *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                       cwd=self.folder)

    def start(self):
        self.process = self._java("kafka.Kafka", str(self.file))

    def signal(self, number):
        self.process.send_signal(number)
        self.process.wait()
        self.process = None


class Kafka:
    def __init__(self, folder=None, split=False, heap="512m", port=None, protocol="PLAINTEXT", client=None, format_with=(), **overrides):
        """`protocol` is the clients' listener's; `client` is what its clients must set; `format_with` goes to StorageTool."""
        subprocess.run([HERE / "kafka-jars"], check=True)
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="copydesk-kafka-"))
        self.temporary = folder is None
        self.split, self.watcher = split, None
        broker_port, controller_port = free_ports(2)
        broker_port = port or broker_port
        self.bootstrap = f"127.0.0.1:{broker_port}"
        self.client = client or {}
        cluster = "copydeskTestCluster0AA"
        common = {
            "controller.quorum.voters": f"1@127.0.0.1:{controller_port}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": f"CONTROLLER:PLAINTEXT,{protocol}:{protocol}",
            "num.network.threads": 2,
            "num.io.threads": 4,
        }
        broker = {
            **common,
            "advertised.listeners": f"{protocol}://{self.bootstrap}",
            "inter.broker.listener.name": protocol,
            "offsets.topic.replication.factor": 1, "offsets.topic.num.partitions": 4,
            "transaction.state.log.replication.factor": 1, "transaction.state.log.min.isr": 1,
            "transaction.state.log.num.partitions": 4,
            "share.coordinator.state.topic.replication.factor": 1, "share.coordinator.state.topic.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
            "group.min.session.timeout.ms": 1000,
            "auto.create.topics.enable": "false",
            "message.max.bytes": 33554432, "replica.fetch.max.bytes": 33554432, "socket.request.max.bytes": 209715200,
            "log.message.timestamp.before.max.ms": 9223372036854775807,
            # The window in which a topic's deletion, or a checkpoint, disturbs a test is as small as it can be.
            "log.segment.delete.delay.ms": 1000,
            "broker.session.timeout.ms": SESSION_MS, "broker.heartbeat.interval.ms": 500,
            **{key.replace("__", "."): value for key, value in overrides.items()},
        }
        if split:
            self.controller = Node(self.folder / "controller", "controller", {
                **common, "process.roles": "controller", "node.id": 1, "listeners": f"CONTROLLER://127.0.0.1:{controller_port}",
                "broker.session.timeout.ms": SESSION_MS, "log.dirs": self.folder / "controller" / "data"}, cluster, "256m")
            self.node = Node(self.folder / "broker", "broker", {
                **broker, "process.roles": "broker", "node.id": 2, "listeners": f"{protocol}://{self.bootstrap}",
                "log.dirs": self.folder / "broker" / "data"}, cluster, heap)
        else:
            self.controller = None
            self.node = Node(self.folder / "node", "broker,controller", {
                **broker, "process.roles": "broker,controller", "node.id": 1,
                "listeners": f"{protocol}://{self.bootstrap},CONTROLLER://127.0.0.1:{controller_port}",
                "log.dirs": self.folder / "node" / "data"}, cluster, heap, format_with)
        atexit.register(self.stop)

    def start(self):
        if self.controller and not self.controller.process:
            self.controller.start()
        self.node.start()
        self.wait_ready()
        return self

    def wait_ready(self):
        admin = self.admin()

        def serves():
            if self.node.process.poll() is not None:
                raise RuntimeError(f"the broker ended with {self.node.process.returncode}: see {self.folder}")
            try:
                return bool(admin.list_topics(timeout=2).brokers)
            except KafkaException:
                return False

        wait_for("Kafka serves", serves, seconds=90)

    def admin(self):
        return AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0, **self.client})

    def kill_broker(self):
        """SIGKILL. With a controller of its own, returns when that has noticed."""
        self.node.signal(signal.SIGKILL)
        self.killed_at = time.monotonic()

    def restart_broker(self):
        """Back after kill_broker(); not before the controller has ended the broker's session (see the head of this file)."""
        assert self.split, "a combined node must not be restarted after a kill"
        remaining = self.killed_at + SESSION_MS / 1000 + 1 - time.monotonic()
        if remaining > 0:
            time.sleep(remaining)  # what is waited for is a time-out of Kafka's that no client can see
        self.node.start()
        self.wait_ready()

    def topics(self, partitions=1, **configured):
        """topics(3, a={}, b={'retention.ms': -1}) creates and waits until each has leaders. Names with dots: pass a dict as **."""
        admin = self.admin()
        new = [NewTopic(name, num_partitions=partitions, replication_factor=1,
                        config={"max.message.bytes": "33554432", **{k: str(v) for k, v in (config or {}).items()}})
               for name, config in configured.items()]
        for future in admin.create_topics(new).values():
            future.result(30)

        def led():
            known = admin.list_topics(timeout=10).topics
            return all(name in known and len(known[name].partitions) == partitions and
                       all(p.leader >= 0 for p in known[name].partitions.values()) for name in configured)

        wait_for("topics have leaders", led)

    def members(self, group):
        """Instance → number of its partitions (0 while they are being dealt out), of the members that a group has now. Ask once it has had one."""
        self.watcher = self.watcher or self.admin()  # one for all questions: they come by the dozen
        found = self.watcher.describe_consumer_groups([group])[group].result(30)
        return {member.group_instance_id: len(member.assignment.topic_partitions) for member in found.members}

    def stop(self):
        for node in (self.node, self.controller):
            if node and node.process and node.process.poll() is None:
                node.signal(signal.SIGKILL)
        if self.temporary:
            shutil.rmtree(self.folder, ignore_errors=True)


def main():
    """The command kafka-up."""
    import argparse

    parser = argparse.ArgumentParser(prog="kafka-up", description="A real Kafka broker until Ctrl-C, or while COMMAND runs.")
    parser.add_argument("--port", type=int)
    parser.add_argument("--split", action="store_true", help="the controller in a process of its own")
    parser.add_argument("--heap", default="1g")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a broker property")
    parser.add_argument("command", nargs="*")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    overrides = dict(pair.split("=", 1) for pair in args.set)
    kafka = Kafka(split=args.split, heap=args.heap, port=args.port, **{k.replace(".", "__"): v for k, v in overrides.items()})
    kafka.start()
    print(kafka.bootstrap, flush=True)
    try:
        if args.command:
            return subprocess.call(args.command, env={**os.environ, "KAFKA_BOOTSTRAP": kafka.bootstrap})
        signal.pause()
    except KeyboardInterrupt:
        return 0
    finally:
        kafka.stop()


if __name__ == "__main__":
    sys.exit(main())
