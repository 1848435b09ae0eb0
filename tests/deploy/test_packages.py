"""The Debian packages: built here, looked into, unpacked and run; and their units, as far as systemd's own tools judge them offline."""
import pathlib
import re
import subprocess

import pytest

from tools import BIN, BUILD, ROOT, need, run

STAGES = ("extract", "dedup", "tag")


@pytest.fixture(scope="module")
def debs(tmp_path_factory):
    """Name → file."""
    need("dpkg-shlibdeps", "Debian's dpkg-dev builds packages")
    folder = tmp_path_factory.mktemp("debs")
    run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder)
    found = {path.name.split("_")[0]: path for path in folder.glob("*.deb")}
    assert set(found) == {"copydesk", *(f"copydesk-{stage}" for stage in STAGES)}
    return found


@pytest.fixture(scope="module")
def root(debs, tmp_path_factory):
    """All of them unpacked."""
    folder = tmp_path_factory.mktemp("root")
    for deb in debs.values():
        run("dpkg-deb", "-x", deb, folder)
    return folder


def fields(deb):
    text = re.sub(r"\n ", "\x01", run("dpkg-deb", "-f", deb))
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)


def contents(deb):
    """Path → (mode, owner)."""
    rows = [line.split(None, 5) for line in run("dpkg-deb", "-c", deb).splitlines()]
    return {row[5].lstrip("."): (row[0], row[1]) for row in rows if not row[5].endswith("/")}


def test_packages_say_what_they_are_and_need(debs):
    for name, deb in debs.items():
        given = fields(deb)
        assert given["Package"] == name and re.fullmatch(r"\d+\.\d+\.\d+.*", given["Version"])
        assert "librdkafka1" in given["Depends"] and "libc6" in given["Depends"]
        synopsis = given["Description"].split("\x01")[0]
        assert 15 < len(synopsis) < 80 and not synopsis.startswith(name)
    assert "libxml2" in fields(debs["copydesk-extract"])["Depends"] and "libseccomp2" in fields(debs["copydesk-tag"])["Depends"]
    assert len({fields(deb)["Description"] for deb in debs.values()}) == 4


def test_packages_hold_their_files_and_nothing_odd(debs):
    for name, deb in debs.items():
        inside = contents(deb)
        for path, (mode, owner) in inside.items():
            assert owner == "root/root" and "s" not in mode and not (mode[0] != "l" and mode[8] == "w"), (path, mode, owner)
        assert {f"/usr/bin/{name}", f"/usr/share/man/man1/{name}.1.gz", f"/usr/share/bash-completion/completions/{name}",
                f"/usr/share/doc/{name}/copyright", f"/usr/share/doc/{name}/changelog.gz"} <= set(inside)
    for stage in STAGES:
        deb = debs[f"copydesk-{stage}"]
        assert {f"/usr/lib/systemd/system/copydesk-{stage}@.service", f"/etc/copydesk/{stage}.conf"} <= set(contents(deb))
        assert run("dpkg-deb", "-I", deb, "conffiles") == f"/etc/copydesk/{stage}.conf\n"
    assert {"/usr/share/copydesk/news.model", "/usr/share/doc/copydesk-tag/news.md"} <= set(contents(debs["copydesk-tag"]))
    paths = [path for deb in debs.values() for path in contents(deb)]
    assert len(paths) == len(set(paths)), "two packages bring the same file"


def test_lintian_finds_no_error_and_no_warning(debs):
    lintian = need("lintian", "Debian's lintian judges packages")
    result = subprocess.run([lintian, "--no-cfg", "--allow-root", "--fail-on", "error,warning", *debs.values()], capture_output=True, text=True)
    assert result.returncode == 0 and not re.search("^[EW]: ", result.stdout, re.M), result.stdout + result.stderr


def test_programs_run_from_the_packages(root):
    for stage in STAGES:
        program = root / "usr" / "bin" / f"copydesk-{stage}"
        assert run(program, "--version").startswith(f"copydesk-{stage} ")
        run(program, "--check", "--config", root / "etc" / "copydesk" / f"{stage}.conf")
        # each line of the shipped configuration is one that the program knows
        assert "kafka.bootstrap.servers" in run(program, "--print-config", "--config", root / "etc" / "copydesk" / f"{stage}.conf")
    assert run(root / "usr" / "bin" / "copydesk", "--version").startswith("copydesk ")


def test_maintainer_scripts_are_sound(debs, tmp_path):
    for stage in STAGES:
        for script in ("postinst", "prerm", "postrm"):
            text = run("dpkg-deb", "-I", debs[f"copydesk-{stage}"], script)
            (tmp_path / script).write_text(text)
            run("sh", "-n", tmp_path / script)
            # without systemd, as in a container, they do nothing
            run("env", "PATH=", "/bin/sh", tmp_path / script, "configure", "0.0.1")
        assert f"copydesk-{stage}@*.service" in run("dpkg-deb", "-I", debs[f"copydesk-{stage}"], "prerm")


def test_units_are_valid_and_confined(root, tmp_path):
    analyze = need("systemd-analyze", "Debian's systemd brings it")
    for stage in STAGES:
        name = f"copydesk-{stage}@.service"
        text = (root / "usr" / "lib" / "systemd" / "system" / name).read_text()
        unit = tmp_path / f"copydesk-{stage}@one.service"
        unit.write_text(text.replace("/usr/bin/", f"{root}/usr/bin/").replace("PartOf=copydesk.target\n", ""))
        result = subprocess.run([analyze, "verify", "--man=no", unit], capture_output=True, text=True)
        assert result.returncode == 0 and f"{stage}" not in result.stderr, result.stderr
        # 0 is no exposure, 10 is all; a service without settings has 9.6
        run(analyze, "security", "--offline=true", "--threshold=15", unit)
        assert "Type=notify" in text and "WatchdogSec=" in text


def test_units_set_only_variables_that_the_program_knows():
    for stage in STAGES:
        text = (ROOT / "deploy" / "systemd" / f"copydesk-{stage}@.service").read_text()
        names = dict(re.findall(r"^Environment=(COPYDESK_[A-Z_]+)=(\S+)", text, re.M))
        assert names
        shown = run(BIN / f"copydesk-{stage}", "--print-config", env={key: "none" for key in names})
        for name in names:
            key = name.removeprefix("COPYDESK_").lower().replace("_", ".")
            assert re.search(rf"^{re.escape(key)} = none .*{name}", shown, re.M), shown


def test_the_image_and_the_packages_list_the_same_libraries(debs):
    listed = {line.split()[1] for line in pathlib.Path(ROOT / "deploy" / "packages").read_text().splitlines() if line.startswith("run ")}
    needed = {part.split()[0] for deb in debs.values() for part in fields(deb)["Depends"].split(", ")} - {"libc6", "libgcc-s1"}
    assert needed == listed - {"ca-certificates"}
