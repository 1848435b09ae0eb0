"""Labelled articles: rows of NDJSON, plain or gzipped, and the message that each of them is."""
import gzip
import json
import time


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def article(row):
    """The text's first paragraph is the headline, unless the row has one."""
    head, _, body = row["text"].partition("\n\n")
    if "headline" in row:
        head, body = row["headline"], row["text"]
    elif not body:
        head, body = "", row["text"]
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(row["ts"]))
    return {"id": row["id"], "url": row["url"], "fetchedAt": when, "pageType": "article", "headline": head, "articleBody": body}
