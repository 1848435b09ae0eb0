"""The pipeline with TLS, SCRAM and no rights but those that docs/security.md lists; and what happens without one of them."""
import json
import re
import subprocess

import pytest

from clients import BIN, Reader, Stage, send
from securekafka import PASSWORD, SecureKafka, documented_rights, newer_library

PLAIN, SCRAM = "PLAIN", "SCRAM-SHA-512"
STAGES = ("extract", "dedup", "tag")
TOPICS = ["news.page", "news.article", "news.unique", "news.duplicate", "news.alias", "news.tagged", "news.page.dead", "news.article.dead",
          "news.unique.dead", "news.dead.handled", "news.replay", "news.dedup.probe", "news.dedup.match"]
EX_USAGE, EX_NOPERM = 64, 77


def secret_of(stage):
    return f"hush-{stage}-0xC0FFEE"


@pytest.fixture(scope="module")
def secure():
    node = SecureKafka({"reader": "only-reads", "operator": "op-3rat0r", "clerk": "cl-3rk", **{f"copydesk-{stage}": secret_of(stage) for stage in STAGES}}).start()
    node.topics(2, **{topic: {} for topic in [*TOPICS, "crawl.page"]})
    for stage in STAGES:
        node.add_scram_user(f"copydesk-{stage}", secret_of(stage))
        node.grant(f"copydesk-{stage}", documented_rights(f"copydesk-{stage}"))
    yield node
    node.stop()


@pytest.fixture
def run(secure, tmp_path):
    """run(stage, **options) makes a process of a stage whose password is in a file."""
    made = []

    def make(stage, user=None, password=None, mechanism=PLAIN, **options):
        user = user or f"copydesk-{stage}"
        file = tmp_path / f"{user}.password"
        file.write_text((password or secret_of(stage)) + "\n")
        settings = {f"kafka.{k}": v for k, v in secure.credentials(user, f"@{file}", mechanism).items()}
        process = Stage(f"copydesk-{stage}", secure.bootstrap, tmp_path, **{**settings, **options})
        made.append(process)
        return process

    yield make
    for process in made:
        if process.running():
            process.kill()


def pages():
    text = "<p>The council of Karsholm met on Sunday and spoke about the harbour, the ferry and its fares for a long time.</p>"
    return [json.dumps({"url": f"https://harbour.example/{i}", "fetchedAt": "2026-11-17T09:00:00Z",
                        "html": f"<html><head><title>Report {i}</title></head><body><article><h1>Report {i}</h1>{text}"
                                f"<p>Report number {i} of {i * 7} was read by Anna Lindqvist.</p></article></body></html>"}) for i in range(20)]


def ends(process, seconds=40):
    """Exit code and log of a process that must end by itself."""
    return process.start().process.wait(seconds), process.log()


@pytest.mark.parametrize("mechanism", [PLAIN, SCRAM])
def test_the_pipeline_runs_with_the_documented_rights_and_tells_no_secret(secure, run, tmp_path, mechanism):
    values = [page.replace("Report", mechanism) for page in pages()] + ["{not a page"]
    reader = Reader(secure.bootstrap, ["news.tagged", "news.duplicate", "news.page.dead"], **secure.client)
    before = len(reader.read(5))  # of the run before
    send(secure.bootstrap, "news.page", [{"key": f"k{i}", "value": value} for i, value in enumerate(values)], **secure.client)
    library = newer_library(tmp_path)
    running = [run(stage, mechanism=mechanism) for stage in STAGES]
    for process in running:
        if mechanism == SCRAM:
            process.command[:0] = ["env", f"LD_LIBRARY_PATH={library}"]
        process.start()
    for process in running:
        process.wait_ready()
    found = reader.read_until(before + len(values))[before:]
    reader.close()
    assert len(found) == len(values) and [m.topic() for m in found].count("news.page.dead") == 1
    told = "".join(process.log() + process.get("/metrics")[1] + process.get("/livez")[1] for process in running)
    for process in running:
        shown = subprocess.run([*process.command, "--print-config"], capture_output=True, text=True, check=True)
        assert re.search(r"^kafka\.sasl\.password = \*+", shown.stdout, re.M), shown.stdout
        told += shown.stdout + shown.stderr
    assert [process.terminate() for process in running] == [0, 0, 0]
    told += "".join(process.log() for process in running)
    for message in found:
        told += repr(message.headers()) + repr(message.value())
    for secret in [secret_of(stage) for stage in STAGES] + [PASSWORD]:
        assert secret not in told
    assert "limit_unknown" not in told and "no_access" not in told


