#!/usr/bin/env python3
"""What the worst articles cost copydesk-tag: seeded texts that are nasty in one way each.

    hostile.py [--bin DIR] [--bytes N] [--seed N] [--only NAME]

Prints a row per text: CPU seconds beyond the program's start, how they grew from half the size, peak memory, how the article ended. What must
hold: 3 s for 1 MB, and no more than three times the seconds for twice the text. Exit code 1 if one is broken. Python standard library only.
"""
import argparse
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from hostility import WORDS, cost, prose, repeat  # noqa: E402


def articles(rnd, size):
    """(name, text)"""
    name = lambda: f"{rnd.choice(WORDS).title()} {rnd.choice('BCDFGHKLMNPRST')}" + "".join(rnd.choice("aeiourstln") for _ in range(6))
    cjk = lambda count: "".join(chr(rnd.randrange(0x4E00, 0x9000)) for _ in range(count))
    yield "capitals", repeat(lambda: prose(rnd, 12).upper(), size)
    yield "one-letter sentences", "A. " * (size // 3)
    yield "one-letter words", "a b c d e " * (size // 10)
    yield "different names", repeat(lambda: f"{name()} spoke. ", size)
    yield "full names", repeat(lambda: f"{name()} {name()} of {name()} met {name()}. ", size)
    yield "one name", "Ana Smith spoke. " * (size // 17)
    yield "one name alone", "Ana Smith " * (size // 10)
    yield "one surname after", "Ana Smith spoke. " + "Smith spoke. " * (size // 13)
    yield "same surname", repeat(lambda: f"{name().split()[1]} Smith spoke. Smith left. ", size)
    yield "numbers", repeat(lambda: f"{rnd.randrange(10**6)} ", size)
    yield "amounts", repeat(lambda: f"${rnd.randrange(10**6)} million, {rnd.randrange(99)}%, {rnd.randrange(99)} km. ", size)
    yield "dates", repeat(lambda: f"{rnd.randrange(1, 29)} March {rnd.randrange(1990, 2025)}, ", size)
    yield "relative dates", "last Monday next week tomorrow at 10 a.m. " * (size // 42)
    yield "ranges of dates", "3-5 March to 7 April 2020 - 9 May until " * (size // 40)
    yield "quotes", "\u201c\"'\u2018" * (size // 8)
    yield "nested brackets", "(" * (size // 4) + "x" + ")" * (size // 4) + "[" * (size // 4) + "]" * (size // 4)
    yield "brackets of names", "(Ana (Smith (Lind [Roth " * (size // 24)
    yield "CJK", cjk(size // 3)
    yield "CJK sentences", repeat(lambda: cjk(20) + "。", size // 3)
    yield "one word", "x" * size
    yield "one capital word", "X" * size
    yield "hyphens", "Ana-Lind-" * (size // 9)
    yield "apostrophes", "O'Neil's'" * (size // 9)
    yield "points", "U.S." * (size // 4)
    yield "dots", "." * size
    yield "places", repeat(lambda: rnd.choice(["Paris, Texas, ","London, Ontario, ","Geneva, Illinois, ","Springfield, ","Lagos, Nigeria. "]), size)
    yield "acronyms", repeat(lambda: f"{name()} {name()} ({''.join(rnd.choice('ABCDEFG') for _ in range(3))}) ", size)
    yield "spelled acronyms", "a small yellow fish (ASYF) " * (size // 27)
    yield "appositions", "Orla, the the the the the the the firm of " * (size // 42)
    yield "parts of a name", "Ana Lind Roth Orla Vena Coro Lunde Tarsk spoke. " + "ana, Ana Lind Roth Orla Vena Coro, " * (size // 35)
    yield "list of places", "Paris, Geneva, Lagos, London, Orla, " * (size // 36)
    yield "organisations", repeat(lambda: f"{name()} Council and {name()} University Inc. ", size)
    yield "titles", "President Minister Chairman Dr. Mr. " * (size // 36)
    yield "and chains", "Ana Smith and " * (size // 14)
    yield "of chains", "Bank of Ministry of " * (size // 20)
    yield "lines", "x\n\n" * (size // 3)
    yield "Title Case", repeat(lambda: prose(rnd, 9).title(), size)
    yield "combining marks", "a" + "\u0301" * (size // 2)
    yield "prose", repeat(lambda: prose(rnd, 14), size)
    yield "emoji", "\U0001F600 " * (size // 5)
    yield "number words", "twenty-one hundred and three million five thousand " * (size // 50)


def tag_cost(program, text, work):
    article = {"id": "a", "url": "https://gazette.example/a", "fetchedAt": "2024-01-02T12:00:00Z", "pageType": "article", "headline": "A headline",
               "articleBody": text, "inLanguage": {"tag": "en", "confidence": 0.99}, "duplicate": {"status": "unique", "story": "a"}}
    return cost(program, article, work)


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--bin", type=Path, default=ROOT / "build/release/bin")
    cli.add_argument("--bytes", type=int, default=1_000_000)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--only", default="")
    args = cli.parse_args()
    program, broken = args.bin / "copydesk-tag", 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        start = min(tag_cost(program, "A line.", work)[0] for _ in range(5))
        print(f"start {start * 1000:.0f} ms, subtracted below\n{'article':24}{'MB':>6}{'tag s':>8}{'growth':>8}{'MiB':>6}")
        for (title, text), (_, half) in zip(articles(random.Random(args.seed), args.bytes), articles(random.Random(args.seed), args.bytes // 2)):
            if args.only not in title:
                continue
            smaller, (seconds, peak, dead) = tag_cost(program, half, work)[0] - start, tag_cost(program, text, work)
            seconds, megabytes = seconds - start, len(text.encode()) / 1e6
            growth = seconds / max(smaller, 0.001)
            verdict = [word for word, is_so in (("OVER 3 S A MB", seconds > 3 * max(megabytes, 0.1)), ("NOT LINEAR", seconds > 0.1 and growth > 3),
                                                ("DEAD", dead)) if is_so]
            broken += bool(verdict)
            print(f"{title:24}{megabytes:6.2f}{seconds:8.3f}{growth:8.1f}{peak:6.0f}  {f'dead: {dead}' if dead else 'emitted'} {' '.join(verdict)}", flush=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
