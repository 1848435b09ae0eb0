"""The alert rules and the dashboard are generated (ctest monitoring_*_is_current); here: are they right?"""
import json
import re

import yaml

from tools import BIN, DEPLOY, need, run

RULES = DEPLOY / "prometheus" / "copydesk.rules.yaml"
DASHBOARD = DEPLOY / "grafana" / "copydesk.json"
SUFFIX = {"counter": [""], "gauge": [""], "histogram": ["_bucket", "_sum", "_count"]}


def series():
    """Names of all series that the programs can show, by their own account."""
    rows = [row for stage in ("extract", "dedup", "tag") for row in json.loads(run(BIN / f"copydesk-{stage}", "--print-options", "json"))["metrics"]]
    return {row["name"] + suffix for row in rows for suffix in SUFFIX[row["type"]]}, {row["name"] for row in rows}


def rules():
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def panels():
    return [panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row"]


def names_in(expr):
    """Metric names of a PromQL expression: what is left when labels, functions and words are taken out."""
    bare = re.sub(r"\{[^}]*\}|\[[^]]*\]|\"[^\"]*\"|\b(by|on|group_left|group_right|ignoring|without) *\([^)]*\)", " ", expr)
    return set(re.findall(r"\b(?:copydesk_|process_|stage)[a-zA-Z0-9_:]*\b", bare))


def test_rules_use_only_what_exists():
    known, _ = series()
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    for rule in rules():
        names = names_in(rule["expr"])
        assert names and names <= known | recorded, (rule, names - known - recorded)


def test_dashboard_uses_only_what_exists_and_shows_all_of_it():
    known, metrics = series()
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    shown = set().union(*[names_in(target["expr"]) for panel in panels() for target in panel["targets"]])
    assert shown <= known | recorded, shown - known - recorded
    assert recorded <= shown
    missing = {name for name in metrics if not {name, name + "_bucket"} & shown}
    assert not missing


def test_panels_do_not_overlap_and_have_ids_of_their_own():
    every = json.loads(DASHBOARD.read_text())["panels"]
    assert len({panel["id"] for panel in every}) == len(every)
    cells = [(x, y) for panel in every for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
             for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])]
    assert len(set(cells)) == len(cells) and max(x for x, _ in cells) == 23


def test_alerts_have_what_a_page_at_night_needs():
    alerts = [rule for rule in rules() if "alert" in rule]
    assert len({rule["alert"] for rule in alerts}) == len(alerts) >= 12
    for rule in alerts:
        assert rule["labels"]["severity"] in ("warning", "critical") and re.fullmatch(r"\d+[mh]", rule["for"])
        assert len(rule["annotations"]["description"]) > 60 and "$labels.stage" in rule["annotations"]["summary"]


def test_promtool_takes_the_rules_and_alerts_fire_when_they_should(tmp_path):
    promtool = need("promtool", "tests/run unpacks it from Debian's package prometheus")
    run(promtool, "check", "rules", RULES)
    cases = (DEPLOY.parent / "tests" / "deploy" / "alerts.yaml").read_text().replace("RULES", str(RULES))
    (tmp_path / "alerts.yaml").write_text(cases)
    run(promtool, "test", "rules", tmp_path / "alerts.yaml")


def test_log_events_that_alerts_and_docs_name_are_logged():
    source = "".join(path.read_text() for path in (DEPLOY.parent / "common").rglob("*.c"))
    named = set(re.findall(r"[Ll]og: ([a-z_]+)|Look for ([a-z_]+) in the log", RULES.read_text()))
    words = {word for pair in named for word in pair if word}
    words |= set(re.findall(r"`([a-z_]+)`", re.search(r"Events worth a filter:(.*?)\.\n", (DEPLOY.parent / "docs" / "operations.md").read_text(), re.S)[1]))
    assert len(words) >= 10
    for word in words:
        assert re.search(rf'(log_(info|warn|error)\(|\? |: )"{word}"', source), word
