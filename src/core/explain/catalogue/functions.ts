import type { ExplanationLink } from '../explanation';
import { type Phrase, phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, type LayerFacts, LINKS, NO_FACTS, REQUIRED, type Signature } from './entry';
import { SOFTMAX_WITHOUT_DIM } from './plainLayers';

interface FunctionDescription {
  readonly title: string;
  readonly summary: string;
  readonly signature: Signature;
  readonly links: readonly ExplanationLink[];
  readonly shapes?: readonly [string, string];
  readonly cost?: string;
  readonly mistake?: (args: Arguments) => Phrase | null;
}

function functionEntry(symbol: string, description: FunctionDescription): Entry {
  const { title, summary, signature, links, shapes, cost, mistake } = description;
  const describe = (args: Arguments): LayerFacts => ({
    ...NO_FACTS,
    inputShape: shapes?.[0] ?? null,
    outputShape: shapes?.[1] ?? null,
    cost: cost === undefined ? null : phrase(cost),
    mistake: args.fits ? (mistake?.(args) ?? null) : null,
  });
  return { symbol, kind: 'function', title, summary, signature, links, describe };
}

const dimMissing = (args: Arguments): Phrase | null =>
  args.isNone('dim') === true ? phrase(SOFTMAX_WITHOUT_DIM) : null;

const softmax = {
  title: 'Softmax',
  summary: 'Exponentials divided by their sum: positive weights that sum to 1 along one axis.',
  links: [LINKS.attentionMap, LINKS.attentionCost],
  shapes: ['(…)', '(…)'] as const,
  cost: 'O(m): one pass over the m numbers in the input; O(n²) for the scores of n positions',
  mistake: dimMissing,
};

const logSoftmax = {
  ...softmax,
  title: 'Logarithm of softmax',
  summary: 'x − log Σ eˣ along one axis, computed without overflow; nll_loss expects it.',
};

const gradients = {
  title: 'Backpropagation',
  summary:
    'Computes the gradient of this scalar with respect to every parameter, by one vector–Jacobian product a layer from the end to the start, and adds it to .grad. For a tensor that is no scalar it raises an error unless gradient= is given.',
  links: [LINKS.scalarLoss],
  cost: 'a small constant times the cost of the forward pass',
};

const clearing = {
  title: 'Clear gradients',
  summary: 'Forgets the gradients of the last step. Without it, backward() adds the new ones to the old.',
  links: [LINKS.scalarLoss],
  cost: 'O(p): one pass over the p parameters',
};

const KL = {
  title: 'Kullback–Leibler divergence',
  summary:
    'How far one distribution is from another, in closed form where PyTorch knows it; 0 only when they are the same.',
  links: [LINKS.autoencoder, LINKS.diffusion],
};

export const FUNCTIONS: readonly Entry[] = [
  functionEntry('torch.nn.functional.softmax', {
    ...softmax,
    signature: { input: REQUIRED, dim: null, _stacklevel: 3, dtype: null },
  }),
  functionEntry('torch.softmax', { ...softmax, signature: { input: REQUIRED, dim: null, dtype: null } }),
  functionEntry('torch.Tensor.softmax', { ...softmax, signature: { dim: null, dtype: null } }),
  functionEntry('torch.nn.functional.log_softmax', {
    ...logSoftmax,
    signature: { input: REQUIRED, dim: null, _stacklevel: 3, dtype: null },
  }),
  functionEntry('torch.log_softmax', { ...logSoftmax, signature: { input: REQUIRED, dim: null, dtype: null } }),
  functionEntry('torch.Tensor.log_softmax', { ...logSoftmax, signature: { dim: null, dtype: null } }),
  functionEntry('torch.nn.functional.scaled_dot_product_attention', {
    title: 'Scaled dot-product attention',
    summary:
      'softmax(QKᵀ/√d)·V in one call: every query mixes the values by how well its key fits. Fused kernels do not store the n×n weights.',
    signature: {
      query: REQUIRED,
      key: REQUIRED,
      value: REQUIRED,
      attn_mask: null,
      dropout_p: 0,
      is_causal: false,
      scale: null,
      enable_gqa: false,
    },
    links: [LINKS.attentionCost, LINKS.attentionMap],
    shapes: ['Q (…, n, d), K (…, m, d), V (…, m, d)', '(…, n, d)'],
    cost: 'O(n²d): n positions, d width of a head',
  }),
  functionEntry('torch.Tensor.backward', {
    ...gradients,
    signature: { gradient: null, retain_graph: null, create_graph: false, inputs: null },
  }),
  functionEntry('torch.autograd.backward', {
    ...gradients,
    signature: {
      tensors: REQUIRED,
      grad_tensors: null,
      retain_graph: null,
      create_graph: false,
      grad_variables: null,
      inputs: null,
    },
  }),
  functionEntry('torch.optim.Optimizer.zero_grad', { ...clearing, signature: { set_to_none: true } }),
  functionEntry('torch.nn.Module.zero_grad', { ...clearing, signature: { set_to_none: true } }),
  functionEntry('torch.distributions.kl_divergence', { ...KL, signature: { p: REQUIRED, q: REQUIRED } }),
  functionEntry('torch.distributions.Distribution.rsample', {
    title: 'Reparameterised sample',
    summary:
      'A sample written as a function of the parameters and of noise that does not depend on them, so that gradients pass through.',
    signature: { sample_shape: null },
    links: [LINKS.autoencoder],
  }),
];
