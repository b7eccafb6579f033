import assert from 'node:assert/strict';
import { explainScript } from '../../../src/core/explain/explainFile';

const TORCH = 'import math\nimport numpy as np\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const ATTENTION = 'scaled-dot-product-attention';

function found(code: string, symbol: string): { mistake: string | null; text: string }[] {
  const source = TORCH + code;
  const lines = source.split('\n');
  return explainScript('a.py', source)
    .items.filter((item) => item.symbol === symbol)
    .map(({ mistake, range }) => ({
      mistake,
      text: (lines[range.end.line] ?? '').slice(range.start.character, range.end.character),
    }));
}

const body = (...lines: readonly string[]): string =>
  `def f(q, k, v, d, mask, mu, logvar, x):\n${lines.map((line) => `    ${line}`).join('\n')}\n`;

describe('attention written by hand', () => {
  const spellings: readonly (readonly string[])[] = [
    ['return torch.softmax(q @ k.T / math.sqrt(d), dim=-1) @ v'],
    ['return F.softmax((q @ k.transpose(-2, -1)) / d ** 0.5, dim=-1) @ v'],
    ['return ((q @ k.mT) * d ** -0.5).softmax(-1) @ v'],
    ['return torch.matmul(F.softmax(torch.matmul(q, k.transpose(1, 2)) / np.sqrt(d), -1), v)'],
    [
      's = torch.bmm(q, k.permute(0, 2, 1))',
      's = s / math.sqrt(q.size(-1))',
      'a = F.softmax(s, dim=-1)',
      'return torch.bmm(a, v)',
    ],
    [
      's = q @ k.T',
      's /= math.sqrt(d)',
      's = s.masked_fill(mask == 0, float("-inf"))',
      'return nn.Softmax(dim=-1)(s) @ v',
    ],
    [
      's = q @ k.T / 8',
      'if mask is not None:',
      '    s = s.masked_fill(mask == 0, -1e9)',
      'p = s.softmax(-1)',
      'return p @ v, p',
    ],
    ['s = q @ k.T / 8 + mask', 'p = F.dropout(F.softmax(s, -1), 0.1)', 'return p @ v'],
    ['q = q / math.sqrt(d)', 'return (q @ k.T).softmax(-1) @ v'],
    ['s = torch.einsum("bhid,bhjd->bhij", q, k) * x', 'return torch.einsum("bhij,bhjd->bhid", s.softmax(-1), v)'],
    ['s = torch.where(mask, q @ k.T / 8, -1e9)', 'return s.softmax(-1).matmul(v)'],
    ['s = (q @ k.T / 8).exp()', 'return (s / s.sum(-1, keepdim=True)) @ v'],
    ['def sm(t): return torch.softmax(t, dim=-1)', 'return sm(q @ k.T / 8) @ v'],
  ];
  for (const lines of spellings) {
    it(lines.join('; '), () => {
      const items = found(body(...lines), ATTENTION);
      assert.equal(items.length, 1);
      assert.equal(items[0]?.mistake, null);
    });
  }

  it('in a module, over its layers', () => {
    const code = `class A(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.q = nn.Linear(d, d); self.k = nn.Linear(d, d); self.v = nn.Linear(d, d)
        self.drop = nn.Dropout(0.1); self.sm = nn.Softmax(dim=-1); self.d = d
    def forward(self, x):
        q, k, v = self.q(x), self.k(x), self.v(x)
        w = self.drop(self.sm(q @ k.transpose(-2, -1) / self.d ** 0.5))
        return w @ v
`;
    assert.deepEqual(found(code, ATTENTION), [{ mistake: null, text: 'w @ v' }]);
  });

  it('over the cells of a module-level script', () => {
    assert.equal(found('s = q @ k.T\ns = s / 8\nw = s.softmax(-1)\no = w @ v\n', ATTENTION).length, 1);
  });

  for (const line of [
    'return torch.softmax(q, -1) @ v',
    'return (q @ k.T / 8) @ v',
    'return torch.sigmoid(q @ k.T) @ v',
    'return torch.softmax(x, -1) * v',
  ]) {
    it(`is not: ${line}`, () => assert.deepEqual(found(body(line), ATTENTION), []));
  }

  it('the cheap order is another thing', () => {
    const code = body('return F.softmax(q / math.sqrt(d), dim=-1) @ (k.T @ v)');
    assert.equal(found(code, 'linear-attention').length, 1);
    assert.deepEqual(found(code, ATTENTION), []);
  });

  it('without scaling is a mistake', () => {
    assert.match(found(body('return torch.softmax(q @ k.T, dim=-1) @ v'), ATTENTION)[0]?.mistake ?? '', /√d/);
  });
  it('without scaling is none where it may be elsewhere, or where keys are values', () => {
    assert.equal(
      found(body('q = prepare(q)', 'return torch.softmax(q @ k.T, dim=-1) @ v'), ATTENTION)[0]?.mistake,
      null,
    );
    assert.equal(found(body('return torch.softmax(q @ k.T, dim=-1) @ k'), ATTENTION)[0]?.mistake, null);
  });
});

