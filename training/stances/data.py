"""Labelled answers as token ids; `words.ts` has split them into the words that the product reads."""

import json
import random
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import torch
from tokenizers import Tokenizer

from .model import LONGEST, SEPARATOR, START, STANCES

LONGEST_WORD = 24


@dataclass
class Answer:
    """An answer's words, and for each claim of its part its stance (an index of STANCES) and the words that carry it."""

    part: str
    words: list[str]
    stances: dict[str, tuple[int, list[int]]]
    statements: dict[str, str]
    quotes: dict[str, list[str]] = field(default_factory=dict)
    group: str = ""
    weight: float = 1.0


def read_answers(file: Path, claims: dict[str, dict[str, str]]) -> list[Answer]:
    """Answers of one file of `words.ts`; a claim that is not named is one about which the answer is silent."""
    answers = []
    for line in file.read_text().splitlines():
        row = json.loads(line)
        statements = claims[row["part"]]
        named = row["stances"]
        stances = {
            claim: (STANCES.index(named[claim]["is"]), named[claim]["evidence"]) if claim in named else (0, []) for claim in statements
        }
        quotes = {claim: stance["quotes"] for claim, stance in named.items()}
        answers.append(Answer(row["part"], row["words"], stances, statements, quotes, row.get("report", file.stem)))
    return answers


def read_semeval(archive: Path) -> list[Answer]:
    """Student answers of SemEval-2013 task 7: the best reference answer is a claim, asserted, denied or not said."""
    kinds = {"correct": 1, "contradictory": 2, "incorrect": 0}
    answers = []
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.name.endswith(".xml"):
                continue
            question = ElementTree.parse(tar.extractfile(member)).getroot()
            references = [r.text.strip() for r in question.iter("referenceAnswer") if r.text and r.get("category", "BEST") in ("BEST", "GOOD")]
            name = question.get("id")
            for student in question.iter("studentAnswer"):
                if student.text and references:
                    stance = kinds[student.get("accuracy")]
                    claim = f"{name}.reference"
                    answers.append(Answer(name, student.text.split(), {claim: (stance, [])}, {claim: references[0]}, {}, "semeval", 0.5))
    return answers


class Encoded:
    """Turns answers into rows of token ids; words are tokenised one by one, as the product does."""

    def __init__(self, tokenizer: Path):
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.known: dict[str, list[int]] = {}

    def ids(self, word: str) -> list[int]:
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids[:LONGEST_WORD]
        return self.known[word]

    def row(self, words: list[str]) -> tuple[list[int], np.ndarray]:
        """Token ids with marks around them, and of each token the index of its word (-1 for marks)."""
        ids, owners = [START], [-1]
        for index, word in enumerate(words):
            pieces = self.ids(word)
            if len(ids) + len(pieces) >= LONGEST:
                break
            ids += pieces
            owners += [index] * len(pieces)
        return [*ids, SEPARATOR], np.array([*owners, -1])


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and mask, [rows, tokens]; few different lengths, since each is prepared anew."""
    length = -(-max(map(len, rows)) // 16) * 16
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)], mask[i, : len(row)] = torch.tensor(row), 1
    return ids, mask


# Parts on the same subject: an answer to one says something about the claims of the other.
RELATED = [{"3a", "3b", "6a", "6b", "6c"}, {"7a", "7b"}, {"8a", "8b", "8c", "8d"}, {"9a", "9b", "9c"}, {"10a", "10b"}, {"2a", "2b"}]


def are_related(a: str, b: str) -> bool:
    return a == b or any(a in group and b in group for group in RELATED)


def beside_another(answer: Answer, answers: list[Answer], rng: random.Random) -> tuple[list[str], int]:
    """Words of the answer, now and then with those of an answer about something else; and how many come before."""
    other = rng.choice(answers)
    if answer.group == "semeval" or are_related(other.part, answer.part) or rng.random() > 0.25:
        return answer.words, 0
    return (answer.words + other.words, 0) if rng.random() < 0.5 else (other.words + answer.words, len(other.words))
