import { type Phrase, phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, LINKS, NO_FACTS, REQUIRED, type Signature } from './entry';

/** Steps after which a gradient has half its weight in an exponential moving average; `null` outside 0 < β < 1. */
export function halfLife(beta: number): number | null {
  return beta > 0 && beta < 1 ? Math.log(0.5) / Math.log(beta) : null;
}

const rounded = (steps: number): string => (steps < 100 ? steps.toFixed(1) : steps.toFixed(0));

const firstBeta = (args: Arguments, index: number): number | null => {
  const value = args.value('betas');
  if (value?.kind !== 'sequence' || value.items.length !== 2) return value === undefined ? null : null;
  const beta = value.items[index];
  return beta?.kind === 'constant' && typeof beta.value === 'number' ? beta.value : null;
};

/** Half-lives of both averages; the defaults of PyTorch are (0.9, 0.999). */
function betas(args: Arguments): Phrase | null {
  const given = args.value('betas');
  if (given === undefined) return null;
  const isDefault = given.kind === 'constant' && given.value === null;
  const first = isDefault ? 0.9 : firstBeta(args, 0);
  const second = isDefault ? 0.999 : firstBeta(args, 1);
  const short = first === null ? null : halfLife(first);
  const long = second === null ? null : halfLife(second);
  if (first === null || second === null || short === null || long === null) return null;
  return phrase(
    'A gradient has lost half its weight after {short} steps in the average of gradients (β₁ = {first}) and after {long} steps in that of their squares (β₂ = {second}).',
    { first, second, short: rounded(short), long: rounded(long) },
  );
}

function alpha(args: Arguments): Phrase | null {
  const value = args.number('alpha');
  const steps = value === null ? null : halfLife(value);
  if (value === null || steps === null) return null;
  return phrase('A squared gradient has lost half its weight after {steps} steps (α = {value}).', {
    value,
    steps: rounded(steps),
  });
}

function momentum(args: Arguments): Phrase | null {
  const value = args.number('momentum');
  const steps = value === null ? null : halfLife(value);
  if (value === null || steps === null) return null;
  return phrase('A gradient has lost half its weight in the velocity after {steps} steps (momentum {value}).', {
    value,
    steps: rounded(steps),
  });
}

interface OptimizerDescription {
  readonly title: string;
  readonly summary: string;
  readonly signature: Signature;
  readonly detail: (args: Arguments) => Phrase | null;
  readonly cost: string;
}

function optimizer(name: string, { title, summary, signature, detail, cost }: OptimizerDescription): Entry {
  return {
    symbol: `torch.optim.${name}`,
    kind: 'optimizer',
    title,
    summary,
    signature: { params: REQUIRED, ...signature },
    links: [LINKS.average],
    describe: (args) => ({ ...NO_FACTS, detail: args.fits ? detail(args) : null, cost: phrase(cost) }),
  };
}

const twoAverages = 'O(p) a step for p parameters, and 2p numbers of memory';
const oneAverage = 'O(p) a step for p parameters, and p numbers of memory';
const adam =
  'divides a moving average of gradients by the root of a moving average of their squares, both corrected for their start at zero. Exponential averages forget old gradients; each keeps one number a parameter, as a plain mean would.';

const ADAM = { lr: 0.001, betas: null, eps: 1e-8 } as const;

export const OPTIMIZERS: readonly Entry[] = [
  optimizer('Adam', {
    title: 'Adam',
    summary: `Adam ${adam}`,
    signature: {
      ...ADAM,
      weight_decay: 0,
      amsgrad: false,
      foreach: null,
      maximize: false,
      capturable: false,
      differentiable: false,
      fused: null,
      decoupled_weight_decay: false,
    },
    detail: betas,
    cost: twoAverages,
  }),
  optimizer('AdamW', {
    title: 'Adam with decoupled weight decay',
    summary: `AdamW ${adam} Weights decay apart from the gradient.`,
    signature: {
      ...ADAM,
      weight_decay: 0.01,
      amsgrad: false,
      maximize: false,
      foreach: null,
      capturable: false,
      differentiable: false,
      fused: null,
    },
    detail: betas,
    cost: twoAverages,
  }),
  optimizer('RMSprop', {
    title: 'RMSprop',
    summary:
      'Divides the gradient by the root of an exponential moving average of its squares, so that steps are of like size in all directions.',
    signature: {
      lr: 0.01,
      alpha: 0.99,
      eps: 1e-8,
      weight_decay: 0,
      momentum: 0,
      centered: false,
      capturable: false,
      foreach: null,
      maximize: false,
      differentiable: false,
    },
    detail: alpha,
    cost: oneAverage,
  }),
  optimizer('SGD', {
    title: 'Stochastic gradient descent',
    summary: 'Steps against the gradient of a batch; with momentum, against a decaying sum of past gradients.',
    signature: {
      lr: 0.001,
      momentum: 0,
      dampening: 0,
      weight_decay: 0,
      nesterov: false,
      maximize: false,
      foreach: null,
      differentiable: false,
      fused: null,
    },
    detail: momentum,
    cost: 'O(p) a step for p parameters',
  }),
];
