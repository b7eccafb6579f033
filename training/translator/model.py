"""The translator: a small pre-norm transformer (Vaswani et al. 2017) that shows all of its attention maps.

Shapes below: B sentences, S source tokens, T target tokens, D width, H heads, L layers of a side.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .tokenizer import BOS, EOS, PAD, VOCABULARY


@dataclass(frozen=True)
class Config:
    vocabulary: int = VOCABULARY
    width: int = 192
    heads: int = 4
    layers: int = 3
    feed_forward: int = 512
    max_length: int = 128
    dropout: float = 0.1

    def as_dict(self) -> dict:
        return asdict(self)


def sinusoids(length: int, width: int) -> Tensor:
    """Fixed positional encoding, [length, width]."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    angles = torch.arange(length)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=-1).reshape(length, width)


class Attention(nn.Module):
    """Multi-head attention whose keys and values can be projected once and kept."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.scale = (config.width // config.heads) ** -0.5
        self.queries = nn.Linear(config.width, config.width)
        self.keys_values = nn.Linear(config.width, 2 * config.width)
        self.output = nn.Linear(config.width, config.width)
        self.dropout = config.dropout

    def _split(self, x: Tensor) -> Tensor:
        batch, length, width = x.shape
        return x.reshape(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def project(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of x [B, S, D], each [B, H, S, D/H]."""
        keys, values = self.keys_values(x).chunk(2, dim=-1)
        return self._split(keys), self._split(values)

    def _merge(self, mixed: Tensor) -> Tensor:
        batch, heads, length, size = mixed.shape
        return self.output(mixed.transpose(1, 2).reshape(batch, length, heads * size))

    def forward(self, x: Tensor, keys: Tensor, values: Tensor, bias: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Mixed values [B, T, D] and the row-stochastic weights [B, H, T, S]."""
        scores = self._split(self.queries(x)) @ keys.transpose(-1, -2) * self.scale
        weights = (scores if bias is None else scores + bias).softmax(-1)
        return self._merge(F.dropout(weights, self.dropout, self.training) @ values), weights

    def fused(
        self, x: Tensor, keys: Tensor, values: Tensor, bias: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        """The same without the weights: faster in training."""
        dropout = self.dropout if self.training else 0.0
        mixed = F.scaled_dot_product_attention(
            self._split(self.queries(x)), keys, values, attn_mask=bias, dropout_p=dropout, is_causal=causal
        )
        return self._merge(mixed)


class FeedForward(nn.Sequential):
    def __init__(self, config: Config) -> None:
        super().__init__(
            nn.Linear(config.width, config.feed_forward),
            nn.ReLU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.feed_forward, config.width),
        )


class EncoderLayer(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.norm_attention, self.norm_feed = nn.LayerNorm(config.width), nn.LayerNorm(config.width)
        self.attention, self.feed = Attention(config), FeedForward(config)
        self.dropout = nn.Dropout(config.dropout)


class DecoderLayer(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.norm_self, self.norm_cross, self.norm_feed = (nn.LayerNorm(config.width) for _ in range(3))
        self.self_attention, self.cross_attention = Attention(config), Attention(config)
        self.feed = FeedForward(config)
        self.dropout = nn.Dropout(config.dropout)


class Translator(nn.Module):
    """One embedding matrix serves the source, the target and the output (Press & Wolf 2017)."""

    def __init__(self, config: Config = Config()) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width, padding_idx=PAD)
        self.register_buffer("positions", sinusoids(config.max_length, config.width), persistent=False)
        self.encoder = nn.ModuleList(EncoderLayer(config) for _ in range(config.layers))
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(config.width), nn.LayerNorm(config.width)
        self.dropout = nn.Dropout(config.dropout)
        self._initialise()

    def _initialise(self) -> None:
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
        nn.init.normal_(self.embedding.weight, std=self.config.width**-0.5)
        with torch.no_grad():
            self.embedding.weight[PAD].zero_()

    def embed(self, tokens: Tensor, positions: Tensor) -> Tensor:
        return self.dropout(self.embedding(tokens) * math.sqrt(self.config.width) + positions)

    def logits(self, x: Tensor) -> Tensor:
        return self.decoder_norm(x) @ self.embedding.weight.T

    @staticmethod
    def padding_bias(tokens: Tensor) -> Tensor:
        """[B, 1, 1, S]: 0 where there is a token, minus infinity on padding."""
        return torch.zeros(tokens.shape).masked_fill(tokens == PAD, float("-inf"))[:, None, None, :]

    def encode(self, source: Tensor, bias: Tensor | None = None) -> Tensor:
        """Memory [B, S, D] of source tokens [B, S]."""
        x = self.embed(source, self.positions[: source.shape[1]])
        for layer in self.encoder:
            normed = layer.norm_attention(x)
            x = x + layer.dropout(layer.attention.fused(normed, *layer.attention.project(normed), bias))
            x = x + layer.dropout(layer.feed(layer.norm_feed(x)))
        return self.encoder_norm(x)

    def decode(self, target: Tensor, memory: Tensor, bias: Tensor | None = None) -> Tensor:
        """Next-token logits [B, T, vocabulary] for every prefix of target [B, T]."""
        x = self.embed(target, self.positions[: target.shape[1]])
        for layer in self.decoder:
            normed = layer.norm_self(x)
            x = x + layer.dropout(
                layer.self_attention.fused(normed, *layer.self_attention.project(normed), causal=True)
            )
            normed = layer.norm_cross(x)
            x = x + layer.dropout(layer.cross_attention.fused(normed, *layer.cross_attention.project(memory), bias))
            x = x + layer.dropout(layer.feed(layer.norm_feed(x)))
        return self.logits(x)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        bias = self.padding_bias(source)
        return self.decode(target, self.encode(source, bias), bias)


class EncoderGraph(nn.Module):
    """What is exported to read a sentence: one sentence in, everything that decoding needs out."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.translator = translator

    def forward(self, source: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """source [1, S] → cross keys and values, each [L, 1, H, S, D/H], and self-attention [L, H, S, S]."""
        model = self.translator
        x = model.embed(source, model.positions[: source.shape[1]])
        maps = []
        for layer in model.encoder:
            normed = layer.norm_attention(x)
            mixed, weights = layer.attention(normed, *layer.attention.project(normed))
            maps.append(weights[0])
            x = x + mixed
            x = x + layer.feed(layer.norm_feed(x))
        memory = model.encoder_norm(x)
        crossed = [layer.cross_attention.project(memory) for layer in model.decoder]
        return torch.stack([k for k, _ in crossed]), torch.stack([v for _, v in crossed]), torch.stack(maps)


class DecoderStepGraph(nn.Module):
    """What is exported to write one token for each of B hypotheses, with kept keys and values."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.translator = translator

    def forward(
        self, token: Tensor, past_keys: Tensor, past_values: Tensor, cross_keys: Tensor, cross_values: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """token [B, 1], past [L, B, H, T, D/H], cross [L, 1, H, S, D/H] →
        log-probabilities [B, vocabulary], keys and values [L, B, H, T+1, D/H],
        decoder self-attention [L, B, H, T+1], cross-attention [L, B, H, S]."""
        model = self.translator
        position = past_keys.shape[3]
        x = model.embed(token, model.positions[position : position + 1])
        keys, values, self_maps, cross_maps = [], [], [], []
        for index, layer in enumerate(model.decoder):
            normed = layer.norm_self(x)
            new_keys, new_values = layer.self_attention.project(normed)
            keys.append(torch.cat([past_keys[index], new_keys], dim=2))
            values.append(torch.cat([past_values[index], new_values], dim=2))
            mixed, weights = layer.self_attention(normed, keys[-1], values[-1])
            self_maps.append(weights[:, :, 0])
            x = x + mixed
            mixed, weights = layer.cross_attention(layer.norm_cross(x), cross_keys[index], cross_values[index])
            cross_maps.append(weights[:, :, 0])
            x = x + mixed
            x = x + layer.feed(layer.norm_feed(x))
        return (
            model.logits(x)[:, 0].log_softmax(-1),
            torch.stack(keys),
            torch.stack(values),
            torch.stack(self_maps),
            torch.stack(cross_maps),
        )


@torch.no_grad()
def greedy(model: Translator, source: Tensor, limit: int = 60) -> list[list[int]]:
    """Most likely token at every step for a padded batch [B, S]; tokens without the special ones."""
    model.eval()
    bias = model.padding_bias(source)
    memory = model.encode(source, bias)
    crossed = [layer.cross_attention.project(memory) for layer in model.decoder]
    kept: list[tuple[Tensor, Tensor] | None] = [None] * len(model.decoder)
    token = torch.full((len(source), 1), BOS)
    done = torch.zeros(len(source), dtype=torch.bool)
    written = []
    for position in range(limit):
        x = model.embed(token, model.positions[position : position + 1])
        for index, layer in enumerate(model.decoder):
            normed = layer.norm_self(x)
            new = layer.self_attention.project(normed)
            old = kept[index]
            kept[index] = new if old is None else (torch.cat([old[0], new[0]], 2), torch.cat([old[1], new[1]], 2))
            x = x + layer.self_attention.fused(normed, *kept[index])
            x = x + layer.cross_attention.fused(layer.norm_cross(x), *crossed[index], bias)
            x = x + layer.feed(layer.norm_feed(x))
        token = model.logits(x)[:, 0].argmax(-1).masked_fill(done, PAD)
        written.append(token)
        done |= token == EOS
        if done.all():
            break
        token = token[:, None]
    rows = torch.stack(written, 1).tolist()
    return [[t for t in row if t not in (PAD, BOS, EOS)] for row in rows]
