"""`copydesk doctor` on a real broker: no fault where all is well, and of faults that are planted each is found, with its fix."""
import json
import subprocess

import pytest
from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, Producer, TopicPartition
from confluent_kafka.admin import (AclBinding, AclBindingFilter, AclOperation, AclPermissionType, AlterConfigOpType, ConfigEntry, ConfigResource,
                                   NewPartitions, ResourcePatternType, ResourceType)

from clients import BIN, Reader, Stage, send
from kafkanode import Kafka, free_ports
from pipeline import TOPICS, copydesk, page


@pytest.fixture(scope="module")
def kafka():
    """A broker of its own, with an authorizer that lets everybody do what no rule is about. Topics as `copydesk topics create` makes them, and the
    stages' groups with nothing left to do."""
    node = Kafka(authorizer__class__name="org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                 allow__everyone__if__no__acl__found="true", transaction__max__timeout__ms=60000).start()
    yield node
    node.stop()


@pytest.fixture(scope="module")
def healthy(kafka, tmp_path_factory):
    create_topics(kafka)
    folder = tmp_path_factory.mktemp("doctor")
    stages = [Stage(f"copydesk-{name}", kafka.bootstrap, folder, name, workers=1).start() for name in TOPICS]
    for stage in stages:
        stage.wait_ready()
    send(kafka.bootstrap, "news.page", [{"value": json.dumps(page("09-summit.txt"))}])
    reader = Reader(kafka.bootstrap, "news.tagged")
    assert reader.wait_for(1)
    reader.close()
    assert [stage.terminate() for stage in stages] == [0, 0, 0]
    return kafka


def create_topics(kafka):
    copydesk("topics", "create", "--kafka", kafka.bootstrap, "--partitions", 2, "--replication", 1, check=0)


def doctor(kafka, *words, check=None):
    done = copydesk("doctor", "--kafka", kafka.bootstrap, "--json", "--patience", "3s", *words, check=check)
    told = json.loads(done.stdout)
    assert told["faults"] == sum(f["level"] == "fault" for f in told["findings"])
    assert all(f["what"] and f["fix"] for f in told["findings"])
    return told["findings"]


def wait_all(futures):
    for future in futures.values():
        future.result(30)


def alter(admin, topic, **settings):
    """None: back to the default."""
    wait_all(admin.incremental_alter_configs([ConfigResource(ConfigResource.Type.TOPIC, topic, incremental_configs=[
        ConfigEntry(name.replace("_", "."), str(value), incremental_operation=AlterConfigOpType.DELETE if value is None else AlterConfigOpType.SET)
        for name, value in settings.items()])]))


def end_of(kafka, topic, partition):
    consumer = Consumer({"bootstrap.servers": kafka.bootstrap, "group.id": "ends"})
    try:
        return consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=20)[1]
    finally:
        consumer.close()


def test_a_healthy_pipeline_has_no_fault(healthy):
    assert [f for f in doctor(healthy, check=0) if f["level"] == "fault"] == []


