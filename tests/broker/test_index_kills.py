"""The spread index when things happen at once: copies that arrive together, processes that are killed."""
import json
import random

from test_index import sentence, stream, through_kafka, verdict, without_broker


def test_of_copies_that_arrive_together_one_is_unique(kafka, name, stages):
    rng = random.Random(5)
    copies = []
    for n in range(40):
        body = "\n\n".join(sentence(rng, 30) for _ in range(6))
        copies += [{"id": f"g{n}-{i}", "url": f"https://paper{i}.example/{n}", "fetchedAt": "2026-11-20T08:00:00Z", "pageType": "article",
                    "headline": f"Report {n}", "articleBody": body} for i in range(4)]
    rng.shuffle(copies)
    messages = through_kafka(kafka, name, stages, [copies], 3)
    found = dict(verdict(m.value()) for m in messages)
    assert len(messages) == len(copies) == len(found)
    for n in range(40):
        group = [found[f"g{n}-{i}"] for i in range(4)]
        assert [status for status, _, _ in group].count("unique") == 1, group
        assert len({story for _, _, story in group}) == 1, group


def test_kills_and_rebalances_change_no_verdict(kafka, name, stages, tmp_path):
    first, later = stream(11, 120)
    want = without_broker(first + later, tmp_path)
    rng, kills = random.Random(3), []

    def disturb(group):
        running = [stage for stage in group if stage.running()]
        if len(kills) < 6 and running and rng.random() < 0.3:
            victim = rng.choice(running)
            kills.append(victim.kill() if len(kills) % 2 else victim.terminate())

    messages = through_kafka(kafka, name, stages, [first, later], 3, disturb)
    assert kills
    assert len(messages) == len(want), "each article comes out exactly once"
    assert dict(verdict(m.value()) for m in messages) == want
