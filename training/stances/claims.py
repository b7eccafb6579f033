"""Claims as vectors: the mean states of their statements and cues, as the encoder sees them at the moment."""

import random

import torch

from .data import Answer, Encoded, padded
from .model import WIDTH, StanceReader, mean_states

MOST_CUES = 8
CUES_AT_ONCE = 20
OPPOSITES = 0.3
"""Share of the restated claims."""


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
    """
    The vectors of all claims that a run knows, and cues for each: those of its author, and what answers say about it. A
    share `restated` of the claims that are drawn is given by words of which another answer or the author says that they
    assert it, or deny it, so that a reader cannot learn claims by heart.
    """

    def __init__(self, answers: list[Answer], authored: dict[str, dict[str, list[str]]], restated: float):
        self.restated = restated
        self.statements = {claim: text for answer in answers for claim, text in answer.statements.items()}
        self.quotes: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for answer in answers:
            for claim, quotes in answer.quotes.items():
                for quote in quotes:
                    if 3 <= len(quote.split()) <= 24:
                        self.quotes.setdefault((claim, answer.stances[claim][0]), []).append((id(answer), quote))
        self.authored = {(claim, i): [(0, text) for text in cues[kind]] for claim, cues in authored.items() for i, kind in ((1, "asserts"), (2, "denies"))}
        self.vectors: dict[str, torch.Tensor] = {}
        self.chosen: dict[tuple[str, int], list[tuple[int, str]]] = {}
        self.rng = random.Random(1)

    def refresh(self, reader: StanceReader, encoded: Encoded, quotes: bool = True) -> None:
        """Of a part of the quotes each time: all of them would take longer than what is learned in between."""
        texts = [*self.statements.values(), *(text for cues in self.authored.values() for _, text in cues)]
        if quotes:
            keys = {*self.quotes, *self.authored}
            sampled = {key: self.rng.sample(self.quotes.get(key, []), min(len(self.quotes.get(key, [])), CUES_AT_ONCE)) for key in keys}
            self.chosen = {key: sampled[key] + self.authored.get(key, []) for key in keys}
            texts += [quote for cues in self.chosen.values() for _, quote in cues]
        self.vectors |= embed(reader, encoded, texts)

    def vector(self, statement: str, says: list[str], denies: list[str]) -> torch.Tensor:
        """[CLAIM_WIDTH]"""
        parts = [self.vectors[statement]]
        for cues in (says, denies):
            mean = torch.stack([self.vectors[cue] for cue in cues]).mean(0) if cues else torch.zeros(WIDTH)
            parts.append(torch.nn.functional.normalize(mean, dim=-1))
        return torch.cat([*parts, torch.tensor([float(bool(says)), float(bool(denies))])])

    def drawn(self, answer: Answer, claim: str, rng: random.Random) -> tuple[torch.Tensor, bool]:
        """
        The claim with cues from other answers, as many as an author of an assignment may give; often none. And whether it
        was turned into its opposite, as a claim that is given in words that deny it.
        """
        known = [[quote for owner, quote in self.chosen.get((claim, stance), []) if owner != id(answer)] for stance in (1, 2)]
        statement, is_opposite = self.statements[claim], False
        if rng.random() < self.restated:
            is_opposite = rng.random() < OPPOSITES
            statement = rng.choice(known[is_opposite] or [statement])
            is_opposite = is_opposite and bool(known[1])
        if rng.random() < 0.4:
            return self.vector(statement, [], []), is_opposite
        cues = [rng.sample(texts, min(len(texts), rng.randint(0, MOST_CUES))) for texts in known]
        return self.vector(statement, *(reversed(cues) if is_opposite else cues)), is_opposite

    def plain(self, claim: str) -> torch.Tensor:
        return self.vector(self.statements[claim], [], [])

    def with_cues(self, claim: str) -> torch.Tensor:
        """As the product asks it, with all that its author gave."""
        return self.vector(self.statements[claim], *([text for _, text in self.authored.get((claim, stance), [])] for stance in (1, 2)))
