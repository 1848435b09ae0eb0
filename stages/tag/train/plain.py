#!/usr/bin/env python3
"""Prints the articles of JSON-lines files (gzipped; members "headline" and "text") as plain text parted by form feeds, for tag-clusters.

    plain.py FILE.jsonl.gz...
"""
import gzip
import json
import sys


def main():
    for path in sys.argv[1:]:
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                sys.stdout.write("".join(part + "\n\n" for part in (row.get("headline"), row["text"]) if part) + "\f")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
