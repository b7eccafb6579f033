"""Words of subword tokens by the rule of src/core/models/attention.ts, and which of them carry content."""

from __future__ import annotations

import unicodedata
from functools import cache

from stop_words import get_stop_words

from .tokenizer import BOS, EOS, SPECIAL_TOKENS

WORD_START = "▁"
_MARKS = (SPECIAL_TOKENS[BOS], SPECIAL_TOKENS[EOS])
_ENGLISH, _FRENCH = (frozenset(get_stop_words(language)) for language in ("en", "fr"))


def _is(character: str, categories: str) -> bool:
    return unicodedata.category(character)[0] in categories


@cache
def _continues(token: str, previous: str) -> bool:
    """Letters go on with letters, digits with digits; elided articles, contractions and marks stay alone."""
    if previous in _MARKS or token.startswith(WORD_START):
        return False
    if previous == WORD_START:
        return True
    letters = _is(token[0], "LM") and _is(previous[-1], "LM")
    return letters or (_is(token[0], "N") and _is(previous[-1], "N"))


def word_starts(tokens: list[str]) -> list[int]:
    """Index of the first token of each word; an end mark is a word of its own."""
    return [index for index, token in enumerate(tokens) if index == 0 or not _continues(token, tokens[index - 1])]


def words(tokens: list[str]) -> list[str]:
    """Lower-case words, one for each of `word_starts`."""
    bounds = [*word_starts(tokens), len(tokens)]
    return ["".join(tokens[a:b]).replace(WORD_START, "").lower() for a, b in zip(bounds, bounds[1:])]


def _is_content(word: str, stop_words: frozenset[str]) -> bool:
    """Has a letter or digit and is, with or without the apostrophe of an elision or contraction, no stop word."""
    return any(_is(c, "LN") for c in word) and word not in stop_words and word.strip("'") not in stop_words


@cache
def is_english_content(word: str) -> bool:
    return _is_content(word, _ENGLISH)


@cache
def is_french_content(word: str) -> bool:
    return _is_content(word, _FRENCH)
