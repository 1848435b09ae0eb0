"""Where things are, and tools that may be absent."""
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
BUILD = pathlib.Path(os.environ.get("COPYDESK_BUILD", ROOT / "build" / "release"))
BIN = pathlib.Path(os.environ.get("COPYDESK_BIN", BUILD / "bin"))
UNPACKED = ROOT / "build" / "tools" / "usr" / "bin"  # tests/run unpacks what deploy/packages lists as unpack there


def find(tool):
    """Its path, or None."""
    return shutil.which(tool) or (str(UNPACKED / tool) if (UNPACKED / tool).exists() else None)


def need(tool, why):
    """Its path; skips the test with a clear line where it isn't there."""
    return find(tool) or pytest.skip(f"{tool} is not here: {why}")


def run(*command, **options):
    """Standard output of a command that must succeed."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    assert result.returncode == 0, f"{' '.join(map(str, command))}: exit {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result.stdout
