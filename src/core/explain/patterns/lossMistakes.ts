import type { Operation } from '../evaluate/value';
import { type Phrase, phrase } from '../phrase';
import type { Expression } from '../python/syntax';
import { below, isOperation } from './pattern';

export interface Blame {
  readonly expression: Expression;
  readonly mistake: Phrase;
}

const SOFTMAX_TWICE =
  'Cross-entropy gets the output of a softmax, but it applies log-softmax itself: softmax twice flattens the gradients. Pass the raw logits.';
const LOG_SOFTMAX_TWICE =
  'Cross-entropy applies log-softmax itself, so this one changes nothing. Pass the raw logits, or use NLLLoss.';
const SIGMOID_TWICE =
  'This loss applies the sigmoid itself, and gets the output of a sigmoid. Pass the raw logits, or use BCELoss.';
const NOT_LOGARITHMIC = 'NLLLoss expects log-probabilities and gets those of a softmax. Use log_softmax instead.';
const NOT_SCALAR =
  'The loss has reduction="none", so it is no scalar, and backward() raises "grad can be implicitly created only for scalar outputs". Take its mean or sum first.';

/** What each loss must not be given, by the operation that its input ends in. */
const WRONG_INPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cross_entropy: { softmax: SOFTMAX_TWICE, log_softmax: LOG_SOFTMAX_TWICE },
  nll_loss: { softmax: NOT_LOGARITHMIC },
  binary_cross_entropy_with_logits: { sigmoid: SIGMOID_TWICE },
};

/** Mistakes that this operation makes for certain, at every place where a reader may look for them. */
export function findLossMistakes(operation: Operation): readonly Blame[] {
  const [input] = operation.operands;
  if (input === undefined) return [];
  if (operation.name === 'backward') return unreduced(operation);
  const source = below(input, 'view');
  const wrong = source.kind === 'operation' ? WRONG_INPUTS[operation.name]?.[source.name] : undefined;
  if (wrong === undefined || source.kind !== 'operation') return [];
  const mistake = phrase(wrong);
  return [
    { expression: operation.expression, mistake },
    { expression: source.expression, mistake },
  ];
}

const LOSSES = [
  'cross_entropy',
  'nll_loss',
  'mse_loss',
  'binary_cross_entropy',
  'binary_cross_entropy_with_logits',
  'l1_loss',
];

function unreduced(operation: Operation): readonly Blame[] {
  const [loss, ...gradient] = operation.operands;
  if (!isOperation(loss, ...LOSSES) || gradient.length > 0 || operation.named.size > 0) return [];
  const reduction = loss.named.get('reduction');
  if (reduction?.kind !== 'constant' || reduction.value !== 'none') return [];
  return [{ expression: operation.expression, mistake: phrase(NOT_SCALAR) }];
}
