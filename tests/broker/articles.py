"""Articles out of invented sentences, for tests of the index and of the order of reading."""
import json
import random

WORDS = ("harbour council ferry budget school bridge winter storm minister company union court police museum river market rail road plan vote "
         "report season night morning island village fire rescue train airport hospital tax trade farm energy water forest border festival").split()


def sentence(rng, count):
    return " ".join(rng.choice(WORDS) + rng.choice(["", "s", "ing", "ed"]) for _ in range(count)).capitalize() + "."


def complete(article):
    """With all that the schema asks of an article."""
    blocks, at = [], 0
    for paragraph in article["articleBody"].split("\n\n"):
        blocks.append({"kind": "paragraph", "start": at, "end": at + len(paragraph)})
        at += len(paragraph) + 2
    return {**article, "author": [], "keywords": [], "image": [], "blocks": blocks, "wordCount": len(article["articleBody"].split()),
            "extraction": {"mode": "html", "confidence": 1, "removed": {}}}


def crowd(seed, stories, partitions):
    """Messages of articles whose copies, edited copies, extended ones and revisions lie side by side, in other partitions, some at the same
    millisecond, some a little before what their partition had already; each host ends its articles with a line of its own."""
    rng = random.Random(seed)
    made = []
    for n in range(stories):
        body = [sentence(rng, rng.randint(15, 40)) for _ in range(rng.randint(3, 7))]
        headline, at = sentence(rng, 7), n * 40
        for version in range(rng.choice([1, 1, 2, 3, 6])):  # 0 is the first; its address is the revisions' too
            paragraphs, kind = list(body), rng.randrange(4) if version else 0
            if kind == 1:
                edited = " ".join(paragraphs).split(" ")
                for _ in range(len(edited) // 15):
                    edited[rng.randrange(len(edited))] = rng.choice(WORDS)
                paragraphs = [" ".join(edited)]
            elif kind == 2:
                paragraphs.append(sentence(rng, 25))
            host, serial = (rng.randrange(9), version) if version and kind != 3 else (n % 9, 0)
            if kind == 3:
                paragraphs.append(sentence(rng, 12))
            paragraphs.append(f"Paper number {host} is printed every morning and can be had at the harbour.")
            article = complete({"id": f"a{n}-{version}", "url": f"https://www.paper{host}.example/{n}-{serial}",
                                "fetchedAt": "2026-11-20T08:00:00Z", "pageType": "article", "headline": headline, "articleBody": "\n\n".join(paragraphs)})
            made.append({"key": article["id"], "value": json.dumps(article), "partition": rng.randrange(partitions),
                         "timestamp": 1700000000000 + at + rng.randrange(120) // 4 * 4})
    made.sort(key=lambda m: m["timestamp"] + rng.randrange(80))
    return made
