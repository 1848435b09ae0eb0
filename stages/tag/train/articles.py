"""Articles as the transformer of teacher.py reads them: words, how they are written, what they are labelled; and the names that labels say.

Standard library only; a tokenizer is anything like tokenizers.Tokenizer.
"""
import bisect
import re

TYPES = ["Person", "Organization", "Location", "Facility", "NORP", "Product", "Misc"] # as worldwide's articles call them
SAID = dict(person=0, organization=1, place=2, facility=3, nationality=4, product=5) # what copydesk-tag calls otherwise is Misc
# labels: 0 is none; a name of type t is 1 + 4t if it is one word, else its first is 2 + 4t, its last 4 + 4t, what is between 3 + 4t
LABELS = 1 + 4 * len(TYPES)
UNSAID = LABELS
WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:\.[^\W_]+)*|\S")
ABBREVIATION = re.compile(r"(?:[A-Za-z]\.){2,}")
LOOKS = 12
WINDOW = 158 # subwords that are read at once
SURE = 0.5   # of a label that is believed


def look(word, first):
    """How a word is written; a capital says less where a sentence begins."""
    if word.isalpha():
        if word.islower():
            return 1
        if len(word) == 1:
            return 2 + first
        if word.isupper():
            return 4
        return 5 + first if word[1:].islower() else 7
    if word.isdigit():
        return 8
    if any(c.isalnum() for c in word):
        return 9 if any(c.isdigit() for c in word) else 10
    return 11


class Article:
    """An article's words: where they are, what they look like, their subwords, what they are, and what the tagger took them for."""

    def __init__(self, name, text, tokenizer):
        self.name, self.text = name, text
        self.spans = [match.span() for match in WORD.finditer(text)]
        self.starts, self.ends = [s for s, _ in self.spans], [e for _, e in self.spans]
        words = [text[s:e] for s, e in self.spans]
        self.first = [self.begins_sentence(i) for i in range(len(words))]
        self.looks = list(map(look, words, self.first))
        self.subwords = [[] for _ in words]
        if words:
            encoded = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
            for piece, word in zip(encoded.ids, encoded.word_ids):
                self.subwords[word].append(piece)
        unknown = [tokenizer.token_to_id("[UNK]")]
        self.subwords = [pieces[:12] or unknown for pieces in self.subwords]
        self.labels, self.said = [0] * len(words), [UNSAID] * len(words)

    def begins_sentence(self, i):
        if i == 0 or "\n" in self.text[self.ends[i - 1]:self.starts[i]]:
            return True
        before = self.text[self.ends[i - 1] - 1]
        if before in ".!?":
            return self.ends[i - 1] < self.starts[i] and not ABBREVIATION.fullmatch(self.text, *self.spans[i - 1])
        return before in "\"“”'‘" and i > 1 and self.text[self.ends[i - 2] - 1] in ".!?,:"

    def mark(self, labels, start, end, kind):
        """The name in text[start:end] among the labels, unless it has a word of another one."""
        first, last = bisect.bisect_right(self.ends, start), bisect.bisect_left(self.starts, end)
        while first + 1 < last and self.text[slice(*self.spans[first])].lower() in ("the", "a", "an"):
            first += 1
        if last - first > 1 and self.text[slice(*self.spans[last - 1])] == "s" and self.text[self.ends[last - 2] - 1] in "'’":
            last -= 2
        if first < last and not any(labels[first:last]):
            labels[first:last] = [1 + 4 * kind] if last - first == 1 else [2 + 4 * kind] + [3 + 4 * kind] * (last - first - 2) + [4 + 4 * kind]

    def hear(self, row):
        """Takes what copydesk-tag said of this article."""
        self.said = [0] * len(self.spans)
        for entity in row.get("entities", ()):
            for mention in entity["mentions"]:
                self.mark(self.said, mention["start"], mention["end"], SAID.get(entity["type"], 6))

    def windows(self, offset=0):
        """Cuts the article where sentences begin, so that a window has at most WINDOW subwords, the first one `offset` less."""
        out, begin, cut, used, limit = [], 0, 0, 0, WINDOW - offset
        for i, pieces in enumerate(self.subwords):
            if self.first[i]:
                cut = i
            if used + len(pieces) > limit and i > begin:
                at = cut if cut > begin else i
                out.append((self, begin, at))
                begin, limit = at, WINDOW
                used = sum(len(p) for p in self.subwords[begin:i])
            used += len(pieces)
        return out + [(self, begin, len(self.spans))] * (begin < len(self.spans))


def may_follow(before, label):
    """Whether a word with `label` may stand behind one with `before`; a name that was begun goes on until its last word."""
    if before and (before - 1) % 4 in (1, 2):
        return label > 0 and (label - 1) // 4 == (before - 1) // 4 and (label - 1) % 4 in (2, 3)
    return label == 0 or (label - 1) % 4 in (0, 1)


def name_end(labels, first):
    """The last word of the name that begins there; the word itself where none does."""
    last = first
    while labels[last] and (labels[last] - 1) % 4 in (1, 2):
        last += 1
    return last


def labelled(article, path, chances):
    """The article with the names of a path of labels, for tag-train; `chances` are those of its labels, by word. Of a name with a chance below
    SURE the tagger says what it is, if it has the same words for one."""
    entities, unsure, said, first = [], [], article.said, 0
    while first < len(path):
        last = name_end(path, first)
        span, name = {"start": article.starts[first], "end": article.ends[last]}, path[first]
        if min(chances[first:last + 1]) < SURE:
            agreed = said[first] and (said[first] - 1) % 4 < 2 and name_end(said, first) == last
            name = said[first] if agreed else 0
            if not agreed:
                unsure.append(span)
        if name:
            entities.append({**span, "type": TYPES[(name - 1) // 4]})
        first = last + 1
    return {"id": article.name, "text": article.text, "entities": entities, "unsure": unsure}
