#!/usr/bin/env python3
"""Writes docs/messages.md from schemas/: one table a message. With --check it only tells whether the file is up to date."""
import sys
from pathlib import Path

from validate import kinds, schemas

OUT = Path(__file__).resolve().parents[2] / "docs/messages.md"
ORDER = ["raw-page", "article", "unique", "duplicate", "alias", "tagged", "message-headers", "dead-letter-headers", "dead-letter"]
HEAD = """# Messages

Generated from [schemas/](../schemas) by `tests/schema/document.py`; the schemas are the contract, and
[schemas/examples/](../schemas/examples) holds a message of each kind. Members in **bold** are always there. Times are RFC 3339 in UTC,
languages BCP-47 tags, offsets Unicode code points with an exclusive end. The key of a message is the article's id, from extract on; what
dedup's processes tell each other (`news.dedup.probe`, `news.dedup.match`) is binary and no contract.
"""


def resolve(schema: dict) -> dict:
    """The schema with what its $ref points at, its own words first."""
    if "$ref" not in schema:
        return schema
    name, _, path = schema["$ref"].partition("#/$defs/")
    target = schemas()[name.removesuffix(".schema.json")] if name else None
    target = target["$defs"][path] if path else target
    return {**resolve(target), **{k: v for k, v in schema.items() if k != "$ref"}}


def unwrapped(schema: dict) -> dict:
    schema = resolve(schema)
    if "properties" not in schema:
        for part in schema.get("allOf", ()):
            part = resolve(part)
            if "description" in part:
                return {**part, **{k: v for k, v in schema.items() if k == "description"}}
    return schema


def kind(schema: dict) -> str:
    schema = unwrapped(schema)
    if "enum" in schema:
        return " · ".join(f"`{v}`" for v in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return "array of " + kind(schema["items"]) if "properties" not in unwrapped(schema["items"]) else "array of objects"
    return schema.get("type", "any")


def rows(schema: dict, prefix: str = ""):
    required = set(schema.get("required", ()))
    for name, member in schema.get("properties", {}).items():
        member = unwrapped(member)
        shown = f"**{prefix}{name}**" if name in required else f"{prefix}{name}"
        yield f"| {shown} | {kind(member)} | {member.get('description', '')} |"
        inner = unwrapped(member["items"]) if member.get("type") == "array" else member
        if "properties" in inner:
            yield from rows(inner, f"{prefix}{name}{'[]' if member.get('type') == 'array' else ''}.")


def merged(name: str) -> dict:
    """Own members only: those of article are told once."""
    schema = schemas()[name]
    if name == "article":
        return {**schemas()["article-fields"], **{k: v for k, v in schema.items() if k in ("title", "description")}}
    return schema


def document() -> str:
    parts = [HEAD]
    for name in ORDER:
        schema = merged(name)
        lead = "All members of the article, and:\n\n" if schemas()[name].get("$ref") and name != "article" else ""
        parts.append(f"\n## {schema['title']}\n\n{schema['description']} Schema: [{name}](../schemas/{name}.schema.json).\n\n{lead}"
                     + "| member | type | meaning |\n|---|---|---|\n" + "\n".join(rows(schema)) + "\n")
    return "".join(parts)


def main() -> int:
    assert sorted(ORDER) == kinds(), f"ORDER and schemas/ differ: {set(ORDER) ^ set(kinds())}"
    text = document()
    if "--check" in sys.argv:
        if OUT.exists() and OUT.read_text(encoding="utf-8") == text:
            return 0
        print("docs/messages.md is out of date: run tests/schema/document.py")
        return 1
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
