"""What the built stages write, without a broker, over the sample pages: every line of every output is valid, and nothing gets lost."""
import base64
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from validate import check, expect

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("COPYDESK_BIN", ROOT / "build/release/bin"))
SAMPLES = ROOT / "deploy/samples"


def raw_pages():
    for line in (SAMPLES / "manifest.ndjson").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = (SAMPLES / row.pop("file")).read_bytes()
        yield {**row, "bodyBase64": base64.b64encode(body).decode()}


def run(folder, stage, source, *args):
    program = BIN / f"copydesk-{stage}"
    if not program.exists():
        pytest.skip(f"{program} is not built")
    out, dead = folder / f"{stage}.out", folder / f"{stage}.dead"
    subprocess.run([program, "--in", source, "--out", out, "--dead", dead, *args], check=True, timeout=120, stderr=subprocess.DEVNULL)
    return out, out.read_text(encoding="utf-8").splitlines(), dead.read_text(encoding="utf-8").splitlines() if dead.exists() else []


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stages")


@pytest.fixture(scope="session")
def pages(folder):
    path = folder / "pages.ndjson"
    rows = [json.dumps(page) for page in raw_pages()] + ["{ this is no JSON", "{}", json.dumps({"url": "https://nothing.example/"})]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path, len(rows)


@pytest.fixture(scope="session")
def extracted(folder, pages):
    return run(folder, "extract", pages[0])


@pytest.fixture(scope="session")
def deduplicated(folder, extracted):
    return run(folder, "dedup", extracted[0])


def golden_pages():
    """All pages of tests/golden, folders and scripts, under addresses with blanks."""
    sys.path.insert(0, str(ROOT / "tests/golden"))
    fields, languages, pagetypes, charsets = map(importlib.import_module, ("fields", "languages", "pagetypes", "charsets"))
    for case in sorted((ROOT / "tests/golden").glob("*/page.html")):
        yield {"html": case.read_text("utf-8", "replace")}
    for _, head, between, _ in fields.CASES:
        yield {"html": fields.page(head, between)}
    for module in (languages, pagetypes):
        for _, html, _ in module.cases():
            yield {"html": html}
    for _, body, kind, _ in charsets.cases():
        yield {"bodyBase64": base64.b64encode(body).decode(), "contentType": kind}


def test_articles_of_the_golden_pages_are_valid(folder):
    source = folder / "golden.ndjson"
    rows = [json.dumps({"url": f" https://gazette.example/a page/{i} ", **page}) for i, page in enumerate(golden_pages())]
    source.write_text("\n".join(rows) + "\n", encoding="utf-8")
    _, articles, dead = run(folder, "extract", source)
    assert len(rows) > 700 and len(articles) + len(dead) == len(rows) and not dead
    for line in articles:
        expect("article", json.loads(line))


def test_raw_pages_of_the_samples_are_valid():
    for page in raw_pages():
        expect("raw-page", page)


def test_every_raw_page_ends_as_an_article_or_a_dead_letter(pages, extracted):
    _, articles, dead = extracted
    assert len(articles) + len(dead) == pages[1]
    assert len(dead) >= 3 and len(articles) >= 30


def test_extract_writes_valid_articles(extracted):
    for line in extracted[1]:
        expect("news.article", line)


def test_extract_writes_valid_dead_letters(extracted):
    for line in extracted[2]:
        expect("dead-letter", line)


def test_dedup_writes_valid_verdicts(extracted, deduplicated):
    kinds = []
    for line in deduplicated[1]:
        status = json.loads(line)["duplicate"]["status"]
        kinds.append("alias" if status == "alias" else "unique" if status in ("unique", "revision") else "duplicate")
        expect(kinds[-1], line)
    assert sum(kind != "alias" for kind in kinds) + len(deduplicated[2]) == len(extracted[1])
    assert {"unique", "duplicate"} <= set(kinds)


def test_dedup_leaves_the_article_as_it_was(extracted, deduplicated):
    before = {}
    for line in extracted[1]:
        before.setdefault(json.loads(line)["id"], []).append(json.loads(line))
    for line in deduplicated[1]:
        after = json.loads(line)
        if after.pop("duplicate")["status"] != "alias":
            assert after in before[after["id"]]


def test_tag_writes_valid_messages(folder, extracted):
    """Over extract's articles with a verdict put in, so that the test stands by itself."""
    source = folder / "unique.ndjson"
    rows = [json.loads(line) for line in extracted[1]]
    source.write_text("".join(json.dumps({**row, "duplicate": {"status": "unique", "story": row["id"]}}, ensure_ascii=False) + "\n" for row in rows),
                      encoding="utf-8")
    _, tagged, dead = run(folder, "tag", source)
    assert len(tagged) == len(rows) and not dead
    for row, line in zip(rows, tagged):
        expect("news.tagged", line)
        after = json.loads(line)
        assert {name: after[name] for name in row} == row
    assert any(json.loads(line)["entities"] for line in tagged) and any(json.loads(line)["times"] for line in tagged)


def test_output_of_one_stage_is_no_message_of_another(extracted):
    assert check("news.tagged", extracted[1][0]) and check("news.page", extracted[1][0])


def test_a_topic_of_something_else_becomes_dead_letters_not_tagged_messages(folder, pages):
    path, count = pages
    _, lines, dead = run(folder, "tag", path)
    assert lines == []
    assert len(dead) == count and {json.loads(line)["code"] for line in dead} <= {"not_an_article", "json_syntax"}
