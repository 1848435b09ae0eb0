"""copydesk dead on a real broker: letters of a real stage are counted, shown, exported, sent again exactly once and byte for byte, dropped."""
import base64
import json
import os
import signal
import subprocess
import sys

import pytest
from clients import BIN, ROOT, Reader, copydesk, headers, open_terminal, read_all, send
from kafkanode import wait_for

sys.path.insert(0, str(ROOT / "tests" / "schema"))
from validate import check as check_schema  # noqa: E402

TIME = 1700000000123
FOREIGN = [("x-crawl", b"7"), ("x-crawl", b"\xff\x00"), ("url", b"https://paper.example/a")]


@pytest.fixture
def topics(kafka, name):
    """The extract stage's topics under a prefix; returns the prefix and the flags that lead there."""
    prefix = f"{name}."
    names = ("news.page", "news.article", "news.page.dead", "news.unique.dead")
    kafka.topics(2, **{prefix + name: {"retention.ms": -1} for name in names})  # old messages: retention would delete them at once
    return prefix, ("--kafka", kafka.bootstrap, "--prefix", prefix)


def run_extract(kafka, stages, prefix, **options):
    stage = stages("copydesk-extract", kafka.bootstrap, until="end", **{
        "topic.in": f"{prefix}news.page", "topic.out": f"{prefix}news.article", "topic.dead": f"{prefix}news.page.dead",
        "group": f"{prefix}extract", **options}).start()
    assert stage.process.wait(60) == 0, stage.log()


def listed(flags, *more):
    return [json.loads(line) for line in copydesk("dead", "list", "--json", *flags, *more).stdout.splitlines()]


def letters(kafka, prefix, count, **more):
    """Letters as a stage writes them, without one."""
    send(kafka.bootstrap, f"{prefix}news.page.dead", [{"key": f"k{i}", "value": f"{i}-" + "x" * more.get("size", 10), "timestamp": TIME + i, "partition": i % 2,
         "headers": [*FOREIGN, ("copydesk-dead-stage", b"extract"), ("copydesk-dead-code", b"too_large"),
                     ("copydesk-dead-message", f"{i} bytes are more than \"extract.max.bytes\" allows, see news.page/0/{i}".encode()),
                     ("copydesk-dead-source", f"{prefix}news.page/{i % 2}/{i}".encode()), ("copydesk-dead-attempts", b"1"),
                     ("copydesk-dead-time", f"2026-11-24T10:{i % 60:02}:00Z".encode())]} for i in range(count)])


def test_letters_of_a_stage_are_grouped_by_cause(kafka, stages, topics):
    prefix, flags = topics
    bad = ['{"url": "https://a.example/1", "ht', '{"url": "https://other.example/22", "html": "<p>', "{}", '{"url":"https://b.example/"}', '{"text": ""}']
    send(kafka.bootstrap, f"{prefix}news.page", [{"value": value, "key": "k"} for value in bad])
    run_extract(kafka, stages, prefix)
    groups = listed(flags)
    assert sum(group["count"] for group in groups) == len(bad)
    assert len(groups) < len(bad) and len({(g["code"], g["fingerprint"]) for g in groups}) == len(groups)
    for group in groups:
        assert group["stage"] == "extract" and group["handled"] == 0
        assert "2026-01-01" < group["first"] <= group["last"]
    text = copydesk("dead", "list", *flags).stdout
    assert all(group["fingerprint"] in text and group["code"] in text for group in groups)
    one = groups[0]
    assert listed(flags, "--fingerprint", one["fingerprint"])[0]["count"] == one["count"]
    assert listed(flags, "--stage", "tag") == [] and listed(flags, "--from", "2030-01-01") == []


def test_a_thousand_letters_of_one_cause_are_one_line(kafka, topics):
    prefix, flags = topics
    letters(kafka, prefix, 1000)
    group, = listed(flags)
    assert group["count"] == 1000 and group["first"] == "2026-11-24T10:00:00Z" and group["last"] == "2026-11-24T10:59:00Z"


def test_a_letter_is_shown_by_its_place(kafka, topics):
    prefix, flags = topics
    letters(kafka, prefix, 4)
    text = copydesk("dead", "show", *flags, f"{prefix}news.page.dead/1/1").stdout
    for part in ("too_large", "3 bytes are more than", f"{prefix}news.page/1/3", "attempts 1", "k3", "2023-11-14T22:13:20.126Z", "x-crawl: 7", "3-xxxxxxxxxx"):
        assert part in text
    assert "2-xxx" not in text
    assert "\n    3-xxxxxxxxxx\n" in copydesk("dead", "show", *flags, "--stage", "extract", "1/1").stdout
    gone = copydesk("dead", "show", *flags, "--stage", "extract", "1/77", check=66)
    assert f"{prefix}news.page.dead/1/77: there is no dead letter" in gone.stderr


