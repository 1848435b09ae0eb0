"""The packages, installed by apt into a Debian 12 with nothing else in it, run there and purged."""
import json
import os
import pathlib
import subprocess

import pytest

from test_packages import STAGES, debs  # noqa: F401 (a fixture)
from tools import need

PAGE = {"url": "https://harbour.example/1", "fetchedAt": "2026-11-20T08:00:00Z", "html":
        "<html><head><title>Ferry</title></head><body><article><h1>The ferry is back</h1><p>The ferry of Karsholm is back after a week, Ilse Brandvold "
        "of the port said on Sunday, and will run every hour until midnight from now on.</p></article></body></html>"}
INSIDE = r"""#!/bin/sh
set -e
cd /debs
export DEBIAN_FRONTEND=noninteractive
apt-get update >log 2>&1
apt-get install -y --no-install-recommends ./*.deb >log 2>&1 || { cat log; exit 1; }
copydesk --version
for stage in extract dedup tag; do
	copydesk-$stage --check --config /etc/copydesk/$stage.conf 2>/dev/null
	test -f /lib/systemd/system/copydesk-$stage@.service
done
copydesk-extract --in page.json --out - 2>/dev/null | copydesk-dedup --in - --out - 2>/dev/null | copydesk-tag --in - --out article.json 2>/dev/null
echo "article $(cat article.json)"
apt-get purge -y copydesk-extract copydesk-dedup copydesk-tag copydesk >log 2>&1 || { cat log; exit 1; }
echo "left $(find / -xdev -name '*copydesk*' -not -path '/debs*' -not -path '/proc/*' -not -path '/var/log/*' | tr '\n' ' ')"
"""


@pytest.fixture(scope="module")
def told(debs, tmp_path_factory):  # noqa: F811
    """What the script says in a new root; skipped where none can be made."""
    mmdebstrap = need("mmdebstrap", "it makes the root to install into")
    if os.getuid() != 0 or "VERSION_CODENAME=bookworm" not in pathlib.Path("/etc/os-release").read_text():
        pytest.skip("wants root on Debian 12")
    folder = tmp_path_factory.mktemp("install") / "debs"
    folder.mkdir()
    for deb in debs.values():
        os.link(deb, folder / deb.name) if deb.stat().st_dev == folder.stat().st_dev else (folder / deb.name).write_bytes(deb.read_bytes())
    (folder / "page.json").write_text(json.dumps(PAGE) + "\n")
    (folder / "inside").write_text(INSIDE)
    sources = [path for path in map(pathlib.Path, ("/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources")) if path.exists()]
    root = folder.parent / "root"
    made = subprocess.run([mmdebstrap, "--mode=root", "--variant=minbase", "bookworm", root, *sources], capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(f"no root can be made here: {made.stderr.strip().splitlines()[-1]}")
    subprocess.run(["cp", "-r", folder, root / "debs"], check=True)
    subprocess.run(["cp", "-r", "/etc/apt/apt.conf.d/.", root / "etc" / "apt" / "apt.conf.d"], check=True)
    subprocess.run(["cp", "/etc/resolv.conf", "/etc/hosts", root / "etc"], check=True)
    inside = subprocess.run(["chroot", root, "sh", "/debs/inside"], capture_output=True, text=True)
    subprocess.run(["rm", "-rf", "--one-file-system", root], check=True)
    assert inside.returncode == 0, inside.stdout + inside.stderr
    return dict(line.split(" ", 1) for line in inside.stdout.splitlines())


def test_packages_install_and_run_on_a_bare_debian(told):
    assert told["copydesk"][0].isdigit()
    article = json.loads(told["article"])
    assert article["articleBody"].startswith("The ferry of Karsholm") and "Ilse Brandvold" in [entity["name"] for entity in article["entities"]]


def test_purged_packages_leave_nothing(told):
    assert told["left"].strip() == "", STAGES
