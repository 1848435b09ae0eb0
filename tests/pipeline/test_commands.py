"""Commands of `copydesk` on the embedded broker that end in the middle: they say so, and never that all is well."""
import os
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "broker"))
from clients import BIN, MockBroker, send  # noqa: E402

EX_IOERR, EX_TEMPFAIL = 74, 75


def test_a_doctor_that_is_broken_off_does_not_say_that_all_is_well(tmp_path):
    broker = MockBroker(1, **{"news.page": 1, "news.article": 1, "news.page.dead": 1})
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    stage = tmp_path / "copydesk-extract"
    stage.write_text(f"#!/bin/sh\necho begun > {begun}\nexec sleep 300\n")
    stage.chmod(0o755)
    doctor = subprocess.Popen([f"{BIN}/copydesk", "doctor", "--kafka", broker.bootstrap, "--bin", tmp_path, "extract"],
                              stdout=subprocess.PIPE, text=True)
    try:
        assert begun.read_text() == "begun\n"
        doctor.send_signal(signal.SIGTERM)
        said, _ = doctor.communicate(timeout=60)
    finally:
        doctor.kill()
        broker.close()
    assert doctor.returncode == EX_TEMPFAIL
    assert "nothing to complain of" not in said and said.endswith("broken off: not all was looked at\n")


def test_output_that_could_not_be_written_is_an_error():
    broker = MockBroker(1, **{"news.article": 1})
    try:
        send(broker.bootstrap, "news.article", [{"value": "x" * 100000, "partition": 0}])
        with open("/dev/full", "w") as full:
            ended = subprocess.run([f"{BIN}/copydesk", "tail", "--kafka", broker.bootstrap, "--from", "earliest", "--until", "end", "--raw",
                                    "news.article"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    finally:
        broker.close()
    assert ended.returncode == EX_IOERR and "standard output can't be written" in ended.stderr