def test_exported_letters_are_lines_as_a_stage_writes_them(kafka, stages, topics, tmp_path):
    prefix, flags = topics
    values = [b'{"url": "https://a.example/1", "ht', b'{"a": "\xff\xfe"}', b'{"url":"https://b.example/"}']
    send(kafka.bootstrap, f"{prefix}news.page", [{"value": value, "key": b"\xff", "headers": FOREIGN, "partition": 0} for value in values])
    run_extract(kafka, stages, prefix)
    out = tmp_path / "letters.ndjson"
    copydesk("dead", "export", *flags, "--out", out)
    lines = out.read_text().splitlines()
    assert len(lines) == len(values)
    for offset, (line, value) in enumerate(zip(lines, values)):
        letter = json.loads(line)
        assert check_schema("dead-letter", letter) == []
        assert base64.b64decode(letter["valueBase64"]) == value if "valueBase64" in letter else letter["value"].encode() == value
        assert base64.b64decode(letter["keyBase64"]) == b"\xff"
        assert letter["where"] == f"{prefix}news.page/0/{offset}"
        assert [(h["name"], h["value"].encode() if "value" in h else base64.b64decode(h["valueBase64"])) for h in letter["headers"]] == FOREIGN
    assert copydesk("dead", "export", *flags).stdout.splitlines() == lines


def test_a_letter_is_sent_again_byte_for_byte_once_and_its_attempts_are_capped(kafka, stages, topics):
    prefix, flags = topics
    value = b'{"url": "https://a.example/1", "ht\xff'
    send(kafka.bootstrap, f"{prefix}news.page", [{"value": value, "key": b"k\x00", "headers": FOREIGN, "timestamp": TIME, "partition": 1}])
    run_extract(kafka, stages, prefix)
    said = copydesk("dead", "retry", "--yes", *flags)
    assert f"1 letters to {prefix}news.page" in said.stderr and "sent 1 letters" in said.stderr
    first, again = read_all(kafka.bootstrap, f"{prefix}news.page", 2)
    assert (again.key(), again.value(), again.timestamp()[1], again.partition()) == (b"k\x00", value, TIME, 1)
    assert again.headers() == [*FOREIGN, ("copydesk-dead-attempts", b"1")]
    assert "nothing to send" in copydesk("dead", "retry", "--yes", *flags).stderr
    assert listed(flags) == [] and listed(flags, "--all")[0]["handled"] == 1
    run_extract(kafka, stages, prefix)
    dead = read_all(kafka.bootstrap, f"{prefix}news.page.dead", 2)
    assert headers(dead[-1])["copydesk-dead-attempts"] == [b"2"] and dead[-1].value() == value
    capped = copydesk("dead", "retry", "--yes", "--max-attempts", "2", *flags)
    assert "1 not: they were tried 2 times or more" in capped.stderr and "nothing to send" in capped.stderr
    assert len(read_all(kafka.bootstrap, f"{prefix}news.page", 2)) == 2


def on_a_terminal(answer, *args):
    """Runs the command with a terminal as standard input on which `answer` is typed."""
    ours, theirs = open_terminal()
    os.write(ours, answer)
    try:
        return copydesk(*args, stdin=theirs, check=None)
    finally:
        os.close(ours)
        os.close(theirs)


def test_nothing_is_sent_or_dropped_without_a_yes(kafka, topics):
    prefix, flags = topics
    letters(kafka, prefix, 2)
    for verb in ("retry", "drop"):
        refused = copydesk("dead", verb, *flags, check=64)
        assert "--yes" in refused.stderr and "nothing was done" in refused.stderr
    assert on_a_terminal(b"n\n", "dead", "retry", *flags).returncode == 64
    assert listed(flags)[0]["count"] == 2
    yes = on_a_terminal(b"y\n", "dead", "retry", *flags)
    assert yes.returncode == 0 and "Send 2 letters again? [y/N]" in yes.stderr
    assert len(read_all(kafka.bootstrap, f"{prefix}news.page", 2)) == 2


def test_a_retry_that_is_killed_can_be_run_again_and_sends_no_letter_twice(kafka, topics):
    prefix, flags = topics
    letters(kafka, prefix, 6000, size=4000)
    command = [BIN / "copydesk", "dead", "retry", "--yes", "--quiet", *flags]
    first = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    reader = Reader(kafka.bootstrap, f"{prefix}news.page")
    wait_for("the first batch", lambda: reader.read(0.3) or first.poll() is not None)
    first.send_signal(signal.SIGKILL)
    first.wait()
    subprocess.run(command, stdin=subprocess.DEVNULL, check=True, timeout=120)
    keys = [message.key() for message in reader.read_until(6000)]
    reader.close()
    assert len(keys) == 6000 and set(keys) == {f"k{i}".encode() for i in range(6000)}


def test_dropped_letters_are_out_of_sight_and_purged_ones_are_gone(kafka, topics):
    prefix, flags = topics
    letters(kafka, prefix, 10)
    copydesk("dead", "drop", "--yes", *flags, "--stage", "extract", "0/0", "0/1", "0/3")
    assert listed(flags)[0]["count"] == 7
    everything, = listed(flags, "--all")
    assert (everything["count"], everything["handled"]) == (10, 3)
    said = copydesk("dead", "drop", "--yes", "--purge", *flags, "--stage", "extract", "1/0")
    assert "deleted 3 letters" in said.stderr
    left = [(m.partition(), m.offset()) for m in read_all(kafka.bootstrap, f"{prefix}news.page.dead", 7)]
    assert sorted(left) == [(0, 2), (0, 3), (0, 4), (1, 1), (1, 2), (1, 3), (1, 4)]
    assert listed(flags)[0]["count"] == 6
