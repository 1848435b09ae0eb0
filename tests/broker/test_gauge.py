"""What the desk and the doctor say of a stage's lag: offsets are no messages, for the markers that end transactions take some."""
import json
import subprocess
import urllib.request

import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

from clients import BIN
from kafkanode import wait_for
from pipeline import Pipeline, page


@pytest.fixture(scope="module")
def pipeline(kafka, tmp_path_factory):
    made = Pipeline(kafka, tmp_path_factory.mktemp("gauge"), "", partitions=2)
    yield made
    made.stop()


def lag(kafka, *stages):
    """What a desk that starts now shows first, of each stage."""
    process = subprocess.Popen([BIN / "copydesk", "desk", "--kafka", kafka.bootstrap, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    where = process.stdout.readline().strip()

    def shown():
        with urllib.request.urlopen(f"{where}api/pipeline") as answer:
            found = {s["name"]: s["lag"] for s in json.load(answer)["stages"]}
        return [found[stage] for stage in stages]

    try:
        wait_for("a first sample", lambda: min(shown()) >= 0)
        return shown()
    finally:
        process.terminate()
        process.wait(20)


def write(kafka, values):
    """Each value in a transaction of its own on news.page/0. The producer, with a transaction that is open."""
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "transactional.id": "crawler"})
    producer.init_transactions(30)
    for value in values:
        producer.begin_transaction()
        producer.produce("news.page", value, partition=0)
        producer.commit_transaction(30)
    producer.begin_transaction()
    return producer


def commit(kafka, offset):
    consumer = Consumer({"bootstrap.servers": kafka.bootstrap, "group.id": "copydesk-extract", "enable.auto.commit": False})
    consumer.commit(offsets=[TopicPartition("news.page", 0, offset)], asynchronous=False)
    consumer.close()


def told_by_doctor(kafka):
    done = subprocess.run([BIN / "copydesk", "doctor", "--kafka", kafka.bootstrap, "--json"], capture_output=True, text=True, timeout=120)
    return [finding["what"] for finding in json.loads(done.stdout)["findings"] if finding["code"] == "no_members" and "extract:" in finding["what"]]


def test_markers_and_open_transactions_are_no_lag(kafka, pipeline):
    producer = write(kafka, ["one", "two"])  # offsets 0 and 2, markers at 1 and 3
    producer.produce("news.page", "open", partition=0)
    producer.flush(30)
    commit(kafka, 2)
    assert lag(kafka, "extract") == [2] and "2 messages wait on news.page" in told_by_doctor(kafka)[0]
    commit(kafka, 3)
    assert lag(kafka, "extract") == [0] and told_by_doctor(kafka) == []
    producer.commit_transaction(30)
    # The answer comes before the marker is written.
    wait_for("the message that is committed now", lambda: lag(kafka, "extract") > [0])
    assert "wait on news.page" in told_by_doctor(kafka)[0]


def test_a_pipeline_that_has_read_everything_has_no_lag_running_or_stopped(kafka, pipeline):
    pipeline.start()
    pipeline.send([page("01-ferry-original.html"), page("03-ferry-cut.txt")])
    assert pipeline.read("news.duplicate", 1) and pipeline.read("news.tagged", 1)
    wait_for("no lag", lambda: lag(kafka, *pipeline.stages) == [0, 0, 0])
    for stage in pipeline.stages.values():
        wait_for("no lag of its own", lambda: stage.metric("lag_messages") == 0 and stage.metric("position") > 0 and stage.metric("lag_known") == 1)
    pipeline.send([page("08-ferry-revision-3.html")])
    assert pipeline.read("news.tagged", 2)
    pipeline.stop()
    assert lag(kafka, *pipeline.stages) == [0, 0, 0]
