"""Kills, signals and rebalances lose nothing and repeat nothing."""
import json
import random
import time

from clients import Reader, Supervisor, headers, send
from test_runner import topics

BATCHES, BATCH = 10, 1200


def pages(batch):
    """Small pages, numbered in their id; unlike each other, so that nothing could pass for another."""
    made = []
    for n in range(batch * BATCH, (batch + 1) * BATCH):
        body = "".join(f"<p>Paragraph {k} of report {n} tells how the harbour of Kallevik counted {n * 7 + k} boats before the storm came in.</p>"
                       for k in range(12))
        made.append({"key": f"k{n % 97}", "value": json.dumps({
            "id": f"page-{n}", "url": f"https://www.harbour-post.example/{n}", "html": f"<title>Report {n}</title><article><h1>Report {n}</h1>{body}</article>"})})
    return made


def test_kills_of_extract_lose_and_repeat_nothing(kafka, name, stages):
    count, options = BATCHES * BATCH, topics(kafka, name, 4)
    made = [stages("copydesk-extract", kafka.bootstrap, instance, **options, **{"kafka.session.timeout.ms": 6000, "workers": 1})
            for instance in ("one", "two", "three")]
    supervisor, dice = Supervisor(made), random.Random(7)
    reader = Reader(kafka.bootstrap, f"{name}.out")
    supervisor.look()
    for batch in range(BATCHES):  # each kill meets a batch that is under way
        send(kafka.bootstrap, f"{name}.in", pages(batch))
        due, deadline = min(batch * BATCH + 50, count), time.monotonic() + 90
        while len(reader.messages) < due and time.monotonic() < deadline:
            supervisor.look()
            reader.read(0.2)
        assert len(reader.messages) >= due, "no progress"
        victim = dice.choice([stage for stage in made if stage.running()])
        victim.terminate(20) if batch % 2 else victim.kill()
    deadline = time.monotonic() + 120
    while len(reader.messages) < count and time.monotonic() < deadline:
        supervisor.look()
        reader.read(0.5)
    supervisor.look()
    codes = supervisor.stop()
    reader.read(3)
    reader.close()
    numbers = [json.loads(message.value())["id"] for message in reader.messages]
    assert (count - len(set(numbers)), len(numbers) - len(set(numbers))) == (0, 0), "missing, repeated"
    assert codes == [0, 0, 0]
    last = {}
    for message in reader.messages:  # order is kept between one partition of the input and one of the output
        _, partition, offset = headers(message)["copydesk-source"][0].decode().rsplit("/", 2)
        lane = (partition, message.partition())
        assert int(offset) > last.get(lane, -1)
        last[lane] = int(offset)
