import uuid

import pytest

import clients
from kafkanode import Kafka


@pytest.fixture(scope="session")
def kafka():
    """A real broker for all tests of this run."""
    node = Kafka().start()
    yield node
    node.stop()


@pytest.fixture
def name():
    """A prefix for topics and groups that no other test uses."""
    return "t" + uuid.uuid4().hex[:8]


@pytest.fixture
def stages(tmp_path):
    """stages(program, bootstrap, instance=…, **options) makes a stage process that doesn't outlive the test."""
    made = []

    def make(program, bootstrap, instance="one", **options):
        stage = clients.Stage(program, bootstrap, tmp_path, instance, **options)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        if stage.running():
            stage.kill()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failing test shows the end of its stages' logs."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed and "tmp_path" in item.funcargs:
        for log in sorted(item.funcargs["tmp_path"].glob("*.log")):
            report.sections.append((log.name, log.read_text(errors="replace")[-4000:]))