@pytest.mark.parametrize("stage,right,says", [
    ("extract", ("TOPIC", "news.page", "READ", "LITERAL"), "--operation Read --topic news.page"),
    ("extract", ("TOPIC", "news.article", "WRITE", "LITERAL"), "--operation Write --topic news.article"),
    ("extract", ("GROUP", "copydesk-extract", "READ", "LITERAL"), "--operation Read --group copydesk-extract"),
    ("extract", ("TRANSACTIONAL_ID", "copydesk-extract.", "WRITE", "PREFIXED"), "--operation Write --transactional-id copydesk-extract.one"),
    ("dedup", ("TOPIC", "news.dedup.probe", "WRITE", "LITERAL"), "--operation Write --topic news.dedup.probe"),
    ("dedup", ("TOPIC", "news.dedup.probe", "READ", "LITERAL"), "--operation Read --topic news.dedup.probe"),
    ("dedup", ("TOPIC", "news.dedup.match", "WRITE", "LITERAL"), "--operation Write --topic news.dedup.match"),
    ("dedup", ("TOPIC", "news.dedup.match", "READ", "LITERAL"), "--operation Read --topic news.dedup.match"),
    ("dedup", ("GROUP", "copydesk-dedup-index", "READ", "LITERAL"), "--operation Read --group copydesk-dedup-index"),
])
def test_a_missing_right_is_named_and_ends_the_process(secure, run, stage, right, says):
    user = f"copydesk-{stage}"
    kind, name, operation, pattern = right
    value = pages()[0] if stage == "extract" else json.dumps({"id": "a1", "url": "https://harbour.example/1", "articleBody": "The ferry to Karsholm is back. " * 9})
    send(secure.bootstrap, "news.page" if stage == "extract" else "news.article", [{"key": "a1", "value": value}], **secure.client)
    secure.revoke(user, right)
    # so that the right itself is missed, not the one to see the topic
    if kind == "TOPIC":
        secure.grant(user, [(kind, name, "DESCRIBE", pattern)])
    try:
        code, log = ends(run(stage, **{"from": "earliest"}))
    finally:
        secure.grant(user, [right])
        if kind == "TOPIC":
            secure.revoke(user, (kind, name, "DESCRIBE", pattern))
    assert code == EX_NOPERM, log
    failed, = [line for line in log.splitlines() if "event=failed" in line]
    assert "code=no_access" in failed and f"--allow-principal User:{user} {says}" in failed


def test_a_user_without_any_write_right_is_told_about_idempotent_writes(secure, run):
    secure.grant("reader", [("TOPIC", "news.page", "READ", "LITERAL"), ("GROUP", "reader", "READ", "LITERAL"),
                            *[("TOPIC", topic, "DESCRIBE", "LITERAL") for topic in ("news.article", "news.page.dead")]])
    send(secure.bootstrap, "news.page", [{"value": pages()[0]}], **secure.client)
    code, log = ends(run("extract", user="reader", password="only-reads", guarantee="at-least-once", group="reader", **{"from": "earliest"}))
    assert code == EX_NOPERM and "--operation IdempotentWrite --cluster" in log, log


def test_scram_of_an_old_library_is_explained(secure, run):
    if "librdkafka 2.0" not in subprocess.run([BIN / "copydesk-extract", "--version"], capture_output=True, text=True, check=True).stdout:
        pytest.skip("this librdkafka is newer")
    code, log = ends(run("extract", mechanism=SCRAM))
    assert code == EX_NOPERM and "2.6.1" in log, log


def test_wrong_password_and_unknown_authority_are_told_apart(secure, run, tmp_path):
    code, log = ends(run("extract", password="wrong"))
    assert code == EX_NOPERM and "kafka.sasl.password" in log and "wrong" not in log, log
    other = tmp_path / "other.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=other",
                    "-keyout", tmp_path / "other.key", "-out", other], check=True, capture_output=True)
    code, log = ends(run("extract", **{"kafka.ssl.ca.location": str(other)}))
    assert code == EX_NOPERM and "kafka.ssl.ca.location" in log, log


@pytest.fixture
def command(secure, tmp_path):
    """command(user, password, *words) runs copydesk as that user."""
    def run(user, password, *words):
        (tmp_path / "password").write_text(password + "\n")
        settings = {**secure.credentials(user, f"@{tmp_path}/password", PLAIN), "bootstrap.servers": secure.bootstrap}
        (tmp_path / "op.conf").write_text("".join(f"kafka.{key} = {value}\n" for key, value in settings.items()))
        result = subprocess.run([BIN / "copydesk", *words, "--config", tmp_path / "op.conf"], capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=60)
        assert password not in result.stdout + result.stderr
        return result

    return run


