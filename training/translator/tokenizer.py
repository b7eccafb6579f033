"""The subword tokenizer of the translator: one vocabulary for both languages, most words whole.

A word carries a leading "▁"; an elided article keeps its apostrophe ("▁l'", "eau"); an English contraction is
split before its apostrophe ("▁don", "'t"). The file that is written is read in TypeScript by
@huggingface/tokenizers, so only components that both implementations have are used.
"""

from __future__ import annotations

from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

PAD, BOS, EOS, UNKNOWN = 0, 1, 2, 3
SPECIAL_TOKENS = ["<pad>", "<s>", "</s>", "<unk>"]
VOCABULARY = 8_000

_CONTRACTION = r"'(?:s|t|re|ve|m|ll|d)(?!\p{L})"
_PIECE = rf"{_CONTRACTION}|▁?\p{{L}}+(?:(?!{_CONTRACTION})')?|▁?\p{{N}}+|▁?[^▁\p{{L}}\p{{N}}]|▁"


def train_tokenizer(sentences: list[str], vocabulary: int = VOCABULARY) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL_TOKENS[UNKNOWN]))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Replace(Regex("[\u200b\u00ad]"), ""),
            normalizers.Replace(Regex("[\u2018\u2019]"), "'"),
            normalizers.Replace(Regex("[\u2013\u2014]"), "-"),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
            normalizers.Prepend("▁"),
            normalizers.Replace(" ", "▁"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_PIECE), behavior="isolated")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=SPECIAL_TOKENS, limit_alphabet=200, show_progress=False
    )
    tokenizer.train_from_iterator(sentences, trainer)
    return tokenizer


def load_tokenizer(file: Path) -> Tokenizer:
    return Tokenizer.from_file(str(file))
