"""`copydesk selftest`: says that an installation works, and what doesn't if it doesn't."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "broker"))
from clients import BIN  # noqa: E402

EX_UNAVAILABLE, EX_SOFTWARE = 69, 70


def selftest(*arguments):
    return subprocess.run([f"{BIN}/copydesk", "selftest", *arguments], capture_output=True, text=True, timeout=120)


def installation(folder, **instead):
    """A folder with the stages, some of them replaced by a script (None: missing)."""
    for stage in ("extract", "dedup", "tag"):
        program = folder / f"copydesk-{stage}"
        if stage not in instead:
            program.symlink_to(f"{BIN}/copydesk-{stage}")
        elif instead[stage]:
            program.write_text(f"#!/bin/sh\n{instead[stage]}\n")
            program.chmod(0o755)
    return folder


def test_an_installation_that_works_is_said_to():
    ended = selftest()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "FAILED" not in ended.stdout and ended.stdout.count("ok ") == 7
    assert ended.stdout.endswith("this installation works\n") and not ended.stderr


def test_nobody_elses_settings_count(monkeypatch):
    monkeypatch.setenv("COPYDESK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    monkeypatch.setenv("COPYDESK_TOPIC_OUT", "elsewhere")
    assert selftest("--timeout", "120").returncode == 0


def test_a_stage_that_does_something_else_is_found(tmp_path):
    folder = installation(tmp_path, extract=f'exec {BIN}/copydesk-extract "$@" -Xextract.max.bytes=1024')
    ended = selftest("--bin", str(folder))
    assert ended.returncode == EX_SOFTWARE
    assert "FAILED  a page of HTML" in ended.stdout and "FAILED  the same story" in ended.stdout
    assert "ok      so does a page of plain text" in ended.stdout and "4 failed" in ended.stderr


def test_a_stage_that_ends_at_once_is_told_with_its_last_words(tmp_path):
    folder = installation(tmp_path, tag="echo the model is damaged >&2; exit 78")
    ended = selftest("--bin", str(folder), "--timeout", "20")
    assert ended.returncode == EX_SOFTWARE
    assert "a stage ended, before all stages were ready; 0 of 4 pages" in ended.stdout and "tag: the model is damaged" in ended.stderr


def test_a_stage_that_is_missing_is_named(tmp_path):
    ended = selftest("--bin", str(installation(tmp_path, tag=None)))
    assert ended.returncode == EX_UNAVAILABLE and "copydesk-tag" in ended.stderr
