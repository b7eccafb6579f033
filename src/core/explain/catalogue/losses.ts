import type { ExplanationLink } from '../explanation';
import { phrase } from '../phrase';
import { type Entry, LINKS, NO_FACTS, REQUIRED, type Signature } from './entry';
import { layer } from './layerEntry';

const REDUCED = { size_average: null } as const;
const cost = () => phrase('O(m): one pass over the m numbers in the input');
const vector = ['(…)', 'a scalar, or (…) with reduction="none"'] as const;

interface LossDescription {
  readonly title: string;
  readonly summary: string;
  /** Options of the class, those of the function after input and target. */
  readonly options: Signature;
  readonly shapes: readonly [string, string];
  readonly links: readonly ExplanationLink[];
}

/** The class of `torch.nn` and the function of `torch.nn.functional`. */
function loss(className: string, functionName: string, description: LossDescription): readonly Entry[] {
  const { title, summary, options, shapes, links } = description;
  return [
    layer(className, { title, summary, signature: options, links, shapes: () => shapes, cost }),
    {
      symbol: `torch.nn.functional.${functionName}`,
      kind: 'function',
      title,
      summary,
      signature: { input: REQUIRED, target: REQUIRED, ...options },
      links,
      describe: () => ({ ...NO_FACTS, inputShape: shapes[0], outputShape: shapes[1], cost: cost() }),
    },
  ];
}

const scalar = 'The gradient needs a scalar, so losses of examples are averaged or summed.';

export const LOSSES: readonly Entry[] = [
  ...loss('CrossEntropyLoss', 'cross_entropy', {
    title: 'Cross-entropy',
    summary: `The negative log-probability of the right class. It expects raw logits: log-softmax is part of it. ${scalar}`,
    options: { weight: null, ...REDUCED, ignore_index: -100, reduce: null, reduction: 'mean', label_smoothing: 0 },
    shapes: ['logits (N, C, …) and classes (N, …)', 'a scalar, or (N, …) with reduction="none"'],
    links: [LINKS.scalarLoss],
  }),
  ...loss('NLLLoss', 'nll_loss', {
    title: 'Negative log-likelihood',
    summary: `Minus the log-probability of the right class. It expects log-probabilities, such as from log_softmax. ${scalar}`,
    options: { weight: null, ...REDUCED, ignore_index: -100, reduce: null, reduction: 'mean' },
    shapes: ['log-probabilities (N, C, …) and classes (N, …)', 'a scalar, or (N, …) with reduction="none"'],
    links: [LINKS.scalarLoss],
  }),
  ...loss('MSELoss', 'mse_loss', {
    title: 'Mean squared error',
    summary: `The mean of squared differences: up to constants, the negative log-likelihood of a Gaussian. ${scalar}`,
    options: { ...REDUCED, reduce: null, reduction: 'mean' },
    shapes: vector,
    links: [LINKS.scalarLoss, LINKS.autoencoder],
  }),
  ...loss('BCELoss', 'binary_cross_entropy', {
    title: 'Binary cross-entropy',
    summary: `Cross-entropy of independent yes-or-no outputs. It expects probabilities, such as from a sigmoid. ${scalar}`,
    options: { weight: null, ...REDUCED, reduce: null, reduction: 'mean' },
    shapes: vector,
    links: [LINKS.scalarLoss, LINKS.autoencoder],
  }),
  ...loss('BCEWithLogitsLoss', 'binary_cross_entropy_with_logits', {
    title: 'Binary cross-entropy on logits',
    summary: `Cross-entropy of independent yes-or-no outputs. It expects raw logits: the sigmoid is part of it. ${scalar}`,
    options: { weight: null, ...REDUCED, reduce: null, reduction: 'mean', pos_weight: null },
    shapes: vector,
    links: [LINKS.scalarLoss, LINKS.autoencoder],
  }),
  ...loss('KLDivLoss', 'kl_div', {
    title: 'Kullback–Leibler divergence',
    summary:
      'How far one distribution is from another: Σ p·(log p − log q) ≥ 0. The input is expected as log-probabilities.',
    options: { ...REDUCED, reduce: null, reduction: 'mean', log_target: false },
    shapes: vector,
    links: [LINKS.autoencoder, LINKS.diffusion],
  }),
];
