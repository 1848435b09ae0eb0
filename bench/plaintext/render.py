#!/usr/bin/env python3
"""Turn HTML pages into text as crawlers do: raw-page messages {"id", "url", "html"} in, {"id", "url", "text"} out, one a line.

    render.py RENDERER < PAGES.ndjson > TEXT.ndjson

html2text, wrapped and markdown are one program with three settings; resiliparse and inscriptis lay pages out as a browser does; lines
writes one block element a line and nothing else; styled draws a style for each page (list and heading marks, indentation, empty lines,
a column to wrap at, what stands for a picture), so that no mark can be relied on; restyled draws another. Packages: requirements.txt.
"""
import json
import random
import re
import sys
import zlib

import html2text
import inscriptis
from lxml import html
from resiliparse.extract.html2text import extract_plain_text

BLOCKS = set("""address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hgroup hr label legend li main menu nav ol option p pre section select summary table tbody td tfoot th thead tr ul br""".split())
SILENT = set("script style template head svg math object noscript iframe textarea select".split())
KINDS = set("li blockquote h1 h2 h3 h4 h5 h6 tr dt dd figcaption pre".split())


def by_html2text(page, **settings):
    renderer = html2text.HTML2Text()
    for name, value in {"body_width": 0, **settings}.items():
        setattr(renderer, name, value)
    return renderer.handle(page)


def blocks_of(page, pictures=False):
    """(kind, depth in lists, text) of each block element in order; a picture's alternative text is one of kind "img"."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    found, run = [], []

    def end_block(kind, depth):
        text = re.sub(r"\s+", " ", "".join(run)).strip()
        run.clear()
        if text or kind == "hr":
            found.append((kind, depth, text))

    def walk(element, kind, depth):
        name = element.tag.lower() if isinstance(element.tag, str) else None
        if name is None or name in SILENT:
            return
        if name == "img":
            text = re.sub(r"\s+", " ", element.get("alt") or "").strip()
            if pictures and text:
                end_block(kind, depth)
                found.append(("img", depth, text))
            return
        block = name in BLOCKS
        if block:
            end_block(kind, depth)
            depth += name in ("ul", "ol")
            kind = name if name in KINDS or name == "hr" else "p" if name == "p" and kind not in ("li", "blockquote") else kind
        run.append(element.text or "")
        for child in element:
            walk(child, kind, depth)
            run.append(child.tail or "")
        if block:
            end_block(kind, depth)

    sys.setrecursionlimit(20000)
    walk(tree.find("body") if tree.find("body") is not None else tree, "p", 0)
    return found


def wrap(text, width, first, rest):
    lines, line = [], first
    for word in text.split(" "):
        if line.strip() and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = rest + word
        else:
            line += word if not line or line.endswith(" ") else " " + word
    return "\n".join(lines + [line])


def styled(page, key):
    draw = random.Random(zlib.crc32(key.encode()))
    pictures, bullet, indent = draw.random() < 0.5, draw.choice(["* ", "- ", "• ", "", "", "· ", "+ ", "\t"]), draw.choice([0, 0, 2, 3, 4])
    heading, gap, tight = draw.choice(["#", "#", "", "", "=", "capitals"]), draw.choice([0, 1, 1, 2]), draw.random() < 0.5
    width, quote, left = draw.choice([0, 0, 0, 72, 80, 100]), draw.choice(["> ", "", "  "]), draw.choice(["", "", "", "  ", "    "])
    picture = draw.choice(["![%s]()", "[image: %s]", "%s", "%s"])
    out, last = [], None
    for kind, depth, text in blocks_of(page, pictures):
        first = rest = left
        level = int(kind[1]) if kind[0] == "h" and kind[1:].isdigit() else 0
        if kind == "hr":
            text = "-----"
        elif kind == "img":
            text = picture.replace("%s", text)
        elif kind == "li":
            margin = " " * (indent * max(0, depth - 1))
            first, rest = margin + bullet, margin + " " * len(bullet)
        elif kind == "blockquote":
            first = rest = quote
        elif level:
            first, rest = "#" * level + " " if heading == "#" else "", ""
            text = text.upper() if heading == "capitals" and level <= 2 else text
        block = wrap(text, width, first, rest) if width else first + text
        if heading == "=" and level in (1, 2):
            block += "\n" + "=-"[level - 1] * min(len(text), 70)
        out.append(("" if not out or (tight and kind == last == "li") else "\n" * gap) + block)
        last = kind
    return "\n".join(out)


RENDERERS = {
    "html2text": lambda page, key: by_html2text(page, ignore_links=True, ignore_images=True, ignore_emphasis=True),
    "wrapped": lambda page, key: by_html2text(page, ignore_links=True, ignore_images=True, body_width=78),
    "markdown": lambda page, key: by_html2text(page),
    "resiliparse": lambda page, key: extract_plain_text(page, main_content=False, alt_texts=True, preserve_formatting=True),
    "inscriptis": lambda page, key: inscriptis.get_text(page),
    "lines": lambda page, key: "\n".join(text for _, _, text in blocks_of(page) if text),
    "styled": styled,
    "restyled": lambda page, key: styled(page, "c" + key), # a second draw
}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in RENDERERS:
        sys.exit(__doc__ + "\nrenderers: " + ", ".join(RENDERERS))
    for line in sys.stdin:
        page = json.loads(line)
        try:
            text = RENDERERS[sys.argv[1]](page["html"], page["id"])
        except Exception as error:  # a renderer that fails at a page has failed at that page alone
            print(f"{page['id']}: {error}", file=sys.stderr)
            continue
        print(json.dumps({"id": page["id"], "url": page.get("url") or "", "text": text}, ensure_ascii=False))


if __name__ == "__main__":
    main()
