#!/usr/bin/env python3
"""The forms that stages/tag/train/sources.py reads: small corpora of our own become the articles that they should.

    annotated.py SOURCES_PY
"""
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

UNER = """\
# newdoc id = a
# sent_id = a-1
# text = “Rivermouth wins,” Lena Osei said.
1\t“\tO\t-\t-
2\tRivermouth\tB-LOC\t-\tx
3\twins\tO\t-\t-
4\t,\tO\t-\t-
5\t”\tO\t-\t-
6\tLena\tB-PER\t-\tx
7\tOsei\tI-PER\t-\tx
8\tsaid\tO\t-\t-
9\t.\tO\t-\t-

# sent_id = a-2
# text = It's the Harbour Cup.
1-2\tIt's\t_\t_\t_
1\tIt\tO\t-\t-
2\t's\tO\t-\t-
3\tthe\tO\t-\t-
4\tHarbour\tB-OTH\t-\tx
5\tCup\tI-OTH\t-\tx
6\t.\tO\t-\t-

# newdoc id = b
# sent_id = b-1
# text = Nothing here.
1\tNothing\tO\t-\t-
2\thereX\tO\t-\t-

"""

COLUMNS = """\
-DOCSTART- -X- O

The O
Amber B-politicalparty
Party I-politicalparty
( O
AP B-politicalparty
) O
won O
. O

Tovia B-country
"""

DWIE = [{"title": "x", "sents": [["Port", "-", "Lune", "waits", "\n", "\n", "`", "`", "President", "Ana", "Okoro", "'s", "bees", "`", "."]], "vertexSet": [
    [{"name": "Port-Lune", "pos": [0, 3], "sent_id": 0, "type": "type::location"}],
    [{"name": "President", "pos": [8, 9], "sent_id": 0, "type": "type::role"}],
    [{"name": "Okoro", "pos": [10, 11], "sent_id": 0, "type": "type::misc"},
     {"name": "Ana Okoro", "pos": [9, 11], "sent_id": 0, "type": "type::person"}],
    [{"name": "bees", "pos": [12, 13], "sent_id": 0, "type": "type::misc"}]]}]

FINER = """\
gold_label,gold_token,doc_idx,sent_idx
5,Hexabank,4,0
6,Group,4,0
5,Loam,4,0
0,rose,4,0
0,.,4,0
0,Good,4,1
0,.,4,1
3,Tovia,7,0
"""

LINES = "It rained.\n\nRain fell. \nIt rained.\nIt stopped.\n"

STORIES = 'category\theadline\ttext\turl\nweather\tRain in Tovia\t"It rained.\nIt ""poured""."\thttps://news.example/1\n'

CASES = {
    "uner": (UNER, None),
    "columns": (COLUMNS, [
        ("The Amber Party (AP) won.", ["Amber Party/politicalparty", "AP/politicalparty"]),
        ("Tovia", ["Tovia/country"])]),
    # a hyphen joins, a paragraph parts, the longest mention stands, roles and kinds of animals are no names
    "dwie": (json.dumps(DWIE), [
        ("Port-Lune waits\n\n` ` President Ana Okoro's bees `.", ["Port-Lune/location", "Ana Okoro/person"])]),
    "finer": (FINER, [
        ("Hexabank Group Loam rose. Good.", ["Hexabank Group/ORG", "Loam/ORG"]),
        ("Tovia", ["Tovia/LOC"])]),
    "lines": (LINES, [("It rained.\nRain fell.\nIt stopped.", [])]),
    "stories": (STORIES, [("Rain in Tovia\n\nIt rained.\nIt \"poured\".", [])]),
}


def convert(script, form, text):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write(text)
        file.flush()
        return subprocess.run([sys.executable, script, form, file.name], capture_output=True)


def articles(done):
    rows = [json.loads(line) for line in gzip.decompress(done.stdout).decode().splitlines()]
    for row in rows:
        for start, end in row["sents"]:
            assert row["text"][start:end].strip() == row["text"][start:end], row
    return [(row["text"], [row["text"][e["start"]:e["end"]] + "/" + e["type"] for e in row["entities"]]) for row in rows]


def main():
    script = sys.argv[1]
    bad = 0
    for form, (text, wanted) in CASES.items():
        done = convert(script, form, text)
        if wanted is None:  # a word that isn't in its sentence is an error, not a wrong place
            if done.returncode == 0:
                bad += 1
                print(f"{form}: the word that isn't in its sentence was taken")
            text = text.replace("hereX", "here")
            wanted = [("“Rivermouth wins,” Lena Osei said. It's the Harbour Cup.", ["Rivermouth/LOC", "Lena Osei/PER"]), ("Nothing here.", [])]
            done = convert(script, form, text)
        got = articles(done) if done.returncode == 0 else done.stderr.decode()
        if got != wanted:
            bad += 1
            print(f"{form}: got {got}\n{' ' * len(form)}  not {wanted}")
        if convert(script, form, text).stdout != done.stdout:
            bad += 1
            print(f"{form}: the same input made other bytes")
    print(f"{len(CASES)} forms, {bad} wrong")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
