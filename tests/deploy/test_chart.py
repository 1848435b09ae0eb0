"""The Helm chart, rendered and judged; and the compose file. rendered.yaml is what helm makes of the chart and values.full.yaml: kept, so that it is
judged where helm isn't, with a sum of the chart's sources, so that it can't be of another chart. To make it again, with helm on the PATH:

    python3 test_chart.py
"""
import copy
import hashlib
import json
import re
import sys

import jsonschema
import kubernetes_validate
import pytest
import yaml

from tools import BIN, DEPLOY, ROOT, find, need, run

CHART = DEPLOY / "helm" / "copydesk"
HERE = ROOT / "tests" / "deploy"
RENDERED, FULL = HERE / "rendered.yaml", HERE / "values.full.yaml"
STAGES = ("extract", "dedup", "tag")
KUBERNETES = "1.31"
# What of the operators' own kinds is used (their schemas come with the operators).
OPERATORS = {
    ("keda.sh/v1alpha1", "ScaledObject"): {
        "type": "object", "additionalProperties": False, "required": ["scaleTargetRef", "triggers"], "properties": {
            "scaleTargetRef": {"type": "object", "required": ["name"], "properties": {"kind": {"enum": ["StatefulSet"]}, "name": {"type": "string"}}},
            "minReplicaCount": {"type": "integer"}, "maxReplicaCount": {"type": "integer"}, "cooldownPeriod": {"type": "integer"},
            "triggers": {"type": "array", "minItems": 1, "items": {
                "type": "object", "additionalProperties": False, "required": ["type", "metadata"], "properties": {
                    "type": {"const": "kafka"}, "authenticationRef": {"type": "object", "required": ["name"]},
                    "metadata": {"type": "object", "required": ["bootstrapServers", "consumerGroup", "topic", "lagThreshold"],
                                 "additionalProperties": {"type": "string"}}}}}}},
    ("monitoring.coreos.com/v1", "ServiceMonitor"): {
        "type": "object", "required": ["selector", "endpoints"], "additionalProperties": False, "properties": {
            "selector": {"type": "object", "required": ["matchLabels"]},
            "endpoints": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["port", "path"]}}}},
    ("monitoring.coreos.com/v1", "PrometheusRule"): {
        "type": "object", "required": ["groups"], "additionalProperties": False, "properties": {
            "groups": {"type": "array", "minItems": 2, "items": {"type": "object", "required": ["name", "rules"]}}}},
}


def chart_sum():
    total = hashlib.sha256()
    for path in sorted([*CHART.rglob("*.yaml"), *CHART.rglob("*.tpl"), *CHART.rglob("*.json"), FULL]):
        if "files" not in path.parts:
            total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def render(*arguments):
    return run(find("helm"), "template", "news", CHART, "-f", FULL, *arguments)


def kept():
    head, text = RENDERED.read_text().split("\n", 1)
    return head, text


def objects(text=None):
    return [document for document in yaml.safe_load_all(text or kept()[1]) if document]


def of_kind(kind):
    return {document["metadata"]["labels"]["app.kubernetes.io/component"]: document for document in objects() if document["kind"] == kind}


def judge(document):
    key = (document["apiVersion"], document["kind"])
    if key in OPERATORS:
        jsonschema.validate(document["spec"], OPERATORS[key])
        assert document["metadata"]["name"]
    else:
        kubernetes_validate.validate(document, KUBERNETES, strict=True)


def test_the_kept_rendering_is_of_this_chart():
    assert kept()[0].endswith(chart_sum()), "the chart changed: python3 tests/deploy/test_chart.py, with helm on the PATH"


def test_helm_renders_what_is_kept_and_finds_nothing_to_say():
    helm = need("helm", "the kept rendering is judged instead")
    assert render() == kept()[1]
    run(helm, "lint", "--strict", CHART)
    run(helm, "lint", "--strict", CHART, "-f", FULL)
    for text in (run(helm, "template", "news", CHART), render("--set", "prometheusRule=true,grafanaDashboard=true")):
        for document in objects(text):
            judge(document)
    board, = [d for d in objects(text) if d["metadata"]["name"] == "news-copydesk-dashboard"]
    assert json.loads(board["data"]["copydesk.json"])["uid"] == "copydesk"


def test_every_object_follows_its_schema():
    documents = objects()
    assert len(documents) == 6 * len(STAGES)
    for document in documents:
        judge(document)
    broken = copy.deepcopy(of_kind("StatefulSet")["tag"])
    broken["spec"]["template"]["spec"]["containers"][0]["livenessProb"] = {}
    with pytest.raises(Exception):
        judge(broken)


def test_each_stage_has_all_of_its_objects():
    for kind in ("ConfigMap", "Service", "StatefulSet", "PodDisruptionBudget", "ScaledObject", "ServiceMonitor"):
        assert set(of_kind(kind)) == set(STAGES), kind