def test_a_check_writes_nothing_and_disturbs_nobody(healthy, tmp_path):
    """The stage runs on while it is checked under its own instance's name, and nothing is on its topics afterwards."""
    stage = Stage("copydesk-extract", healthy.bootstrap, tmp_path, "same", workers=1).start().wait_ready()
    places = [(topic, p) for topic in ("news.article", "news.page.dead") for p in (0, 1)]
    before = [end_of(healthy, *place) for place in places]
    done = subprocess.run([*stage.command, "--check", "--live"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "fault" not in done.stdout, done.stdout
    assert [end_of(healthy, *place) for place in places] == before
    send(healthy.bootstrap, "news.page", [{"value": b"{broken"}])
    reader = Reader(healthy.bootstrap, "news.page.dead")
    assert reader.wait_for(1)
    reader.close()
    assert stage.terminate() == 0


def test_a_stage_says_what_it_lacks_and_the_fix(healthy):
    done = subprocess.run([BIN / "copydesk-extract", "--check", "--live", "-X", f"kafka.bootstrap.servers={healthy.bootstrap}",
                           "-X", "topic.dead=nowhere.dead"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 69 and "no_topic" in done.stdout and "fix: copydesk topics create nowhere.dead" in done.stdout


# code → what is to be read in the finding, and in its fix
PLANTED = {
    "no_topic": ("there is no topic news.alias", "copydesk topics create news.alias"),
    "partitions_differ": ("news.tagged has 3 partitions", "kafka-topics.sh --alter"),
    "dead_too_small": ("news.page.dead takes 100000 bytes", "--add-config max.message.bytes="),
    "min_insync": ("news.unique: min.insync.replicas is 2", "--add-config min.insync.replicas=1"),
    "dead_retention": ("news.article.dead: retention.ms is 86400000", "--add-config retention.ms=-1"),
    "compacted": ("news.duplicate: cleanup.policy has compact", "--add-config cleanup.policy=delete"),
    "index_retention": ("news.dedup.probe: retention.ms is 3600000", "--add-config retention.ms="),
    "old_timestamps": ("news.article: message.timestamp.before.max.ms is 3600000", "message.timestamp.before.max.ms=9223372036854775807"),
    "no_right": ("no right to Write news.unique.dead", "--operation Write --topic news.unique.dead"),
    "transaction_timeout": ("the brokers allow 60000", "lower kafka.transaction.timeout.ms"),
    "timeout_order": ("isn't below kafka.max.poll.interval.ms", "set kafka.max.poll.interval.ms well above"),
    "memory_limit": ("memory.limit is 4096000 MiB", "leave memory.limit empty"),
    "memory_sum": ("16 workers", "lower workers"),
    "no_members": ("messages wait on news.unique, and group copydesk-tag has no members", "copydesk-tag"),
    "position_lost": ("were deleted before they were processed", "retention.ms"),
    "hanging_transaction": ("news.page/1: a transaction has been open", "kafka-transactions.sh"),
}


def plant(kafka, folder):
    admin = kafka.admin()
    wait_all(admin.delete_topics(["news.alias"]))
    wait_all(admin.create_partitions([NewPartitions("news.tagged", 3)]))
    alter(admin, "news.page.dead", max_message_bytes=100000)
    send(kafka.bootstrap, "news.unique", [{"value": b"{}", "partition": 0} for _ in range(3)])
    alter(admin, "news.unique", min_insync_replicas=2)
    alter(admin, "news.article.dead", retention_ms=86400000)
    alter(admin, "news.duplicate", cleanup_policy="compact")
    alter(admin, "news.dedup.probe", retention_ms=3600000)
    alter(admin, "news.article", message_timestamp_before_max_ms=3600000)
    rule = [AclBinding(ResourceType.TOPIC, "news.unique.dead", ResourcePatternType.LITERAL, "User:ANONYMOUS", "*", operation, permission)
            for operation, permission in ((AclOperation.WRITE, AclPermissionType.DENY), (AclOperation.DESCRIBE, AclPermissionType.ALLOW),
                                          (AclOperation.DESCRIBE_CONFIGS, AclPermissionType.ALLOW))]
    wait_all(admin.create_acls(rule))
    (folder / "extract.conf").write_text("kafka.transaction.timeout.ms = 120000\nkafka.max.poll.interval.ms = 100000\n"
                                         "kafka.session.timeout.ms = 30000\n")
    (folder / "dedup.conf").write_text("memory.limit = 256M\nworkers = 16\n")
    (folder / "tag.conf").write_text("memory.limit = 4000G\n")
    # The group has read one page from a partition; two more come, and the head is deleted with them.
    where = {p for p in (0, 1) if end_of(kafka, "news.page", p)}
    for p in where:
        send(kafka.bootstrap, "news.page", [{"value": b"{}", "partition": p} for _ in range(2)])
    wait_all(admin.delete_records([TopicPartition("news.page", p, end_of(kafka, "news.page", p)) for p in where]))
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "transactional.id": "left.behind", "transaction.timeout.ms": 60000})
    producer.init_transactions(20)
    producer.begin_transaction()
    producer.produce("news.page", b"{}", partition=1)
    assert producer.flush(20) == 0
    return producer


def heal(kafka, producer):
    admin = kafka.admin()
    producer.abort_transaction(20)
    wait_all(admin.delete_acls([AclBindingFilter(ResourceType.TOPIC, "news.unique.dead", ResourcePatternType.LITERAL, None, None, AclOperation.ANY,
                                                 AclPermissionType.ANY)]))
    alter(admin, "news.page.dead", max_message_bytes=33554432)
    alter(admin, "news.unique", min_insync_replicas=None)
    alter(admin, "news.article.dead", retention_ms=-1)
    alter(admin, "news.duplicate", cleanup_policy="delete")
    alter(admin, "news.dedup.probe", retention_ms=30 * 86400000)
    alter(admin, "news.article", message_timestamp_before_max_ms=None)
    create_topics(kafka)


@pytest.fixture(scope="module")
def planted(healthy, tmp_path_factory):
    """The faults found with all of them planted, and the codes of those found once they are mended."""
    folder = tmp_path_factory.mktemp("planted")
    producer = plant(healthy, folder)
    try:
        findings = [f for f in doctor(healthy, "--stage-config", folder, check=65) if f["level"] == "fault"]
    finally:
        heal(healthy, producer)
    return findings, {f["code"] for f in doctor(healthy) if f["level"] == "fault"}


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_fault_is_found_with_its_fix_and_gone_when_it_is_mended(planted, code):
    findings, afterwards = planted
    what, fix = PLANTED[code]
    found = [f for f in findings if f["code"] == code]
    assert any(what in f["what"] and fix in f["fix"] for f in found), json.dumps(found or findings, indent=1)
    # partitions can't be taken away, and what waits for the tag stage still waits
    assert code not in afterwards or code in ("partitions_differ", "no_members", "position_lost")


def test_nothing_is_found_that_was_not_planted(planted):
    findings, afterwards = planted
    assert {f["code"] for f in findings} == set(PLANTED) and afterwards <= set(PLANTED), json.dumps(findings, indent=1)


def test_a_position_beyond_the_end_is_found_and_its_fix_mends_it(planted, healthy):
    """As after the loss of a topic's end, or of the topic on a cluster that keeps the group's offsets."""
    beyond = ConsumerGroupTopicPartitions("copydesk-extract", [TopicPartition("news.page", 0, end_of(healthy, "news.page", 0) + 100)])
    admin = healthy.admin()  # the answer comes only while the client lives
    wait_all(admin.alter_consumer_group_offsets([beyond]))
    found = [f for f in doctor(healthy, check=65) if f["code"] == "position_beyond"]
    assert found and all("was the topic deleted and made again?" in f["what"] for f in found)
    command = found[0]["fix"].split(": copydesk ")[1].split()
    assert command == "replay extract --reset --from earliest".split()
    copydesk(*command, "--yes", "--kafka", healthy.bootstrap, check=0)
    assert "position_beyond" not in {f["code"] for f in doctor(healthy)}


def test_a_broker_whose_address_leads_nowhere_is_named():
    nowhere, = free_ports(1)
    node = Kafka(heap="256m", advertised__listeners=f"PLAINTEXT://127.0.0.1:{nowhere}").start()
    try:
        found, = doctor(node, check=65)
    finally:
        node.stop()
    assert found["code"] == "broker_unreachable" and f"127.0.0.1:{nowhere}" in found["what"] and "advertised.listeners" in found["fix"]


def test_kafka_away_is_told():
    done = copydesk("doctor", "--kafka", f"127.0.0.1:{free_ports(1)[0]}", "--json", check=69)
    assert [f["code"] for f in json.loads(done.stdout)["findings"]] == ["kafka_away"]
