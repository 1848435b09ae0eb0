"""Kills, signals and rebalances lose nothing and repeat nothing."""
import random
import time

from clients import Reader, Stage, Supervisor, read_all, send
from test_runner import PROGRAM, topics


def test_kills_lose_and_repeat_nothing(kafka, name, stages):
    count, partitions = 12000, 4
    options = topics(kafka, name, partitions)
    where = send(kafka.bootstrap, f"{name}.in", [{"key": f"k{i % 97}", "value": f"{i} " + "x" * 500} for i in range(count)])
    made = [stages(PROGRAM, kafka.bootstrap, instance, **options, **{"toy.work.us": 700, "kafka.session.timeout.ms": 6000})
            for instance in ("one", "two", "three")]
    supervisor, dice = Supervisor(made), random.Random(7)
    reader = Reader(kafka.bootstrap, f"{name}.out")
    kills, deadline, next_kill = 0, time.monotonic() + 150, time.monotonic() + 2
    while time.monotonic() < deadline and (len(reader.messages) < count or kills < 8):
        supervisor.look()
        reader.read(0.5)
        if kills < 10 and time.monotonic() > next_kill:
            victim = dice.choice([stage for stage in made if stage.running()])
            if kills % 2:
                victim.terminate(15)
            else:
                victim.kill()
            kills += 1
            next_kill = time.monotonic() + dice.uniform(0.5, 1.5)
    supervisor.look()
    reader.read(3)
    codes = supervisor.stop()
    reader.read(3)
    reader.close()
    assert kills >= 8
    numbers = [int(message.value().split()[0]) for message in reader.messages]
    missing, repeated = count - len(set(numbers)), len(numbers) - len(set(numbers))
    assert (missing, repeated) == (0, 0)
    by_key = {}
    for message in reader.messages:
        by_key.setdefault(message.key(), []).append(int(message.value().split()[0]))
    assert all(values == sorted(values) for values in by_key.values())
    assert codes == [0, 0, 0]
    assert len(where) == count
