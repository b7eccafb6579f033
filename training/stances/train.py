"""Trains the reader of stances: `python -m training.stances.train --base FOLDER --out runs/stance-reader`."""

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from transformers import BertModel

from .bundled import load_bundled
from .claims import Claims
from .data import Encoded, beside_another, padded, read_answers, read_semeval
from .measures import f1_scores
from .model import CLAIM_WIDTH, MASKED, STANCES, WIDTH, StanceReader, truncated
from .rounding import round_arithmetic

SIZE = 24
OPPOSITE = [0, 2, 1]
"""Of STANCES."""
CLASS_WEIGHTS = torch.tensor([0.9, 1.0, 1.3])


def base_encoder(folder: Path) -> BertModel:
    """Without dropout, which takes longer than the layers on a CPU; tokens are masked instead. Embeddings of words stay as
    they are: most of the words of tomorrow's answers are in none of these."""
    encoder = BertModel.from_pretrained(folder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return encoder


def masked(ids, share):
    """Hides this share of the answer's tokens."""
    return torch.where((torch.rand(ids.shape) < share) & (ids > MASKED), torch.tensor(MASKED), ids)


@torch.no_grad()
def predict(reader, encoded, claims, answers):
    """Logits [claims, 3] of every answer, its claims in order: the mean of those with cues and those without, as in the product."""
    reader.eval()
    found = []
    for start in range(0, len(answers), 32):
        chunk = answers[start : start + 32]
        ids, mask = padded([encoded.row(a.words)[0] for a in chunk])
        most = max(len(a.stances) for a in chunk)
        logits = torch.zeros(len(chunk), most, len(STANCES))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = reader.states(ids, mask)
            for asked in (claims.plain, claims.with_cues):
                posed = torch.zeros(len(chunk), most, CLAIM_WIDTH)
                for i, answer in enumerate(chunk):
                    posed[i, : len(answer.stances)] = torch.stack([asked(claim) for claim in answer.stances])
                logits += reader.decide(states, mask, posed)[0].float() / 2
        found += [logits[i, : len(a.stances)].numpy() for i, a in enumerate(chunk)]
    return found


def report(name, answers, logits):
    truth = [s for a in answers for s, _ in a.stances.values()]
    guess = [int(p.argmax()) for rows in logits for p in rows]
    f1 = f1_scores(truth, guess)
    return f"{name} {np.mean(f1):.3f} (" + " ".join(f"{v:.2f}" for v in f1) + ")"


def make_batch(encoded, claims, answers, all_answers, rng, alone):
    """With `alone`, no answer stands beside another one."""
    rows, posed, stances, evidence, weights = [], [], [], [], []
    most = max(len(a.stances) for a in answers) + 1
    for answer in answers:
        words, before = (answer.words, 0) if alone else beside_another(answer, all_answers, rng)
        ids, owners = encoded.row(words)
        rows.append((ids, owners))
        own = list(answer.stances.items())
        rng.shuffle(own)
        vectors, labels = [], []
        for claim, (stance, _) in own:
            vector, is_opposite = claims.drawn(answer, claim, rng)
            vectors.append(vector)
            labels.append(OPPOSITE[stance] if is_opposite else stance)
        carried = [np.isin(owners, [w + before for w in ws]) if stance and ws else None for _, (stance, ws) in own]
        if rng.random() < 0.3:
            # A claim about something else, of which nothing is said.
            other = rng.choice(all_answers)
            if other.group != answer.group or other.part[0] != answer.part[0]:
                vectors.append(claims.drawn(answer, rng.choice(list(other.statements)), rng)[0])
                labels.append(0)
                carried.append(None)
        posed.append(vectors)
        stances.append(labels)
        evidence.append(carried)
        weights.append(answer.weight)
    ids, mask = padded([r for r, _ in rows])
    claim_rows = torch.zeros(len(answers), most, posed[0][0].shape[0])
    truth = torch.full((len(answers), most), -100)
    carrying = torch.zeros(len(answers), most, ids.shape[1])
    for i in range(len(answers)):
        for k, vector in enumerate(posed[i]):
            claim_rows[i, k], truth[i, k] = vector, stances[i][k]
            if evidence[i][k] is not None:
                carrying[i, k, : len(evidence[i][k])] = torch.from_numpy(evidence[i][k].astype(np.float32))
    return ids, mask, claim_rows, truth, carrying, torch.tensor(weights)


@torch.no_grad()
def states_of(reader, encoded, answers):
    """States [tokens, WIDTH] of each answer by its id, as the encoder sees them now."""
    reader.eval()
    found = {}
    ordered = sorted(answers, key=lambda a: len(a.words))
    for start in range(0, len(ordered), 48):
        chunk = ordered[start : start + 48]
        rows = [encoded.row(a.words)[0] for a in chunk]
        ids, mask = padded(rows)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = reader.states(ids, mask)
        found |= {id(a): states[i, : len(row)].to(torch.bfloat16) for i, (a, row) in enumerate(zip(chunk, rows))}
    return found


def losses_of(reader, rows, known):
    """`known` states of the answers, for a reader whose encoder stays as it is; else None."""
    ids, mask, posed, truth, carrying, weights = rows
    if known is None:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = reader.states(masked(ids, 0.08), mask).float()
    else:
        states = torch.zeros(*ids.shape, WIDTH)
        for i, own in enumerate(known):
            states[i, : len(own)] = own.float()
    logits, places = reader.decide(states, mask, posed)
    each = F.cross_entropy(logits.flatten(0, 1), truth.flatten(), weight=CLASS_WEIGHTS, ignore_index=-100, label_smoothing=0.05, reduction="none")
    scale = weights.unsqueeze(1).expand_as(truth).flatten()
    loss = (each * scale).sum() / ((truth.flatten() != -100) * scale).sum()
    spoken = (truth > 0) & (carrying.sum(-1) > 0)
    known = (mask == 1).unsqueeze(1) & (spoken | (truth == 0)).unsqueeze(-1)
    if spoken.any():
        loss = loss + F.binary_cross_entropy_with_logits(places[known], carrying[known], pos_weight=torch.tensor(2.0))
    return loss


@dataclass
class Stage:
    """`head` trains what reads the encoder's states, `all` the encoder too: it would forget much if the head began with noise."""

    name: str
    epochs: int
    others: int
    groups: list[dict]


def stages(args, reader) -> list[Stage]:
    head = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    encoder = [p for n, p in reader.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    return [
        Stage("head", args.head_epochs, 0, [{"params": head, "lr": 1e-3}]),
        Stage("all", args.epochs, args.others, [{"params": encoder, "lr": args.rate}, {"params": head, "lr": 4 * args.rate}]),
    ]


def one_epoch(reader, encoded, claims, chosen, training, optimizer, schedule, rng, known) -> float:
    """Mean loss; `known` states by answer where the encoder is not trained."""
    reader.train()
    rng.shuffle(chosen)
    # Batches of like lengths, in any order.
    chunks = [sorted(chosen[i : i + 20 * SIZE], key=lambda a: len(a.words)) for i in range(0, len(chosen), 20 * SIZE)]
    batches = [c[i : i + SIZE] for c in chunks for i in range(0, len(c), SIZE)]
    rng.shuffle(batches)
    losses = []
    for answers in batches:
        rows = make_batch(encoded, claims, answers, training, rng, known is not None)
        loss = losses_of(reader, rows, known and [known[id(a)] for a in answers])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return float(np.mean(losses))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--words", type=Path, default=Path("runs/stances"), help="folder with the output of words.ts")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--semeval", type=Path, help="training-3way.tar.gz")
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="further labelled answers, to measure on only")
    parser.add_argument("--held-out", nargs="*", default=["held-out", "held-out-topics", "test"], help="names of files that are measured on, not trained on")
    parser.add_argument("--layers", type=int, nargs="*", default=[0, 1, 2, 3, 4, 5])
    parser.add_argument("--start", type=Path, help="weights of an earlier run, or models/stance-reader.onnx, to go on from")
    parser.add_argument("--share", nargs="*", default=[], help="NAME=SHARE: of this file, only so many of its answers, drawn by the seed")
    parser.add_argument("--repeat", nargs="*", default=[], help="names of files whose answers count three times")
    parser.add_argument("--head-epochs", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--others", type=int, default=0, help="answers of SemEval in each epoch of the second stage")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--restated", type=float, default=0.0, help="share of claims that are given in words of an answer or a cue")
    parser.add_argument("--rounded", action="store_true", help="with the 8-bit arithmetic of the exported file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    statements = json.loads((args.words / "claims.json").read_text())
    shares = {name: float(share) for name, share in (entry.split("=") for entry in args.share)}
    training, held_out = [], []
    for file in sorted(args.words.glob("*.words.jsonl")):
        name = file.name.split(".")[0]
        answers = read_answers(file, statements)
        answers = rng.sample(answers, round(len(answers) * shares.get(name, 1)))
        (held_out if name in args.held_out else training).extend(answers * (3 if name in args.repeat else 1))
    measured = {file.stem: read_answers(file, statements) for file in args.measure}
    semeval = read_semeval(args.semeval) if args.semeval else []
    print(len(training), "answers,", len(held_out), "held out,", len(semeval), "of SemEval", flush=True)

    encoded = Encoded(args.base / "tokenizer.json")
    reader = StanceReader(truncated(base_encoder(args.base), args.layers))
    if args.start and args.start.suffix == ".onnx":
        load_bundled(reader, args.start)
    elif args.start:
        reader.load_state_dict(torch.load(args.start))
    if args.rounded:
        round_arithmetic(reader)
    # Cues come from what is trained on; statements of what is measured are known too.
    claims = Claims(training + semeval, json.loads((args.words / "cues.json").read_text()), args.restated)
    claims.statements |= {c: t for group in [held_out, *measured.values()] for a in group for c, t in a.statements.items()}
    began, curve = time.time(), []
    for stage in stages(args, reader):
        if stage.epochs == 0:
            continue
        total = stage.epochs * math.ceil(len(training + semeval[: stage.others]) / SIZE)
        optimizer = torch.optim.AdamW(stage.groups, weight_decay=0.02)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s, total=total: min((s + 1) / (0.05 * total), max(0.02, 1 - s / total)))
        known = states_of(reader, encoded, training) if stage.name == "head" else None
        for epoch in range(stage.epochs):
            if known is None or epoch == 0:
                claims.refresh(reader, encoded)
            chosen = training + rng.sample(semeval, stage.others)
            losses = one_epoch(reader, encoded, claims, chosen, training, optimizer, schedule, rng, known)
            line = f"{stage.name} {epoch} loss {losses:.3f} {time.time() - began:.0f} s"
            if stage.name != "head" or epoch == stage.epochs - 1:
                claims.refresh(reader, encoded, quotes=False)
                for name, answers in {**({"held-out": held_out} if held_out else {}), **measured}.items():
                    line += " | " + report(name, answers, predict(reader, encoded, claims, answers))
            print(line, flush=True)
            curve.append({"stage": stage.name, "epoch": epoch, "loss": round(losses, 4), "seconds": round(time.time() - began)})
            torch.save(reader.state_dict(), args.out / "weights.pt")
    (args.out / "curve.json").write_text(json.dumps(curve))


if __name__ == "__main__":
    main()
