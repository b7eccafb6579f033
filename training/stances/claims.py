"""Claims as vectors: the mean states of their statements and cues, as the encoder sees them at the moment."""

import random

import torch

from .data import Answer, Encoded, padded
from .model import WIDTH, StanceReader, mean_states

MOST_CUES = 8
CUES_AT_ONCE = 20


@torch.no_grad()
def embed(reader: StanceReader, encoded: Encoded, texts: list[str]) -> dict[str, torch.Tensor]:
    """Unit vectors by text."""
    was_training = reader.training
    reader.eval()
    unique = sorted(set(texts), key=lambda text: len(text.split()))
    found = {}
    for start in range(0, len(unique), 64):
        chunk = unique[start : start + 64]
        ids, mask = padded([encoded.row(text.split())[0] for text in chunk])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = reader.states(ids, mask)
        found |= dict(zip(chunk, mean_states(states.float(), mask)))
    reader.train(was_training)
    return found


class Claims:
    """The vectors of all claims that a run knows, and cues for each from what answers say about it."""

    def __init__(self, answers: list[Answer]):
        self.statements = {claim: text for answer in answers for claim, text in answer.statements.items()}
        self.quotes: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for answer in answers:
            for claim, quotes in answer.quotes.items():
                for quote in quotes:
                    if 3 <= len(quote.split()) <= 24:
                        self.quotes.setdefault((claim, answer.stances[claim][0]), []).append((id(answer), quote))
        self.vectors: dict[str, torch.Tensor] = {}
        self.chosen: dict[tuple[str, int], list[tuple[int, str]]] = {}
        self.rng = random.Random(1)

    def refresh(self, reader: StanceReader, encoded: Encoded, cues: bool = True) -> None:
        """Of a part of the cues each time: all of them would take longer than what is learned in between."""
        texts = list(self.statements.values())
        if cues:
            self.chosen = {key: self.rng.sample(quotes, min(len(quotes), CUES_AT_ONCE)) for key, quotes in self.quotes.items()}
            texts += [quote for quotes in self.chosen.values() for _, quote in quotes]
        self.vectors |= embed(reader, encoded, texts)

    def vector(self, claim: str, says: list[str], denies: list[str]) -> torch.Tensor:
        """[CLAIM_WIDTH]"""
        parts = [self.vectors[self.statements[claim]]]
        for cues in (says, denies):
            mean = torch.stack([self.vectors[cue] for cue in cues]).mean(0) if cues else torch.zeros(WIDTH)
            parts.append(torch.nn.functional.normalize(mean, dim=-1))
        return torch.cat([*parts, torch.tensor([float(bool(says)), float(bool(denies))])])

    def drawn(self, answer: Answer, claim: str, rng: random.Random) -> torch.Tensor:
        """The claim with cues from other answers, as many as an author of an assignment may give; often none."""
        if rng.random() < 0.4:
            return self.vector(claim, [], [])
        cues = []
        for stance in (1, 2):
            known = [quote for owner, quote in self.chosen.get((claim, stance), []) if owner != id(answer)]
            cues.append(rng.sample(known, min(len(known), rng.randint(0, MOST_CUES))))
        return self.vector(claim, *cues)

    def plain(self, claim: str) -> torch.Tensor:
        return self.vector(claim, [], [])
