// Hover on a script of 2,000 lines: warm, after a keystroke, and the longest slice of the first parse.
import { performance } from 'node:perf_hooks';
import { ExplanationDocument } from '../src/core/explain/explanationDocument';

const BLOCK = `
class Block{n}(nn.Module):
    def __init__(self, width={w}, heads=4):
        super().__init__()
        self.queries = nn.Linear(width, width)
        self.keys = nn.Linear(width, width)
        self.values = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.feedforward = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x, mask=None):
        q, k, v = self.queries(x), self.keys(x), self.values(x)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
        if mask is not None:
            scores = scores.masked_fill(mask == 0, -1e9)
        x = x + torch.softmax(scores, dim=-1) @ v
        return x + self.feedforward(self.norm(x))


def train{n}(model, loader, optimizer):
    for inputs, targets in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(inputs), targets)
        loss.backward()
        optimizer.step()
`;

const LINES = 2000;
const HEADER = 'import math\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

function script(): string {
  const parts = [HEADER];
  for (let n = 0; parts.join('').split('\n').length < LINES; n++) {
    parts.push(BLOCK.replaceAll('{n}', String(n)).replaceAll('{w}', String(32 + n)));
  }
  return parts.join('');
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function report(name: string, samples: readonly number[]): void {
  const sorted = samples.toSorted((a, b) => a - b);
  const row = { name, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), unit: 'ms' };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

/** Milliseconds that `run` takes. */
function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Works in slices as the extension host does; milliseconds of each. */
function slices(document: ExplanationDocument, length: number): number[] {
  const times: number[] = [];
  for (let done = false; !done;) {
    const start = performance.now();
    done = document.advance(() => performance.now() - start > length);
    times.push(performance.now() - start);
  }
  return times;
}

const text = script();
const unit = (source: string): { cell: null; text: string }[] => [{ cell: null, text: source }];

const document = new ExplanationDocument(unit(text));
const first = slices(document, 10);
report('hover: whole first analysis', [first.reduce((sum, time) => sum + time, 0)]);
report('hover: slices of the first analysis', first);

const offsets = Array.from({ length: 2000 }, (_, i) => (i * 7919) % text.length);
report(
  'hover: warm, 2,000 lines',
  offsets.map((offset) => timed(() => document.explainAt(0, offset))),
);

const middle = text.indexOf('self.norm(x)', text.length / 2);
const edits = Array.from(
  { length: 100 },
  (_, i) => `${text.slice(0, middle)}${'x'.repeat((i % 9) + 1)} + ${text.slice(middle)}`,
);
report(
  'hover: after a keystroke, 2,000 lines',
  edits.map((edited) =>
    timed(() => {
      document.update(unit(edited));
      document.advance(() => false);
      document.explainAt(0, middle);
    }),
  ),
);
