"""The whole pipeline on a real broker for tests of commands: topics under a prefix, the three stages, the samples of deploy/ sent as pages."""
import json
import subprocess

from clients import BIN, ROOT, Reader, Stage, send

TOPICS = {"extract": {"topic.in": "news.page", "topic.out": "news.article", "topic.dead": "news.page.dead"},
          "dedup": {"topic.in": "news.article", "topic.out": "news.unique", "topic.duplicate": "news.duplicate", "topic.alias": "news.alias",
                    "topic.dead": "news.article.dead", "topic.probe": "news.dedup.probe", "topic.match": "news.dedup.match"},
          "tag": {"topic.in": "news.unique", "topic.out": "news.tagged", "topic.dead": "news.unique.dead"}}
SAMPLES = ROOT / "deploy" / "samples"


def copydesk(*words, check=None, **more):
    """Runs the command; returns the finished process. `check`: the exit code wanted."""
    done = subprocess.run([str(BIN / "copydesk"), *map(str, words)], capture_output=True, text=True, timeout=120, **more)
    assert check is None or done.returncode == check, f"exit {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done


def page(name, fetched="2026-11-20T08:00:00Z", **more):
    """A sample as a raw-page object."""
    text = (SAMPLES / name).read_bytes().decode("utf-8")
    return {"url": f"https://www.harbourgazette.example/{name}", "fetchedAt": fetched, "html" if name.endswith(".html") else "text": text, **more}


class Pipeline:
    def __init__(self, kafka, folder, prefix, partitions=2, **options):
        self.kafka, self.prefix, self.bootstrap = kafka, prefix, kafka.bootstrap
        names = {topic for topics in TOPICS.values() for topic in topics.values()}
        kafka.topics(partitions, **{prefix + name: {"retention.ms": -1} for name in names})
        self.stages = {stage: Stage(f"copydesk-{stage}", kafka.bootstrap, folder, stage, group=f"{prefix}copydesk-{stage}", workers=1,
                                    **{key: prefix + topic for key, topic in topics.items()}, **options.get(stage, {}))
                       for stage, topics in TOPICS.items()}

    def start(self, *names):
        for name in names or self.stages:
            self.stages[name].start()
        for name in names or self.stages:
            self.stages[name].wait_ready()
        return self

    def send(self, pages, **more):
        """Raw pages (objects or bytes); their places as topic/partition/offset."""
        values = [json.dumps(p) if isinstance(p, dict) else p for p in pages]
        where = send(self.bootstrap, self.prefix + "news.page", [{"value": v, "key": f"page-{i}", **more} for i, v in enumerate(values)])
        return [f"{self.prefix}news.page/{p}/{o}" for p, o in where]

    def read(self, topic, count):
        """The first messages of a topic, once there are so many; what may come behind them isn't waited for."""
        reader = Reader(self.bootstrap, self.prefix + topic)
        try:
            assert reader.wait_for(count, 90), f"{len(reader.messages)} of {count} messages on {topic}"
            return reader.messages
        finally:
            reader.close()

    def command(self, name, *words, **more):
        return copydesk(name, "--kafka", self.bootstrap, *(["--prefix", self.prefix] if name != "topics" else []), *words, **more)

    def stop(self):
        for stage in self.stages.values():
            if stage.running():
                stage.terminate()
