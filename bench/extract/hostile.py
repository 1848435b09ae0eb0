#!/usr/bin/env python3
"""What the worst pages cost: seeded pages that are nasty in one way each, against libxml2's bare parse of the same bytes.

    hostile.py [--bin DIR] [--bytes N] [--seed N] [--flat PAGES] [--only NAME]

Prints a row per page: CPU seconds of copydesk-extract beyond its start, how they grew from half the size, its peak of memory (this program's own
at the least), the seconds of libxml2's parse, their ratio, and the limits that hold (10 times the parse; at 2 MB 1 s and 300 MiB; three times the
seconds for twice the page). Exit code 1 if one is broken. --flat runs that many ordinary pages through one process and prints its resident
memory at ten points. Python standard library; the parse needs cc and libxml2's headers. Pages that libxml2 gives up early (its 10 MB and
256 level limits) are parsed with XML_PARSE_HUGE. A page's time is the best of three (of one where it is past half a second): noise only ever adds.
"""
import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from hostility import WORDS, cost, prose, repeat  # noqa: E402

PARSE = r"""
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int main(int argc, char **argv)
{
	FILE *file = fopen(argv[1], "rb");
	fseek(file, 0, SEEK_END);
	long size = ftell(file);
	rewind(file);
	char *page = malloc(size + 1);
	size = fread(page, 1, size, file);
	xmlInitParser();
	double best = 1e9;
	for (int i = 0; i < 3 && (i == 0 || best < 0.5); i++) {
		struct timespec a, b;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
		htmlDocPtr doc = htmlReadMemory(page, size, NULL, "utf-8", 1 << 19 | HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
		if (doc)
			xmlFreeDoc(doc);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
		double seconds = b.tv_sec - a.tv_sec + (b.tv_nsec - a.tv_nsec) / 1e9;
		best = seconds < best ? seconds : best;
	}
	printf("%f\n", best);
}
"""


def name(rnd):
    return f"{rnd.choice(WORDS).title()} {rnd.choice(WORDS).title()}{rnd.randrange(10**5):x}"


def page(body):
    return f"<html><head><title>A page</title></head><body><h1>A headline of a page</h1>{body}</body></html>"