describe('the KL term', () => {
  const spellings: readonly string[] = [
    '-0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())',
    '-0.5 * (1 + logvar - mu**2 - torch.exp(logvar)).sum(dim=1).mean()',
    'torch.mean(-0.5 * torch.sum(1 + logvar - mu ** 2 - logvar.exp(), dim=1), dim=0)',
    '0.5 * torch.sum(logvar.exp() + mu * mu - 1 - logvar)',
    '0.5 * torch.sum(mu.pow(2) + x.pow(2) - 1 - torch.log(x.pow(2)))',
    '0.5 * (mu.square() + x ** 2 - 2 * torch.log(x) - 1.).sum()',
    '0.5 * (mu.square() + torch.exp(2 * x) - 2 * x - 1.).sum()',
    'torch.sum(mu.pow(2).add_(logvar.exp()).mul_(-1).add_(1).add_(logvar)).mul_(-0.5)',
  ];
  for (const spelling of spellings) {
    it(spelling, () => {
      assert.deepEqual(
        found(body(`return ${spelling}`), 'kl-divergence').map(({ text }) => text),
        [spelling],
      );
    });
  }
  for (const wrong of [
    '-0.5 * torch.sum(1 + logvar - mu.pow(2) + logvar.exp())',
    '-0.5 * torch.sum(1 + logvar - mu.pow(2) - x.exp())',
    '-0.5 * torch.sum(1 - logvar - mu.pow(2) - logvar.exp())',
    'torch.sum(1 + logvar - mu - logvar.exp())',
  ]) {
    it(`is not: ${wrong}`, () => assert.deepEqual(found(body(`return ${wrong}`), 'kl-divergence'), []));
  }
});

describe('reparameterisation', () => {
  const spellings: readonly (readonly string[])[] = [
    ['std = torch.exp(0.5 * logvar)', 'eps = torch.randn_like(std)', 'return mu + eps * std'],
    ['std = logvar.mul(0.5).exp_()', 'return torch.randn_like(std).mul(std).add_(mu)'],
    ['return mu + (logvar / 2).exp() * torch.randn_like(mu)'],
    ['return torch.randn(mu.shape) * torch.exp(logvar).sqrt() + mu'],
    ['return mu + x * torch.randn_like(x)'],
  ];
  for (const lines of spellings) {
    it(lines.join('; '), () => assert.equal(found(body(...lines), 'reparameterisation').length, 1));
  }
  for (const line of [
    'return x + 0.1 * torch.randn_like(x)',
    'return d.sqrt() * x + (1 - d).sqrt() * torch.randn_like(x)',
  ]) {
    it(`is not: ${line}`, () => assert.deepEqual(found(body(line), 'reparameterisation'), []));
  }
});
