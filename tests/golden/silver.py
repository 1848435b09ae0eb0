#!/usr/bin/env python3
"""How the transformer's articles are read and written (stages/tag/train/articles.py): words, marks, windows, and which names are believed.

    silver.py DIR_OF_ARTICLES_PY
"""
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv.pop(1))
import articles  # noqa: E402 (the folder comes from the command line)


class Pieces:
    """A tokenizer that cuts words into pieces of four letters."""

    def encode(self, words, **_):
        cut = [(n, word[i:i + 4]) for n, word in enumerate(words) for i in range(0, len(word), 4)]
        self.ids, self.word_ids = [len(piece) for _, piece in cut], [n for n, _ in cut]
        return self

    def token_to_id(self, _):
        return 0


def article(text, *said):
    """An article; what the tagger said of it as (name, type)."""
    made = articles.Article("a", text, Pieces())
    entities = [{"type": kind, "mentions": [{"start": text.index(name), "end": text.index(name) + len(name)}]} for name, kind in said]
    made.hear({"entities": entities})
    return made


def path_of(made, *names):
    """Labels with these names, as (name, type)."""
    labels = [0] * len(made.spans)
    for name, kind in names:
        made.mark(labels, made.text.index(name), made.text.index(name) + len(name), articles.TYPES.index(kind))
    return labels


class Silver(unittest.TestCase):
    def names(self, made, path, chances):
        row = articles.labelled(made, path, chances)
        cut = lambda spans: [made.text[x["start"]:x["end"]] for x in spans]
        return list(zip(cut(row["entities"]), [x["type"] for x in row["entities"]])), cut(row["unsure"])

    def test_words_and_sentences(self):
        made = article("Ana met J.R. Obi. \"Go,\" she said.\nThen 12 left")
        words = [made.text[s:e] for s, e in made.spans]
        self.assertEqual(words, ["Ana", "met", "J.R.", "Obi", ".", '"', "Go", ",", '"', "she", "said", ".", "Then", "12", "left"])
        self.assertEqual([word for word, first in zip(words, made.first) if first], ["Ana", '"', "Go", "she", "Then"])

    def test_marks_lose_article_and_possessive(self):
        made = article("said the Amber Bank's head")
        self.assertEqual(path_of(made, ("the Amber Bank's", "Organization")), [0, 0, 2 + 4, 4 + 4, 0, 0, 0])

    def test_the_first_of_nested_marks_stands(self):
        made = article("Amber Bank")
        self.assertEqual(path_of(made, ("Amber Bank", "Organization"), ("Amber", "Person")), [6, 8])

    def test_windows_end_where_sentences_begin(self):
        made = article("\n".join(["aaaabbbb cccc"] * 100))  # three pieces a sentence
        windows = made.windows(offset=50)
        sizes = [sum(map(len, made.subwords[begin:end])) for _, begin, end in windows]
        self.assertEqual(sizes, [108, 156, 36])
        self.assertEqual([begin for _, begin, _ in windows], [0] + [end for _, _, end in windows][:-1])
        self.assertTrue(all(made.first[begin] for _, begin, _ in windows))

    def test_names_end_before_others_begin(self):
        begun, ended = 2 + 4 * 1, 4 + 4 * 1
        self.assertFalse(articles.may_follow(begun, 0))
        self.assertTrue(articles.may_follow(begun, ended))
        self.assertFalse(articles.may_follow(begun, 4 + 4 * 2))
        self.assertFalse(articles.may_follow(0, ended))
        self.assertTrue(articles.may_follow(ended, begun))

    def test_what_is_sure_is_believed(self):
        made = article("so Amber Bank paid", ("Amber Bank", "person"))
        self.assertEqual(self.names(made, path_of(made, ("Amber Bank", "Organization")), [0.9, 0.6, 0.6, 0.9]), ([("Amber Bank", "Organization")], []))

    def test_what_is_unsure_is_the_taggers_word_for_the_same_words(self):
        made = article("so Amber Bank paid", ("Amber Bank", "person"))
        self.assertEqual(self.names(made, path_of(made, ("Amber Bank", "Organization")), [0.9, 0.9, 0.4, 0.9]), ([("Amber Bank", "Person")], []))

    def test_what_is_unsure_and_disputed_may_be_anything(self):
        made = article("so Amber Bank paid", ("Bank", "organization"))
        self.assertEqual(self.names(made, path_of(made, ("Amber Bank", "Organization")), [0.4, 0.9, 0.4, 0.9]), ([], ["so", "Amber Bank"]))


if __name__ == "__main__":
    unittest.main()
