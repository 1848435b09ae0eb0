"""bash completion, as bash calls it: it must offer what the programs' tables hold, and nothing else."""
import json
import re
import shlex
import subprocess

import pytest

from tools import BIN, BUILD, ROOT, run

STAGES = ("extract", "dedup", "tag")
COMPLETION = BUILD / "docs" / "completion"


def words_of(line):
    """A command line as bash splits it for completion: = is a word of its own. A blank at the end begins a new word."""
    words = [part for word in line.split(" ") for part in re.split("(=)", word) if part or not word]
    return words[:-1] if line.endswith("=") and words[-1] == "" else words


def completed(line, file=None):
    """What pressing tab behind this line offers, and which compopt options it sets."""
    words = words_of(line)
    script = f"""
        compopt() {{ echo "compopt $*" >&3; }}
        source {shlex.quote(str(file or COMPLETION / words[0]))}
        function=$(complete -p {words[0]} | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        COMP_WORDS=({' '.join(map(shlex.quote, words))}) COMP_CWORD={len(words) - 1}
        "$function" {words[0]} "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    result = subprocess.run(["bash", "--norc", "-uc", f"exec 3>&2\n{script}"], capture_output=True, text=True)
    assert result.returncode == 0 and all(line.startswith("compopt ") for line in result.stderr.splitlines()), result.stderr
    return [word for word in result.stdout.split("\n") if word], result.stderr.replace("compopt -o ", "").split()


def offered(line, file=None):
    return completed(line, file)[0]


@pytest.fixture(scope="module")
def commands():
    return {command["name"]: command for command in json.loads(run(BIN / "copydesk", "--print-commands", "json"))["commands"]}


@pytest.fixture(scope="module")
def stages():
    return {stage: json.loads(run(BIN / f"copydesk-{stage}", "--print-options", "json")) for stage in STAGES}


def test_subcommands_are_completed(commands):
    assert set(offered("copydesk ")) == {*commands, "--help", "--version"}
    assert offered("copydesk rep") == ["replay"] and offered("copydesk d") == [name for name in commands if name[0] == "d"]
    assert set(offered("copydesk help ")) == set(commands)


def test_verbs_and_flags_of_each_subcommand_are_those_of_its_table(commands):
    for name, command in commands.items():
        assert offered(f"copydesk {name} ") == command["verbs"], name
        flags = [f"--{flag['name']}" if flag.get("name") else f"-{flag['letter']}" for flag in command["flags"]]
        assert offered(f"copydesk {name} -") == flags, name
        assert offered(f"copydesk {name} --k") == [flag for flag in flags if flag.startswith("--k")]


def test_values_are_those_of_the_table_and_files_where_it_says_so(commands, tmp_path):
    (tmp_path / "one.conf").touch()
    seen = {"values": 0, "files": 0}
    for name, command in commands.items():
        for flag in (flag for flag in command["flags"] if flag.get("argument") and flag.get("name")):
            ways = [f"copydesk {name} --{flag['name']} ", f"copydesk {name} --{flag['name']}="] + \
                   ([f"copydesk {name} -{flag['letter']} "] if flag.get("letter") else [])
            for way in ways:
                if re.fullmatch(r"[a-z]+(\|[a-z]+)+", flag["argument"]):
                    assert offered(way) == flag["argument"].split("|"), way
                    seen["values"] += 1
                elif re.search("FILE|FOLDER", flag["argument"]):
                    assert completed(f"{way}{tmp_path}/o") == ([f"{tmp_path}/one.conf"], ["filenames"]), way
                    seen["files"] += 1
                else:
                    assert offered(way) == [], way
    assert seen["values"] >= 9 and seen["files"] > 20
    assert offered("copydesk export --format n") == ["ndjson", "ninjs"] and offered("copydesk export --format=n") == ["ndjson", "ninjs"]


def test_what_is_no_flag_is_a_file():
    assert completed("copydesk send page") == ([], ["default"])


def test_flags_of_each_stage_are_those_of_its_table(stages, tmp_path):
    (tmp_path / "one.conf").touch()
    for stage, table in stages.items():
        program = f"copydesk-{stage}"
        assert offered(f"{program} ") == [f"-{flag['name']}" if flag["name"] == "X" else f"--{flag['name']}" for flag in table["flags"]]
        for flag in table["flags"]:
            if flag.get("argument") == "FILE":
                assert completed(f"{program} --{flag['name']} {tmp_path}/o") == ([f"{tmp_path}/one.conf"], ["filenames"])


def test_options_and_their_choices_are_those_of_the_stages_table(stages):
    for stage, table in stages.items():
        program = f"copydesk-{stage}"
        keys, options = completed(f"{program} -X ")
        assert keys == [f"{option['name']}=" for option in table["options"]] and options == ["nospace"]
        for option in table["options"]:
            choices = ["true", "false"] if option["kind"] == "bool" else option["choices"].split("|") if option.get("choices") else []
            assert offered(f"{program} -X {option['name']}=") == choices, option["name"]
            for choice in choices:
                assert offered(f"{program} -X {option['name']}={choice[:2]}") == [other for other in choices if other.startswith(choice[:2])]
        assert offered(f"{program} -X guar") == ["guarantee="] and offered(f"{program} -X log.level=w") == ["warn"]


@pytest.mark.parametrize("kind,program,option,change,line,wanted", [
    ("command_completion", "copydesk", "--print-commands", '"verbs":["list",', "copydesk dead ", "mend"),
    ("completion", "copydesk-tag", "--print-options", '"choices":"debug|', "copydesk-tag -X log.level=", "mend"),
])
def test_it_is_made_of_the_table(tmp_path, kind, program, option, change, line, wanted):
    """A program with another table gets another completion."""
    table = run(BIN / program, option, "json")
    assert change in table and wanted not in offered(line)
    other = tmp_path / "table.json"
    separator = change[-1]
    other.write_text(table.replace(change, change.replace("list", "list\",\"mend").replace("debug", "debug|mend").rstrip(separator) + separator))
    fake = tmp_path / program
    fake.write_text(f"#!/bin/sh\nexec cat {other}\n")
    fake.chmod(0o755)
    run("cmake", f"-DKIND={kind}", f"-DPROGRAM={fake}", f"-DOUT={tmp_path / 'completion'}", "-P", ROOT / "docs" / "generate.cmake")
    assert wanted in offered(line, tmp_path / "completion")
