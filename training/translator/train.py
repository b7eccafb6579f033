"""Trains the English→French translator: python -m training.translator.train --data fra-eng.zip

A fixed number of epochs, during which the learning rate rises and then falls to zero. What is kept is a moving average
of the weights. A finished run that is started again with more --epochs goes on where the rate of the longer course is.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path

import sacrebleu
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from ..shared.run import RUNS, Run
from .model import Config, Translator, greedy
from .sentence_pairs import DEFAULT_ARCHIVE, Example, read_examples, split_examples
from .tokenizer import BOS, EOS, PAD, load_tokenizer, train_tokenizer

RUN_NAME = "translator"
SEED = 17
EPOCHS = 13
TOKENS_PER_BATCH = 3_000
PEAK_RATE = 1.2e-3
WARM_UP = 0.08
SMOOTHING = 0.1
AVERAGING = 0.999  # of the exponential moving average of the weights, which is what is exported
QUICK_EXAMPLES = 2_000
Pair = tuple[list[int], list[int]]
"""Source tokens with the end mark, target tokens with both marks."""


def padded(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


def batches(pairs: list[Pair], generator: random.Random) -> list[list[int]]:
    """Indices grouped by like length, in random order, at most TOKENS_PER_BATCH padded tokens a group."""
    order = sorted(range(len(pairs)), key=lambda i: (max(map(len, pairs[i])), generator.random()))
    groups: list[list[int]] = [[]]
    for index in order:
        longest = max(map(len, pairs[index]))
        if longest * (len(groups[-1]) + 1) > TOKENS_PER_BATCH:
            groups.append([])
        groups[-1].append(index)
    generator.shuffle(groups)
    return groups


def learning_rate(done: float) -> float:
    """Linear warm-up, then a straight line to zero; `done` is the share of training that is over."""
    return PEAK_RATE * (done / WARM_UP if done < WARM_UP else (1 - done) / (1 - WARM_UP))


def translate_all(model: Translator, tokenizer: Tokenizer, examples: list[Example]) -> list[str]:
    """Greedy French for every example, in order."""
    sources = [[*tokenizer.encode(e.english).ids, EOS] for e in examples]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    texts = [""] * len(sources)
    for start in range(0, len(order), 200):
        chunk = order[start : start + 200]
        for index, ids in zip(chunk, greedy(model, padded([sources[i] for i in chunk]))):
            texts[index] = tokenizer.decode(ids)
    return texts


def bleu(hypotheses: list[str], examples: list[Example]) -> float:
    """Corpus BLEU against all French versions of each sentence, in percent."""
    most = max(len(e.french) for e in examples)
    references = [[e.french[k] if k < len(e.french) else None for e in examples] for k in range(most)]
    return sacrebleu.metrics.BLEU().corpus_score(hypotheses, references).score


@torch.no_grad()
def validation_loss(model: Translator, pairs: list[Pair]) -> float:
    """Nats per target token, without smoothing."""
    model.eval()
    total = tokens = 0.0
    for start in range(0, len(pairs), 200):
        chunk = pairs[start : start + 200]
        target = padded([t for _, t in chunk])
        logits = model(padded([s for s, _ in chunk]), target[:, :-1])
        wanted = target[:, 1:].flatten()
        total += F.cross_entropy(logits.flatten(0, 1), wanted, ignore_index=PAD, reduction="sum").item()
        tokens += (wanted != PAD).sum().item()
    return total / tokens


def run_tokenizer(file: Path, examples: list[Example]) -> Tokenizer:
    """The tokenizer of a run, trained when the run begins."""
    if not file.exists():
        sentences = [e.english for e in examples] + [french for e in examples for french in e.french]
        written = file.with_suffix(".tmp")
        train_tokenizer(sentences).save(str(written))
        os.replace(written, file)
    return load_tokenizer(file)


def encoded(tokenizer: Tokenizer, examples: list[Example]) -> list[Pair]:
    flat = [(e.english, french) for e in examples for french in e.french]
    sources, targets = (tokenizer.encode_batch(list(side)) for side in zip(*flat))
    return [([*s.ids, EOS], [BOS, *t.ids, EOS]) for s, t in zip(sources, targets)]


def loss_of(model: Translator, pairs: list[Pair]) -> Tensor:
    """Smoothed cross-entropy in nats per target token."""
    target = padded([t for _, t in pairs])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(padded([s for s, _ in pairs]), target[:, :-1])
    wanted = target[:, 1:].flatten()
    real = wanted != PAD
    return F.cross_entropy(logits.flatten(0, 1)[real].float(), wanted[real], label_smoothing=SMOOTHING)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_ARCHIVE, help="fra-eng.zip")
    options.add_argument("--runs", type=Path, default=RUNS, help="where checkpoints and curves are kept")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--quick", action="store_true", help="a few steps on a little of the data")
    arguments = options.parse_args()

    split = split_examples(read_examples(arguments.data))
    run = Run(arguments.runs / RUN_NAME)
    train = split.train[:QUICK_EXAMPLES] if arguments.quick else split.train
    epochs = 1 if arguments.quick else arguments.epochs
    tokenizer = run_tokenizer(run.folder / "tokenizer.json", train)
    pairs, held_out = encoded(tokenizer, train), encoded(tokenizer, split.validation)

    torch.manual_seed(SEED)
    model = Translator(Config(vocabulary=tokenizer.get_vocab_size()))
    # A few steps would leave the average where it began.
    decay = 0.0 if arguments.quick else AVERAGING
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(decay)
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    parts = {"model": model, "averaged": averaged, "optimizer": optimizer}
    if state := run.resume():
        for name, part in parts.items():
            part.load_state_dict(state[name])

    while len(run.curves) < epochs:
        epoch = len(run.curves)
        torch.manual_seed(SEED + epoch)
        model.train()
        groups = batches(pairs, random.Random(SEED + epoch))
        started, total = time.monotonic(), 0.0
        for step, group in enumerate(groups):
            for parameters in optimizer.param_groups:
                parameters["lr"] = learning_rate((epoch + step / len(groups)) / epochs + 1e-6)
            loss = loss_of(model, [pairs[i] for i in group])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            averaged.update_parameters(model)
            total += loss.item()
            if step % 100 == 0:
                print(f"epoch {epoch + 1}, step {step} of {len(groups)}: {total / (step + 1):.3f}", flush=True)
        seconds = time.monotonic() - started
        texts = translate_all(averaged.module, tokenizer, split.validation)
        row = {
            "epoch": epoch + 1,
            "trainLoss": round(total / len(groups), 4),
            "validationNats": round(validation_loss(averaged.module, held_out), 4),
            "validationBleu": round(bleu(texts, split.validation), 2),
            "seconds": round(seconds, 1),
        }
        states = {name: part.state_dict() for name, part in parts.items()}
        run.save(row, {**states, "config": model.config.as_dict()})


if __name__ == "__main__":
    main()
