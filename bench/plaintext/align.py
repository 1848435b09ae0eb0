"""Which units of a rendered page belong to the article's body: the truth's tokens laid along the page's."""
import re
from collections import defaultdict

TOKEN = re.compile(r"\w+", re.UNICODE)


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text or "")


def _places(truth: list[str], n: int) -> dict:
    places = defaultdict(list)
    for i in range(len(truth) - n + 1):
        places[tuple(truth[i:i + n])].append(i)
    return places


def _anchor(unit: list[str], places: dict, n: int):
    """(share of the unit's n-grams that the truth holds in one place, first and last truth token)."""
    votes = defaultdict(int)
    for i in range(len(unit) - n + 1):
        for at in places.get(tuple(unit[i:i + n]), ()):
            votes[at - i] += 1
    if not votes:
        return None
    # words may be inserted or lost: neighbouring diagonals count together
    best, hits = max(((d, sum(votes.get(d + k, 0) for k in range(-3, 4))) for d in votes), key=lambda x: (x[1], -x[0]))
    return hits / (len(unit) - n + 1), best, best + len(unit)


def align(units: list[str], body: str, n: int = 4) -> list[float]:
    """The share of each unit that is body, 0 for units that repeat what another unit already covers."""
    truth, parts = tokens(body), [tokens(u) for u in units]
    places = _places(truth, n)
    anchors = []
    for index, part in enumerate(parts):
        if len(part) >= n and (found := _anchor(part, places, n)) and found[0] >= 0.2:
            anchors.append((index, *found))
    # the heaviest chain of anchors that go forward in both texts
    best, back = [], []
    for k, (index, share, start, end) in enumerate(anchors):
        weight, previous = 0.0, -1
        for j in range(max(0, k - 400), k):
            overlap = anchors[j][3] - start
            if anchors[j][2] < start and overlap <= 0.5 * (end - start) and best[j] > weight:
                weight, previous = best[j], j
        best.append(weight + share * (end - start))
        back.append(previous)
    label = [0.0] * len(units)
    chain, k = [], max(range(len(best)), key=best.__getitem__) if best else -1
    while k >= 0:
        chain.append(anchors[k])
        k = back[k]
    chain.reverse()
    for index, share, _, _ in chain:
        label[index] = share
    # short units: their tokens must stand in the truth between the anchors around them
    marks = [(-1, 0, 0)] + [(c[0], c[2], c[3]) for c in chain] + [(len(units), len(truth), len(truth))]
    for (left, _, left_end), (right, right_start, _) in zip(marks, marks[1:]):
        at = max(0, left_end - 2) if left >= 0 else max(0, right_start - 80)
        last = min(len(truth), right_start + 2) if right < len(units) else min(len(truth), left_end + 80)
        if last - at < 1:
            continue
        for index in range(left + 1, right):
            part = parts[index]
            if not part or len(part) > 12 or (left < 0 and index < right - 25):
                continue
            for start in range(at, last - len(part) + 1):
                if truth[start:start + len(part)] == part:
                    label[index], at = 1.0, start + len(part)
                    break
    return label
