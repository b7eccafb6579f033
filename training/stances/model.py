"""
Reads an answer once and decides any number of claims about it.

The encoder turns the answer's tokens into states. A claim is given by three vectors, the mean states of its statement, of
sentences that assert it and of sentences that deny it (the cues of an assignment; zero where there are none). It asks the
tokens of the answer by attention; what it finds there, beside the claim itself, gives the stance, and where it looked
gives the place.
"""

import math

import torch
from torch import nn
from transformers import BertModel

STANCES = ["silent", "asserts", "denies"]
START, SEPARATOR, MASKED = 101, 102, 103
LONGEST = 256
WIDTH = 384
HEADS = 6
CLAIM_WIDTH = 3 * WIDTH + 2
"""Statement, what asserts, what denies, and whether the latter two are there."""


def mean_states(states, mask):
    """Mean over tokens, of length 1; [batch, WIDTH]."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    means = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
    return nn.functional.normalize(means, dim=-1)


class StanceReader(nn.Module):
    def __init__(self, encoder: BertModel):
        super().__init__()
        self.encoder = encoder
        self.claim = nn.Sequential(nn.Linear(CLAIM_WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.evidence = nn.Linear(HEADS, 1)
        self.head = nn.Sequential(nn.Linear(3 * WIDTH + 3, WIDTH), nn.GELU(), nn.Dropout(0.1), nn.Linear(WIDTH, len(STANCES)))

    def states(self, ids, mask):
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

    def decide(self, states, mask, claims):
        """
        states [batch, tokens, WIDTH], claims [batch, claims, CLAIM_WIDTH]; gives logits [batch, claims, 3] in the order of
        STANCES, and evidence [batch, claims, tokens], logits of a token carrying the stance.
        """
        batch, tokens, _ = states.shape
        count = claims.shape[1]
        claim = self.claim(claims)
        split = lambda x, n: x.view(batch, n, HEADS, WIDTH // HEADS).transpose(1, 2)  # noqa: E731
        queries, keys, values = split(self.query(claim), count), split(self.key(states), tokens), split(self.value(states), tokens)
        scores = queries @ keys.transpose(2, 3) / math.sqrt(WIDTH // HEADS)
        weights = torch.softmax(scores.masked_fill((mask == 0)[:, None, None, :], -1e4), dim=-1)
        found = (weights @ values).transpose(1, 2).reshape(batch, count, WIDTH)
        # How near the answer's tokens come to statement and cues, as the encoder itself sees it.
        directions = nn.functional.normalize(states, dim=-1)
        near = [
            (claims[..., i * WIDTH : (i + 1) * WIDTH] @ directions.transpose(1, 2)).masked_fill((mask == 0)[:, None, :], -1.0).amax(-1, keepdim=True)
            for i in range(3)
        ]
        logits = self.head(torch.cat([found, claim, found * claim, *near], dim=-1))
        return logits, self.evidence(scores.permute(0, 2, 3, 1)).squeeze(-1)

    def forward(self, ids, mask, claims):
        return self.decide(self.states(ids, mask), mask, claims)


def truncated(encoder: BertModel, layers: list[int]) -> BertModel:
    """The encoder with only these of its layers."""
    encoder.encoder.layer = nn.ModuleList([encoder.encoder.layer[i] for i in layers])
    encoder.config.num_hidden_layers = len(layers)
    return encoder