def threes(rnd, size):
    """Lists of three lists, down to sentences."""
    return [threes(rnd, size // 3) for _ in range(3)] if size > 300 else prose(rnd, size // 5)


def hostile_pages(rnd, size):
    """(name, field, text): field is html or text."""
    def html(name, body):
        return name, "html", page(body)
    names = ["div", "p", "span", "a", "li", "ul", "td", "tr", "table", "b", "i", "section", "article", "h2", "form", "button", "option"]
    unclosed = lambda: f"<{rnd.choice(names)}>" + rnd.choice(WORDS)
    yield html("deep divs", "<div>" * (size // 5))
    yield html("deep unknown elements", "<x-y>" * (size // 5))
    yield html("deep formatting", repeat(lambda: "<b><i><font>", size))
    yield html("unclosed tags", repeat(unclosed, size))
    yield html("ends without starts", repeat(lambda: f"</{rnd.choice(names)}>", size))
    yield html("attribute flood", "<div " + repeat(lambda: f"a{rnd.randrange(10**6)}=v ", size) + ">text</div>")
    yield html("same attribute", "<div " + "class=a " * (size // 8) + ">text</div>")
    yield html("many attributes everywhere", repeat(lambda: "<p " + " ".join(f"a{i}=1" for i in range(60)) + ">x", size))
    yield html("long class lists", repeat(lambda: '<p class="' + "article-body related-links comment " * 30 + '">x', size))
    yield html("one huge class", '<p class="' + "teaser-" * (size // 7) + '">x')
    yield html("tiny elements", "<b>x</b>" * (size // 8))
    yield html("empty paragraphs", "<p>" * (size // 3))
    yield html("line breaks", "x<br>" * (size // 5))
    yield html("entities", "&amp;&lt;&#8217;&copy&notit;" * (size // 27))
    yield html("broken entities", "&" * size)
    yield html("long names of entities", repeat(lambda: "&" + "abcdefghij" * 3, size))
    yield html("bare signs", "< " * (size // 2))
    yield html("open tag that never ends", "<p " + "x" * size)
    yield html("open quotes", '<a href="' * (size // 9))
    yield html("open comments", "<!--" * (size // 4))
    yield html("dashes in a comment", "<!--" + "->" * (size // 2))
    yield html("huge script", "<script>" + repeat(lambda: 'var a = "<p>text</p>";\n', size) + "</script>")
    yield html("open scripts", "<script>x" * (size // 9))
    yield html("open raw elements", repeat(lambda: rnd.choice(["<svg>", "<template>", "<iframe>", "<xmp>", "<title>"]), size))
    yield html("script strings", "<script>" + repeat(lambda: '"' + prose(rnd, 60) + '",', size) + "</script>")
    yield html("script of backslashes", '<script>"' + "\\" * size + "</script>")
    yield html("JSON-LD of brackets", '<script type="application/ld+json">' + "[" * size + "</script>")
    yield html("JSON-LD of objects", '<script type="application/ld+json">[' + '{"@type":"NewsArticle","author":{"name":"x"}},' * (size // 47) + "{}]</script>")
    yield html("JSON-LD with a huge body", '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"' + prose(rnd, size // 5) + '"}</script>')
    yield html("many JSON-LD scripts", '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * (size // 68))
    yield html("JSON-LD of quotes", '<script type="application/ld+json">{"a":"' + '" "x, ' * (size // 6) + "</script>")
    yield html("JSON-LD of names", '<script type="application/ld+json">{' + '"a" ' * (size // 4) + "</script>")
    yield html("JSON-LD of open objects", '<script type="application/ld+json">' + '{"a":[' * 30 + "{,:}" * (size // 4) + "</script>")
    yield html("JSON-LD of references", '<script type="application/ld+json">{"@type":"NewsArticle","author":[' + ",".join('{"@id":"#a"}' for _ in range(size // 20)) + "]}</script>")
    yield html("payload of arrays", '<script type="application/json">' + "[" * 90 + '["a b c d e f g h i j k l m n o p q r s t u v w",[' * (size // 52) + "</script>")
    yield html("payload of nested threes", '<script type="application/json">' + json.dumps(threes(rnd, size)) + "</script>")
    yield html("payload of blocks", '<script type="application/json">[' + ('{"type":"p","children":[{"text":"' + prose(rnd, 20) + '"}]},') * (size // 150) + "1]</script>")
    yield html("hover texts", '<p>x <span class="tooltip-content">y</span>' * (size // 43))
    yield html("one line of prose", "<p>" + prose(rnd, size // 5))
    yield html("one word", "<p>" + "x" * size)
    yield html("paragraphs of prose", repeat(lambda: f"<p>{prose(rnd, 40)}", size))
    yield html("the same paragraph", f"<p>{prose(rnd, 40)}" * (size // 220))
    yield html("links", repeat(lambda: f'<a href="/{rnd.randrange(10**6)}">{prose(rnd, 4)}</a> ', size))
    yield html("nested lists", "<ul><li>x" * (size // 9))
    yield html("nested tables", "<table><tr><td>x" * (size // 16))
    yield html("table without rows' ends", "<table>" + "<tr><td>x" * (size // 9))
    yield html("pictures", '<figure><img src=a.jpg alt="A picture of a harbour"><figcaption>A picture of a harbour</figcaption></figure>' * (size // 110))
    yield html("bylines", "<p class=byline>By Ana Maria Smith</p>" * (size // 41))
    yield html("times", "<time datetime=2020-01-02T03:04:05Z>2 January 2020</time>" * (size // 57))
    yield html("lines of changes", "<p>Updated 3 January 2020, 10:00 | Published 2 January 2020</p>" * (size // 64))
    yield html("times behind labels", "<p>Updated <time>3 January 2020</time></p>" * (size // 42))
    yield html("RDFa", '<span property="schema:author dc:date dc:created">2 January 2020</span>' * (size // 74))
    yield html("microdata", '<p itemscope><span itemprop="author datePublished">Ana Smith</span>' * (size // 67))
    yield html("title of marks", "</h1><title>" + " - Gazette" * (size // 10) + "</title>")
    yield html("headings", "<h1>A headline of a page</h1>" * (size // 29))
    yield html("articles", f"<article><h2>A headline</h2><p>{prose(rnd, 30)}</article>" * (size // 240))
    yield html("combining marks", "<p>" + "a" + "\u0301" * (size // 2))
    yield html("non-Latin prose", "<p>" + "新闻报道的内容。" * (size // 24))
    yield html("metas", '<meta name="author" content="Ana Smith"><meta property="article:tag" content="tag">' * (size // 84))
    yield html("metas of many authors", repeat(lambda: f'<meta name="author" content="{rnd.choice(WORDS).title()} {rnd.randrange(10**6):x} Smith">', size))
    yield html("tiny paragraphs", repeat(lambda: f"<p>{rnd.choice(WORDS)}", size))
    yield html("list of links", repeat(lambda: f'<li><a href="/{rnd.randrange(10**6)}">{rnd.choice(WORDS)} {rnd.choice(WORDS)}</a>', size))
    yield html("deep bold", "<b>x" * (size // 4))
    yield html("paragraphs in bold", "<b><p>x" * (size // 7))
    yield html("anchors in anchors", "<a><div>x" * (size // 9))
    yield html("table of 300 columns", "<table>" + repeat(lambda: "<tr>" + "".join(f"<td>{rnd.randrange(100)}" for _ in range(300)), size))
    yield html("value of an attribute", '<a href="/' + "x" * size + '">a</a>')
    yield html("values of attributes", repeat(lambda: f'<img src="/{"x" * 500}" alt="{prose(rnd, 80)}">', size))
    yield html("class of many words", '<p class="' + repeat(lambda: f"{rnd.choice(WORDS)}-{rnd.randrange(10**6)} ", size) + '">x')
    yield html("classes everywhere", repeat(lambda: f'<div class="{rnd.choice(WORDS)}-{rnd.randrange(10**6)}" id="i{rnd.randrange(10**6)}">x</div>', size))
    yield html("metas of all kinds", repeat(lambda: f'<meta name="{rnd.choice(WORDS)}:{rnd.randrange(10**6)}" content="x">', size))
    yield html("keywords", '<meta name="keywords" content="' + repeat(lambda: f"{rnd.choice(WORDS)} {rnd.randrange(10**6):x}, ", size) + '">')
    yield html("links of the head", repeat(lambda: f'<link rel="canonical" href="https://gazette.example/{rnd.randrange(10**6)}">', size))
    yield html("a long title", f"<title>{prose(rnd, size // 5)}</title>")
    yield html("a long headline", f"<h1>{prose(rnd, size // 5)}</h1><p>{prose(rnd, 200)}")
    yield html("authors", '<script type="application/ld+json">{"@type":"NewsArticle","author":[' + ",".join(f'{{"name":"{name(rnd)}"}}' for _ in range(size // 28)) + "]}</script>")
    yield html("graph of things", '<script type="application/ld+json">{"@graph":[' + ",".join(f'{{"@id":"#{i}","@type":"Person","name":"{name(rnd)}","worksFor":{{"@id":"#{i + 1}"}}}}' for i in range(size // 80)) + "]}</script>")
    yield html("keywords of JSON-LD", '<script type="application/ld+json">{"@type":"NewsArticle","keywords":[' + ",".join(f'"{rnd.choice(WORDS)} {i:x}"' for i in range(size // 15)) + "]}</script>")
    yield html("pictures of JSON-LD", '<script type="application/ld+json">{"@type":"NewsArticle","image":[' + ",".join(f'{{"url":"/{i}.jpg","caption":"{rnd.choice(WORDS)} {i}"}}' for i in range(size // 40)) + "]}</script>")
    yield html("bylines of many", repeat(lambda: f"<p class=byline>By {name(rnd)}</p>", size))
    yield html("one long byline", "<p class=byline>By " + ", ".join(name(rnd) for _ in range(size // 16)) + "</p>")
    yield html("captions", repeat(lambda: f'<figure><img src="/{rnd.randrange(10**6)}.jpg"><figcaption>{prose(rnd, 6)} (Photo: {name(rnd)})</figcaption></figure>', size))
    yield html("captions of one picture", f"<div class=article-body>{prose(rnd, 60)}<figure><img src=harbour.jpg>" + "".join(f"<figcaption>Caption of ship {i}</figcaption>" for i in range(size // 48)) + "</figure>" + f"<p>{prose(rnd, 40)}" * 9)
    yield html("headings of many", repeat(lambda: f"<h2>{prose(rnd, 4)}</h2>", size))
    yield html("entries of a live blog", repeat(lambda: f"<h3>{rnd.randrange(24):02}:{rnd.randrange(60):02}</h3><p>{prose(rnd, 12)}", size))
    yield html("teasers", repeat(lambda: f'<div class=card><a href="/{rnd.randrange(10**6)}">{prose(rnd, 5)}</a><p>{prose(rnd, 8)}</div>', size))
    yield html("references only", repeat(lambda: f"&#{rnd.randrange(0x4E00, 0x9000)};", size))
    yield html("styles and comments", repeat(lambda: "<!-- x --><style>a{}</style>x", size))
    yield html("letters of one word", repeat(lambda: "<span>x</span><wbr>", size))
    yield html("non-Latin paragraphs", repeat(lambda: "<p>" + "".join(chr(rnd.randrange(0x4E00, 0x9000)) for _ in range(30)) + "。", size // 3))
    yield html("scripts of text", repeat(lambda: f'<script>var a="{prose(rnd, 30)}";</script>', size))
    yield html("KOI8-R as Latin-1", ("Îáñåðâàòîð ÎÁ ÇÏÒ " * (size // 32)))
    yield "bytes", "html", "".join(chr(rnd.randrange(1, 256)) for _ in range(size * 2 // 3))
    yield "markup at random", "html", repeat(lambda: rnd.choice(["<", ">", "/", "'", '"', "=", "&", ";", "<p", "</", "<!--", "-->", " ", "x", "<script", "<table>"]), size)
    yield "a million lines", "text", "x\n" * (size // 2)
    yield "lines of prose", "text", repeat(lambda: prose(rnd, 12) + "\n", size)
    yield "bullets", "text", "* x\n" * (size // 4)
    yield "bullets in bullets", "text", "* " * (size // 2)
    yield "open brackets", "text", "[" * size
    yield "links of Markdown", "text", "[a](b)" * (size // 6)
    yield "marks of emphasis", "text", "*a _b " * (size // 6)
    yield "one line of text", "text", prose(rnd, size // 5)
    yield "the same line", "text", "The same line of a page, again and again, for ever\n" * (size // 52)
    yield "blank lines", "text", "\n" * (size - 1) + "x"
    yield "dates", "text", "12 January 2020, 10:00\n" * (size // 23)
    yield "photo captions", "text", "A ferry in the harbour (Ana Smith/Agency Photo)\n" * (size // 49)
    yield "one word of text", "text", "x" * size
    yield "long lines and short ones", "text", repeat(lambda: prose(rnd, 60) + "\n" + rnd.choice(WORDS) + "\n", size)
    yield "lists", "text", repeat(lambda: prose(rnd, 9) + "\n\n" + "".join(f"* {rnd.choice(WORDS)}\n" for _ in range(8)), size)
    yield "lines of bylines", "text", repeat(lambda: f"By {name(rnd)}\n", size)
    yield "lines of dates", "text", repeat(lambda: f"{rnd.randrange(1, 29)} March 20{rnd.randrange(10, 25)}, {rnd.randrange(24):02}:{rnd.randrange(60):02}\n", size)
    yield "captions of text", "text", repeat(lambda: f"{prose(rnd, 6)[:-2]} ({name(rnd)}/Agency Photo)\n", size)
    yield "alternative texts", "text", repeat(lambda: (lambda line: f"![{line}](/a.jpg)\n{line} Photo: {name(rnd)}\n")(prose(rnd, 6)), size)
    yield "quotes in quotes", "text", "> " * (size // 2)
    yield "deeper quotes", "text", "".join(">" * (i % 1000) + " x\n" for i in range(size // 500))
    yield "indented lines", "text", "".join(" " * (i % 100) + "* x\n" for i in range(size // 54))
    yield "rows of cells", "text", repeat(lambda: "| " + " | ".join(str(rnd.randrange(100)) for _ in range(300)) + " |\n", size)
    yield "short rows", "text", repeat(lambda: f"{rnd.choice(WORDS)} | {rnd.randrange(100)} | {rnd.randrange(100)}\n", size)
    yield "headings of Markdown", "text", repeat(lambda: f"# {rnd.choice(WORDS)}\n", size)
    yield "underlines", "text", "x\n===\n" * (size // 6)
    yield "rules", "text", "* * *\n" * (size // 6)
    yield "wrapped lines", "text", repeat(lambda: prose(rnd, 14)[:72].ljust(72, "x") + "\n", size)
    yield "pictures in links", "text", "[![a](b)](c)" * (size // 12)
    yield "brackets with few ends", "text", ("[" * 1990 + "]") * (size // 1991)
    yield "links that never end", "text", "[a](" * (size // 4)
    yield "pairs of brackets", "text", "[]" * (size // 2)
    yield "open emphasis", "text", "**a " * (size // 4)
    yield "underscores", "text", "_" * size
    yield "nested emphasis", "text", "*_" * (size // 4) + "x" + "_*" * (size // 4)
    yield "escapes", "text", "\\" * size
    yield "addresses", "text", "https://a.example/_b_" * (size // 21)
    yield "words of one letter", "text", "a b c d e f g h i j " * (size // 20)
    yield "non-Latin lines", "text", repeat(lambda: "".join(chr(rnd.randrange(0x4E00, 0x9000)) for _ in range(30)) + "。\n", size // 3)
    yield "a line without an end", "text", "".join(chr(rnd.randrange(0x4E00, 0x9000)) for _ in range(size // 3))
    yield "marks that combine", "text", "a" + "\u0301" * (size // 2)
    yield "spaces", "text", " " * size + "x"
    yield "tabs", "text", "\tx" * (size // 2)


def extract_cost(program, page, work, times=3):
    """CPU seconds of the best of `times` runs, their peak of memory in MiB, and how the page ended."""
    best, peak = 1e9, 0.0
    for _ in range(times):
        seconds, memory, dead = cost(program, page, work)
        best, peak = min(best, seconds), max(peak, memory)
        if best > 0.5:
            break
    return best, peak, "dead" if dead else "emitted"


def parse_seconds(work):
    """libxml2's best time for the page; infinite past 20 s (it is quadratic in some depths)."""
    try:
        return float(subprocess.run([work / "parse", work / "page"], capture_output=True, text=True, check=True, timeout=20).stdout)
    except subprocess.TimeoutExpired:
        return float("inf")


def measure(args, work):
    program = args.bin / "copydesk-extract"
    (work / "parse.c").write_text(PARSE)
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libxml-2.0"], capture_output=True, text=True, check=True).stdout.split()
    subprocess.run(["cc", "-O2", "-w", "-o", work / "parse", work / "parse.c", *flags], check=True)
    start, _, _ = extract_cost(program, {"text": "A line."}, work, 5)
    broken = 0
    print(f"start {start * 1000:.0f} ms, subtracted below\n{'page':30}{'MB':>6}{'extract s':>11}{'growth':>8}{'MiB':>6}{'parse s':>9}{'ratio':>7}")
    for whole, half in zip(hostile_pages(random.Random(args.seed), args.bytes), hostile_pages(random.Random(args.seed), args.bytes // 2)):
        title, field, text = whole
        if args.only and args.only not in title:
            continue
        raw = text.encode("utf-8", "replace")
        (work / "page").write_bytes(raw)
        message = {"url": "https://gazette.example/a"}
        smaller = extract_cost(program, {**message, field: half[2]}, work)[0] - start
        seconds, peak, end = extract_cost(program, {**message, field: text}, work)
        seconds = max(seconds - start, 0)
        growth = seconds / max(smaller, 0.001)
        parse = parse_seconds(work) if field == "html" else None
        verdict = [word for word, is_so in (("OVER 10 PARSES", parse and seconds > max(10 * parse, 0.02)), ("OVER 1 S", seconds > len(raw) / 2e6),
                                            ("NOT LINEAR", seconds > 0.1 and growth > 3), ("OVER 300 MIB", peak > len(raw) / 1e6 * 150)) if is_so]
        broken += bool(verdict)
        print(f"{title:30}{len(raw) / 1e6:6.2f}{seconds:11.3f}{growth:8.1f}{peak:6.0f}{f'{parse:.3f}' if parse else '':>9}"
              f"{f'{seconds / parse:.1f}' if parse else '':>7}  {end} {' '.join(verdict)}", flush=True)
    return broken


def resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def flat(args, pages):
    """Resident memory while `pages` pages go through one process, fed through a pipe so that nothing else is held. It swings with the pages in
    work, so each tenth of the run is told by its least and its most, and the most of the second half is held against that of the first."""
    rnd = random.Random(args.seed)
    kinds = [page(f"<article>{repeat(lambda: f'<p>{prose(rnd, 40)}', rnd.randrange(2000, 120000))}</article>") for _ in range(40)]
    lines = [json.dumps({"url": f"https://gazette.example/{i}", "html": html}).encode() + b"\n" for i, html in enumerate(kinds)]
    process = subprocess.Popen([args.bin / "copydesk-extract", "--in", "-", "--out", "/dev/null"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seen, begun, tenth = [], time.monotonic(), max(pages // 10, 1)
    for i in range(pages):
        process.stdin.write(lines[i % len(lines)])
        if (i + 1) % max(tenth // 100, 1) == 0:
            seen.append((i // tenth, resident(process.pid)))
        if (i + 1) % tenth == 0:
            own = [mib for at, mib in seen if at == i // tenth]
            print(f"{i + 1:9} pages  {min(own):7.1f} to {max(own):7.1f} MiB  {time.monotonic() - begun:6.0f} s", flush=True)
    process.stdin.close()
    grown = max(mib for at, mib in seen if at >= 5) - max(mib for at, mib in seen if 0 < at < 5)
    print(f"the most of the second half is {grown:+.1f} MiB against the first, whose first tenth is left out as warming up")
    return process.wait() or grown > 8


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--bin", type=Path, default=ROOT / "build/release/bin")
    cli.add_argument("--bytes", type=int, default=2_000_000)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--only")
    cli.add_argument("--flat", type=int, metavar="PAGES")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sys.exit(1 if (flat(args, args.flat) if args.flat else measure(args, Path(work))) else 0)


if __name__ == "__main__":
    main()
