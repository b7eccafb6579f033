"""
Cheaper ways to read stances, measured on the same answers: `python -m training.stances.compare`.

`overlap`: a claim is asserted where some sentence shares enough stems with it, denied where that sentence also negates.
`lexical`: logistic regression on overlap with statement and cues, negation, quotation and hedges of the nearest sentence.
`embedding`: the same on the nearest cues in the space of the untrained sentence encoder.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline

from .data import Answer, read_answers
from .measures import decided, f1_scores

NEGATIONS = re.compile(r"\b(?:not|no|never|nothing|none|nor|neither|without|cannot|hardly|wrong|false|myth|contrary|n't|doesn't|don't|isn't|aren't|won't|can't|didn't)\b|n't", re.I)
CONTRASTS = re.compile(r"\b(?:but|however|although|though|yet|instead|rather|actually|contrary)\b", re.I)
OPINIONS = re.compile(r"\b(?:friend|alice|bob|some(?:body|one)?|many|people|says?|said|claims?|think|thinks|believe|read|told)\b|[\"“”'`]", re.I)


def stem(word: str) -> str:
    return re.sub(r"(?:ations?|ings?|ers?|ies|es|ed|ly|s)$", "", word.lower())


def stems(text: str) -> set[str]:
    return {stem(w) for w in re.findall(r"[a-zA-Z]{3,}|O\([^)]*\)", text)}


def sentences(answer: Answer) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?;:])\s+", " ".join(answer.words)) if s.strip()] or [" ".join(answer.words)]


def overlap(sentence: str, claim: str) -> float:
    wanted = stems(claim)
    return len(stems(sentence) & wanted) / max(1, len(wanted))


def by_overlap(answer: Answer, claim: str) -> int:
    best = max(sentences(answer), key=lambda s: overlap(s, claim))
    if overlap(best, claim) < 0.35:
        return 0
    return 2 if len(NEGATIONS.findall(best)) % 2 else 1


class Features:
    """Numbers about one answer and one claim, with the cues that other answers give."""

    def __init__(self, training: list[Answer]):
        self.cues: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for answer in training:
            for claim, quotes in answer.quotes.items():
                self.cues.setdefault((claim, answer.stances[claim][0]), []).extend((id(answer), q) for q in quotes)
        self.tfidf = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        self.tfidf.fit(" ".join(a.words) for a in training)

    def of(self, answer: Answer, claim: str) -> list[float]:
        parts = sentences(answer)
        statement = answer.statements[claim]
        vectors = self.tfidf.transform(parts)
        near = []
        for stance in (1, 2):
            cues = [quote for owner, quote in self.cues.get((claim, stance), []) if owner != id(answer)][:60]
            similar = (vectors @ self.tfidf.transform(cues).T).toarray() if cues else np.zeros((len(parts), 1))
            top = np.sort(similar.max(0) if len(parts) else similar[0])[::-1]
            near += [similar.max(), top[:3].mean(), similar.max(1).mean()]
        best = max(parts, key=lambda s: overlap(s, statement))
        negations = len(NEGATIONS.findall(best))
        return [
            *near, near[0] - near[3], overlap(best, statement), negations, negations % 2, len(CONTRASTS.findall(best)),
            len(OPINIONS.findall(best)), len(NEGATIONS.findall(" ".join(parts))), len(answer.words) / 100,
        ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, default=Path("runs/stances"))
    parser.add_argument("--measure", type=Path, nargs="*", default=[])
    parser.add_argument("--held-out", nargs="*", default=["held-out", "test"])
    args = parser.parse_args()
    claims = json.loads((args.words / "claims.json").read_text())
    files = {f.name.split(".")[0]: f for f in sorted(args.words.glob("*.words.jsonl"))}
    training = [a for name, f in files.items() if name not in args.held_out for a in read_answers(f, claims)]
    measured = {f.stem: read_answers(f, claims) for f in [*(files[name] for name in args.held_out), *args.measure]}

    features = Features(training)
    pairs = [(a, c, s) for a in training for c, (s, _) in a.stances.items()]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000, class_weight="balanced"))
    model.fit(np.array([features.of(a, c) for a, c, _ in pairs]), [s for *_, s in pairs])
    for name, answers in measured.items():
        held = [(a, c, s) for a in answers for c, (s, _) in a.stances.items()]
        truth = np.array([s for *_, s in held])
        began = time.perf_counter()
        lexical = model.predict_proba(np.array([features.of(a, c) for a, c, _ in held]))
        seconds = (time.perf_counter() - began) / len({a.group for a in answers})
        methods = {
            "always asserts": (np.full(len(held), 1), None),
            "overlap": (np.array([by_overlap(a, a.statements[c]) for a, c, _ in held]), None),
            "lexical": (lexical.argmax(1), lexical.max(1)),
        }
        for method, (guess, confidence) in methods.items():
            f1 = f1_scores(truth.tolist(), guess.tolist())
            line = f"{name} {method}: macro-F1 {np.mean(f1):.3f} ({' '.join(f'{v:.2f}' for v in f1)})"
            if confidence is not None:
                line += f", decides {decided(confidence, guess == truth):.2f} at 0.9 right, {1000 * seconds:.0f} ms a report"
            print(line, flush=True)


if __name__ == "__main__":
    main()