def test_pods_are_confined_and_probed():
    for stage, document in of_kind("StatefulSet").items():
        pod = document["spec"]["template"]["spec"]
        container, = pod["containers"]
        assert pod["automountServiceAccountToken"] is False and pod["securityContext"]["runAsNonRoot"]
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
        assert {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe")} == {"/livez"}
        assert container["readinessProbe"]["httpGet"]["path"] == "/readyz" and container["resources"]["limits"]["memory"]
        assert pod["terminationGracePeriodSeconds"] > 10, "a stage drains for 10 s"
        assert container["args"][0] == f"copydesk-{stage}"
        mounts = {mount["name"] for mount in container["volumeMounts"]}
        assert mounts == {"config", "state", "secrets"}


def test_programs_take_the_configuration_that_the_chart_writes(tmp_path):
    (tmp_path / "password").write_text("x\n")
    for stage, document in of_kind("ConfigMap").items():
        file = tmp_path / f"{stage}.conf"
        file.write_text(document["data"]["copydesk.conf"].replace("/etc/copydesk/secrets/password", f"{tmp_path}/password"))
        shown = run(BIN / f"copydesk-{stage}", "--print-config", "--config", file)
        assert re.search(r"^commit\.messages = 1000000\b", shown, re.M), shown
        assert re.search(r"^kafka\.sasl\.password = \*+", shown, re.M) and "index.snapshots = /var/lib/copydesk" in shown
        if stage == "extract":
            assert "spans #2.json" in shown
        if stage == "dedup":
            assert "window = 30d" in shown


def test_values_are_checked_by_their_schema():
    schema = json.loads((CHART / "values.schema.json").read_text())
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    jsonschema.validate(values, schema)
    assert set(schema["properties"]) - {"global"} == set(values)
    for change in ({"stages": {**values["stages"], "translate": values["stages"]["tag"]}}, {"autoscalng": {}},
                   {"kafka": {**values["kafka"], "settings": {"sasl.password": "in the open"}}}, {"kafka": {"bootstrapServers": "kafka"}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**values, **change}, schema)


def test_topics_and_groups_of_the_chart_are_the_programs():
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    for stage in STAGES:
        rows = {row["name"]: row.get("default") for row in json.loads(run(BIN / f"copydesk-{stage}", "--print-options", "json"))["options"]}
        assert (values["stages"][stage]["topic"], values["stages"][stage]["group"]) == (rows["topic.in"], rows["group"])


# --- compose and image ---------------------------------------------------------------------------------------------------


def compose():
    return yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())


def test_compose_services_refer_to_what_exists():
    services = compose()["services"]
    assert set(services) == {"broker", "topics", *STAGES}
    conditions = {"service_started", "service_healthy", "service_completed_successfully"}
    known = {"image", "build", "command", "environment", "ports", "healthcheck", "depends_on", "restart", "read_only", "cap_drop", "security_opt",
             "stop_grace_period", "volumes"}
    for name, service in services.items():
        assert set(service) <= known and service.get("image"), name
        for other, how in service.get("depends_on", {}).items():
            assert other in services and how["condition"] in conditions
            assert how["condition"] != "service_healthy" or "healthcheck" in services[other]
        if "build" in service:
            context = (DEPLOY / "container" / service["build"]["context"]).resolve()
            assert context == ROOT and (context / service["build"]["dockerfile"]).exists()


def test_compose_stages_are_confined_and_take_their_environment():
    services = compose()["services"]
    for stage in STAGES:
        service = services[stage]
        assert service["command"] == [f"copydesk-{stage}"] and service["read_only"] and service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"] and service["stop_grace_period"] == "15s"
        shown = run(BIN / f"copydesk-{stage}", "--print-config", env={key: str(value) for key, value in service["environment"].items()})
        for name in service["environment"]:
            assert re.search(rf"# .*{name}|{name}$", shown, re.M), (name, shown)


def test_the_image_runs_as_nobody_special_and_copies_what_exists():
    text = (DEPLOY / "container" / "Dockerfile").read_text()
    assert text.count("\nFROM ") == 2 and re.search(r"^USER \d{4,}:\d{4,}$", text, re.M)
    for source in re.findall(r"^COPY (?!--from)(\S+) ", text, re.M):
        assert (ROOT / source).exists()
    listed = {line.split()[0] for line in (DEPLOY / "packages").read_text().splitlines() if line and not line.startswith("#")}
    assert set(re.findall(r'\$1 == "(\w+)"', text)) <= listed


if __name__ == "__main__":
    sys.exit(RENDERED.write_text(f"# Made by tests/deploy/test_chart.py of chart {chart_sum()}\n{render()}") < 1)
