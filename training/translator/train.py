"""Trains the English→French translator: python -m training.translator.train --data fra-eng.zip --out runs/translator

Keeps a checkpoint after every epoch and resumes from it. Writes curves.json (one row an epoch) beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from pathlib import Path

import sacrebleu
import torch
from torch import Tensor
from torch.nn import functional as F

from .sentence_pairs import Example, read_examples, split_examples
from .tokenizer import BOS, EOS, PAD, load_tokenizer, train_tokenizer
from .model import Config, Translator, greedy

SEED = 17
TOKENS_PER_BATCH = 3_000
PEAK_RATE = 1.2e-3
WARM_UP = 0.08
SMOOTHING = 0.1
AVERAGING = 0.999  # of the exponential moving average of the weights, which is what is exported


def padded(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


def batches(pairs: list[tuple[list[int], list[int]]], generator: random.Random) -> list[list[int]]:
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


def translate_all(model: Translator, tokenizer, examples: list[Example]) -> list[str]:
    """Greedy French for every example, in order."""
    sources = [tokenizer.encode(e.english).ids + [EOS] for e in examples]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    texts = [""] * len(sources)
    for start in range(0, len(order), 200):
        chunk = order[start : start + 200]
        for index, ids in zip(chunk, greedy(model, padded([sources[i] for i in chunk]))):
            texts[index] = tokenizer.decode(ids)
    return texts


def bleu(hypotheses: list[str], examples: list[Example]) -> sacrebleu.metrics.BLEU:
    """Corpus BLEU against all French versions of each sentence."""
    most = max(len(e.french) for e in examples)
    references = [[e.french[k] if k < len(e.french) else None for e in examples] for k in range(most)]
    metric = sacrebleu.metrics.BLEU()
    return metric, metric.corpus_score(hypotheses, references)


@torch.no_grad()
def validation_loss(model: Translator, pairs: list[tuple[list[int], list[int]]]) -> float:
    """Nats per target token, without smoothing."""
    model.eval()
    total = tokens = 0.0
    for start in range(0, len(pairs), 200):
        chunk = pairs[start : start + 200]
        target = padded([t for _, t in chunk])
        logits = model(padded([s for s, _ in chunk]), target[:, :-1])
        total += F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD, reduction="sum").item()
        tokens += (target[:, 1:] != PAD).sum().item()
    return total / tokens


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, default=Path("runs/translator"))
    options.add_argument("--epochs", type=int, default=13)
    options.add_argument("--quick", action="store_true", help="one epoch on a fiftieth of the data, to check the script")
    arguments = options.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)

    split = split_examples(read_examples(arguments.data))
    train = split.train[:2_000] if arguments.quick else split.train
    epochs = 1 if arguments.quick else arguments.epochs
    file = arguments.out / "tokenizer.json"
    if not file.exists():
        sentences = [e.english for e in train] + [f for e in train for f in e.french]
        train_tokenizer(sentences).save(str(file))
    tokenizer = load_tokenizer(file)

    def encode(examples: list[Example]) -> list[tuple[list[int], list[int]]]:
        flat = [(e.english, french) for e in examples for french in e.french]
        sources = tokenizer.encode_batch([s for s, _ in flat])
        targets = tokenizer.encode_batch([t for _, t in flat])
        return [(s.ids + [EOS], [BOS, *t.ids, EOS]) for s, t in zip(sources, targets)]

    pairs, held_out = encode(train), encode(split.validation)
    model = Translator(Config(vocabulary=tokenizer.get_vocab_size()))
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGING)
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {len(pairs):,} pairs", flush=True)

    checkpoint, curves, first = arguments.out / "checkpoint.pt", [], 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        optimizer.load_state_dict(state["optimizer"])
        curves, first = state["curves"], state["epoch"]
        print(f"resuming after epoch {first}", flush=True)

    for epoch in range(first, epochs):
        generator = random.Random(SEED + epoch)
        torch.manual_seed(SEED + epoch)
        model.train()
        groups = batches(pairs, generator)
        started, total = time.monotonic(), 0.0
        for step, group in enumerate(groups):
            for parameters in optimizer.param_groups:
                parameters["lr"] = learning_rate((epoch + step / len(groups)) / epochs + 1e-6)
            source = padded([pairs[i][0] for i in group])
            target = padded([pairs[i][1] for i in group])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(source, target[:, :-1])
            wanted = target[:, 1:].flatten()
            real = wanted != PAD
            loss = F.cross_entropy(logits.flatten(0, 1)[real].float(), wanted[real], label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            averaged.update_parameters(model)
            total += loss.item()
            if step % 100 == 0:
                print(f"epoch {epoch} step {step}/{len(groups)} {total / (step + 1):.3f} {time.monotonic() - started:.0f} s", flush=True)
        seconds = time.monotonic() - started
        _, score = bleu(translate_all(averaged.module, tokenizer, split.validation), split.validation)
        curves.append(
            {
                "epoch": epoch + 1,
                "trainLoss": round(total / len(groups), 4),
                "validationNats": round(validation_loss(averaged.module, held_out), 4),
                "validationBleu": round(score.score, 2),
                "seconds": round(seconds, 1),
            }
        )
        print(json.dumps(curves[-1]), flush=True)
        state = {
            "model": model.state_dict(), "averaged": averaged.state_dict(), "optimizer": optimizer.state_dict(),
            "curves": curves, "epoch": epoch + 1, "config": model.config.as_dict(),
        }
        torch.save(state, checkpoint.with_suffix(".tmp"))
        os.replace(checkpoint.with_suffix(".tmp"), checkpoint)
        (arguments.out / "curves.json").write_text(json.dumps(curves, indent=1) + "\n")


if __name__ == "__main__":
    main()
