"""A desk over the embedded broker, with messages that are written here, in a real headless Chromium."""
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from confluent_kafka import Producer

BIN = Path(os.environ.get("COPYDESK_BIN", "build/release/bin")).resolve()
TOKEN = "a-token-that-nobody-guesses"


def first_line(process):
    line = process.stdout.readline().strip()
    assert line, f"ended before it said where it is: exit {process.wait(timeout=10)}"
    return line


def start(command, log):
    return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=log.open("a"), text=True)


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="session")
def broker(work):
    process = start([BIN / "copydesk", "broker", "--partitions", "1"], work / "broker.log")
    yield first_line(process)
    process.terminate()
    process.wait(timeout=20)


def article(number, headline, body, status="unique", story=None, entities=(), times=(), **more):
    identity = f"{number:032x}"
    return {"id": identity, "url": f"https://www.harbour-post.example/news/{number}", "fetchedAt": f"2026-11-20T{8 + number % 10:02d}:15:00Z",
            "pageType": "article", "headline": headline, "articleBody": body, "wordCount": len(body.split()),
            "inLanguage": {"tag": "en", "confidence": 0.99}, "author": [{"name": "Maren Oduya", "email": "oduya@harbour-post.example"}],
            "duplicate": {"status": status, "story": story or identity, **({"of": story} if story else {})},
            "entities": [{"id": f"e{i}", "type": kind, "name": name, "salience": 0.5, "mentions": [
                {"text": name, "start": body.index(name), "end": body.index(name) + len(name), "field": "articleBody", "score": 0.9}]}
                for i, (name, kind) in enumerate(entities)], "times": list(times), **more}


HOSTILE = '<script>window.hacked=1</script><img src=x onerror="window.hacked=2">'


@pytest.fixture(scope="session")
def messages(broker):
    """What lies on the topics: three stories (one with a copy, a revision and another that was joined with it), one full of hostile markup, two dead letters."""
    producer = Producer({"bootstrap.servers": broker})
    body = ("Ferries to Sandholm stop on Monday, the port of Kallevik said. Harbour master Ilse Brandvold called the repairs urgent 🛳.\n\n"
            "The Kallevik line reopens in May.")
    first = article(1, "Sandholm ferries stop for repairs", body,
                    entities=[("Sandholm", "place"), ("Ilse Brandvold", "person"), ("Kallevik", "place")],
                    times=[{"text": "Monday", "start": body.index("Monday"), "end": body.index("Monday") + 6, "value": "2026-11-23", "type": "DATE"}])
    tagged = [first, article(2, "Council votes on the tram line", "Mayor Tomas Reyl said the tram will come.", entities=[("Tomas Reyl", "person")]),
              article(3, HOSTILE, f"{HOSTILE} said the page of Villa Norte.", entities=[("Villa Norte", "organization")]),
              article(4, "Sandholm ferries stop for repairs, again", body, status="revision", story=first["id"], entities=[("Sandholm", "place")])]
    other = article(6, "Kallevik boats lie still", "Boats between the islands lie still for a week.")
    copy = article(5, "Ferries stop", body, status="near", story=first["id"])
    page = {"url": first["url"], "html": "<h1>Original of the ferries</h1><script>parent.hacked=3;document.title='hacked'</script>"}
    producer.produce("news.page", json.dumps(page))
    producer.produce("news.article", json.dumps(first), headers={"copydesk-source": "news.page/0/0"})
    producer.produce("news.unique", json.dumps(first), headers={"copydesk-source": "news.article/0/0"})
    for message in [*tagged, other]:
        producer.produce("news.tagged", json.dumps(message), key=message["id"], headers={"copydesk-source": "news.unique/0/0"})
    producer.produce("news.duplicate", json.dumps(copy), key=copy["id"])
    alias = {"id": other["id"], "duplicate": {"status": "alias", "of": first["id"], "story": first["id"], "by": first["id"]}}
    producer.produce("news.alias", json.dumps(alias), key=other["id"])
    for code in ("json_syntax", "no_body"):
        producer.produce("news.page.dead", "{", headers={
            "copydesk-dead-stage": "extract", "copydesk-dead-code": code, "copydesk-dead-message": f"{HOSTILE} not a page",
            "copydesk-dead-source": "news.page/0/7", "copydesk-dead-time": "2026-11-20T09:00:00Z", "copydesk-dead-attempts": "1"})
    assert producer.flush(30) == 0
    return tagged


@pytest.fixture(scope="session")
def desk(broker, messages, work):
    token = work / "token"
    token.write_text(TOKEN + "\n")
    process = start([BIN / "copydesk", "desk", "--kafka", broker, "--listen", "127.0.0.1:0", "--hours", "8760", "--token-file", token], work / "desk.log")
    yield first_line(process)
    process.terminate()
    assert process.wait(timeout=20) == 0


@pytest.fixture(scope="session")
def chromium():
    executable = shutil.which("chromium")
    if not executable:
        pytest.skip("no Chromium on this machine (Debian package chromium)")
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, desk):
    """A fresh page; any console error or request that leaves the desk fails the test."""
    context = chromium.new_context(viewport={"width": 1200, "height": 850})
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(f"request to {request.url}") if not request.url.startswith((desk, "data:")) else None)
    page.expected_faults = ()
    page.goto(desk)
    yield page
    context.close()
    assert [fault for fault in faults if not any(expected in fault for expected in page.expected_faults)] == []
