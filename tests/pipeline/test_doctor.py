"""`copydesk doctor` on the embedded broker: one that is broken off never says that all is well."""
import os
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "broker"))
from clients import BIN, MockBroker  # noqa: E402

EX_TEMPFAIL = 75


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