def test_commands_run_with_the_documented_rights(secure, command):
    secure.grant("operator", documented_rights("copydesk, commands that read"))
    letter = [(f"copydesk-dead-{key}", value) for key, value in
              {"stage": "extract", "code": "no_body", "message": "nothing there", "source": "news.page/0/0", "attempts": "1",
               "time": "2026-11-24T10:00:00Z"}.items()]
    send(secure.bootstrap, "news.page.dead", [{"key": "k", "value": b"{}", "headers": letter}], **secure.client)
    send(secure.bootstrap, "news.tagged", [{"key": "k", "value": '{"id": "k", "headline": "The ferry is back", "articleBody": "At last."}',
                                                       "partition": 0}], **secure.client)

    def copydesk(*words):
        return command("operator", "op-3rat0r", *words)

    for words, says in [(("tail", "--from", "earliest", "--until", "end", "--short", "news.tagged"), "ferry"), (("dead", "list"), "no_body"),
                        (("export", "--from", "1d"), "ferry"), (("explain", "news.tagged/0/0"), "news.tagged/0/0")]:
        result = copydesk(*words)
        assert result.returncode == 0 and says in result.stdout, (words, result.stdout, result.stderr)
    retry = ("dead", "retry", "--yes", "--code", "no_body")
    refused = copydesk(*retry)
    assert refused.returncode == EX_NOPERM, refused
    assert "kafka-acls --add --allow-principal User:operator --operation Write --transactional-id copydesk-dead" in refused.stderr
    secure.grant("operator", documented_rights("copydesk, dead retry and drop"))
    result = copydesk(*retry)
    assert result.returncode == 0, result.stderr


NEWS_READ, NEWS_WRITE = ("TOPIC", "news.", "READ", "PREFIXED"), ("TOPIC", "news.", "WRITE", "PREFIXED")


@pytest.mark.parametrize("without,words,says", [
    (NEWS_READ, "tail --from earliest --until end news.tagged", "Read --topic news.tagged"),
    (NEWS_READ, "dead list", "Read --topic news."),
    (NEWS_READ, "export --from 1d", "Read --topic news.tagged"),
    (NEWS_READ, "explain news.tagged/0/0", "Read --topic news.tagged"),
    (NEWS_READ, "audit tag --from 1d", "Read --topic news."),
    (NEWS_READ, "replay list", "Read --topic news.replay"),
    (NEWS_WRITE, "dead retry --yes --all --code no_body", "Write --topic news."),
    (NEWS_WRITE, "send --url https://harbour.example/x {page}", "IdempotentWrite --cluster"),
    (("GROUP", "copydesk-", "DESCRIBE", "PREFIXED"), "replay extract --reset --from earliest --yes", "Describe --group copydesk-extract"),
    (("TRANSACTIONAL_ID", "copydesk-", "WRITE", "PREFIXED"), "dead drop --yes --all", "Write --transactional-id copydesk-dead"),
    (None, "topics create news.other", "Create --topic news.other"),
    (None, "topics delete --yes news.alias", "Delete --topic news.alias"),
    (None, "topics describe crawl.page", "Describe --topic crawl.page"),
    (None, "tail --from earliest --until end crawl.page", "Describe --topic crawl.page"),
])
def test_a_command_names_the_right_that_it_misses(secure, command, tmp_path, without, words, says):
    secure.grant("clerk", documented_rights("copydesk, commands that read") + documented_rights("copydesk, dead retry and drop"))
    letter = [(f"copydesk-dead-{key}", value) for key, value in {"stage": "extract", "code": "no_body", "source": "news.page/0/0"}.items()]
    for topic in ("news.page.dead", "news.dead.handled", "news.replay", "news.tagged", "news.unique"):
        send(secure.bootstrap, topic, [{"key": "k", "value": b"{}", "headers": letter, "partition": 0}], **secure.client)
    (tmp_path / "page.html").write_text("<p>The ferry is back.</p>")
    if without:
        secure.revoke("clerk", without)
        if without[0] == "TOPIC":
            secure.grant("clerk", [("TOPIC", "news.", "DESCRIBE", "PREFIXED")])
    result = command("clerk", "cl-3rk", *[word.format(page=tmp_path / "page.html") for word in words.split()])
    assert result.returncode == EX_NOPERM, result
    assert f"kafka-acls --add --allow-principal User:clerk --operation {says}" in result.stderr + result.stdout, result


@pytest.mark.parametrize("words", ["tail news.tagged", "dead list", "topics describe", "desk --listen 127.0.0.1:0"])
def test_a_wrong_password_ends_a_command_with_what_to_check(command, words):
    result = command("clerk", "wrong-0ne", *words.split())
    assert result.returncode == EX_NOPERM and "kafka.sasl.password" in result.stderr, result


def test_a_secret_file_that_is_missing_is_named(secure, tmp_path):
    result = subprocess.run([BIN / "copydesk-extract", "--check", "-X", f"kafka.bootstrap.servers={secure.bootstrap}",
                             "-X", f"kafka.sasl.password=@{tmp_path}/absent"], capture_output=True, text=True)
    assert result.returncode == 78 and f"{tmp_path}/absent" in result.stderr


def test_the_docs_list_the_topics_of_each_stage_and_no_others():
    for stage in STAGES:
        described = subprocess.run([BIN / f"copydesk-{stage}", "--print-options", "json"], capture_output=True, text=True, check=True)
        defaults = {row["name"]: row.get("default") for row in json.loads(described.stdout)["options"]}
        named = {name for _, name, _, _ in documented_rights(f"copydesk-{stage}")}
        topics = {value for key, value in defaults.items() if key.startswith("topic.")}
        assert {name for kind, name, _, _ in documented_rights(f"copydesk-{stage}") if kind == "TOPIC"} == topics
        assert defaults["group"] in named
