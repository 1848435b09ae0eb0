#!/usr/bin/env python3
"""Writes annotated corpora, as their publishers give them, in the form that tag-train reads (gzipped JSON lines on standard output).

    sources.py FORM FILE... >NAME.jsonl.gz

FORM is one of
    uner      Universal NER: CoNLL-U comments, then number, word, tag; articles by "# newdoc"
    columns   CoNLL: the word in the first column, the tag in the last; each sentence is an article
    dwie      DWIE in DocRED's form: words, and the mentions of each entity with their types
    finer     FiNER-ORD: label, word, number of the article, number of the sentence
    stories   MasakhaNEWS: articles without names, as plain text; a table with headline and text
    lines     LAFAND-MT, English: a sentence a line in the order of articles whose ends are lost; plain text, too

Where the text as it was is lost, words are joined as English is written. Standard library only.
"""
import csv
import gzip
import itertools
import json
import re
import sys

NO_SPACE_BEFORE = re.compile(r"^([.,;:!?%)\]}]|\.\.\.|['’](s|S|re|ve|ll|d|m|t)?|n['’]t|N'T)$")
QUOTES = {"``": '"', "''": '"', "“": '"', "”": '"', "‘": "'"}
NO_SPACE_AFTER = ("(", "[", "{", "$", "£", "€", "#")


class Article:
    """Text and names of an article, sentence by sentence."""

    def __init__(self):
        self.text, self.entities, self.sentences = "", [], []

    def add(self, text, spans, tags, between=" "):
        """A sentence, where each word is in it, and the words' tags in BIO or IO."""
        if self.text:
            self.text += between
        at = len(self.text)
        self.text += text
        self.sentences.append([at, len(self.text)])
        before = None
        for (start, end), tag in zip(spans, tags):
            mark, _, kind = tag.partition("-")
            if not kind:
                before = None
                continue
            if mark == "I" and before == kind:
                self.entities[-1]["end"] = at + end
            else:
                self.entities.append({"start": at + start, "end": at + end, "type": kind})
            before = kind

    def row(self, name):
        return {"id": name, "text": self.text, "entities": self.entities, "sents": self.sentences}


def join(words):
    """The sentence of these words, and where each is in it. A hyphen that was cut off is put between its words again."""
    text, spans, tight, quoted = "", [], True, {'"': False, "'": False}
    for i, word in enumerate(words):
        word = QUOTES.get(word, word)
        after = False
        if word in quoted and (quoted[word] or word == '"' or not words[i - 1].endswith("s") or i == 0):
            quoted[word] = after = not quoted[word]
            space = after and not tight
        elif word in ("-", "/"):
            after = bool(text) and text[-1].isalnum() and i + 1 < len(words) and words[i + 1][0].isalnum()
            space = not after and not tight
        else:
            space = not tight and not NO_SPACE_BEFORE.match(word)
            after = word in NO_SPACE_AFTER
        text += " " if space else ""
        spans.append((len(text), len(text) + len(word)))
        text += word
        tight = after
    return text, spans


def find(text, words):
    """Where each word is in a sentence that is known."""
    spans, at = [], 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans


def uner(path):
    article, text, words, tags = None, None, [], []
    with open(path, encoding="utf-8") as lines:
        for line in map(str.rstrip, lines):
            if line.startswith("# newdoc"):
                if article:
                    yield article
                article = Article()
            elif line.startswith("# text = "):
                text = line[len("# text = "):]
            elif line and not line.startswith("#"):
                number, word, tag = line.split("\t")[:3]
                if number.isdigit():
                    words.append(word)
                    tags.append("O" if tag.endswith("-OTH") else tag)
            elif not line and words:
                article.add(text, find(text, words), tags)
                words, tags = [], []
    if article:
        yield article


def columns(path):
    words, tags = [], []
    with open(path, encoding="utf-8") as lines:
        for line in [*lines, ""]:
            parts = line.split()
            if parts and parts[0] != "-DOCSTART-":
                words.append(parts[0])
                tags.append(parts[-1])
            elif words:
                article = Article()
                article.add(*join(words), tags)
                yield article
                words, tags = [], []


def dwie(path):
    """Times, roles and sums aren't names; nor are kinds of animals, which stand in small letters."""
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    for row in rows:
        article = Article()
        for number, words in enumerate(row["sents"]):
            tags = ["O"] * len(words)
            mentions = [m for entity in row["vertexSet"] for m in entity if m["sent_id"] == number]
            for mention in sorted(mentions, key=lambda m: m["pos"][0] - m["pos"][1]): # the longest first
                first, last = mention["pos"]
                kind = mention["type"].removeprefix("type::")
                if kind in ("time", "role", "money") or mention["name"].islower() or set(tags[first:last]) != {"O"}:
                    continue
                tags[first:last] = ["B-" + kind] + ["I-" + kind] * (last - first - 1)
            start = 0
            for end in [i for i, word in enumerate(words) if word.isspace()] + [len(words)]:
                if end > start:
                    article.add(*join(words[start:end]), tags[start:end], "\n\n")
                start = end + 1
        yield article


def finer(path):
    labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
    with open(path, encoding="utf-8", newline="") as lines:
        for _, rows in itertools.groupby(csv.DictReader(lines), lambda row: row["doc_idx"]):
            article = Article()
            for _, words in itertools.groupby(rows, lambda row: row["sent_idx"]):
                words = [(row["gold_token"], labels[int(float(row["gold_label"]))]) for row in words if row["gold_token"].strip()]
                if words:
                    article.add(*join([word for word, _ in words]), [label for _, label in words])
            yield article


def stories(path):
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            article = Article()
            article.text = row["headline"] + "\n\n" + row["text"]
            yield article


def lines(path):
    """Thirty sentences make an article; what another file has, too, is left out."""
    with open(path, encoding="utf-8") as rows:
        new = [line for line in dict.fromkeys(map(str.strip, rows)) if line and line not in SEEN]
    SEEN.update(new)
    for at in range(0, len(new), 30):
        article = Article()
        article.text = "\n".join(new[at:at + 30])
        yield article


SEEN = set() # lines of the files before
FORMS = {"uner": uner, "columns": columns, "dwie": dwie, "finer": finer, "stories": stories, "lines": lines}


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in FORMS:
        sys.exit(__doc__)
    form = FORMS[sys.argv[1]]
    # no time and no name in the header, so that the same input makes the same bytes
    with gzip.GzipFile("", "wb", 9, sys.stdout.buffer, mtime=0) as out:
        count = 0
        for path in sys.argv[2:]:
            for article in form(path):
                if article.text:
                    out.write(json.dumps(article.row(f"{sys.argv[1]}-{count}"), ensure_ascii=False).encode() + b"\n")
                    count += 1


if __name__ == "__main__":
    main()
