import type { PassedArguments } from '../catalogue/arguments';
import type { Call } from '../python/syntax';
import { findMember } from './classes';
import type { Machine } from './machine';
import { children } from './modules';
import { tensorOperation } from './tensors';
import { type ModuleValue, unknown, type Value } from './value';

/** Layers that are also functions of tensors, under the name of the function. */
const FUNCTION_OF_LAYER: Readonly<Record<string, string>> = {
  'torch.nn.Softmax': 'softmax',
  'torch.nn.LogSoftmax': 'log_softmax',
  'torch.nn.Sigmoid': 'sigmoid',
  'torch.nn.Softplus': 'softplus',
  'torch.nn.Dropout': 'dropout',
  'torch.nn.Identity': 'view',
  'torch.nn.CrossEntropyLoss': 'cross_entropy',
  'torch.nn.NLLLoss': 'nll_loss',
  'torch.nn.MSELoss': 'mse_loss',
  'torch.nn.BCELoss': 'binary_cross_entropy',
  'torch.nn.BCEWithLogitsLoss': 'binary_cross_entropy_with_logits',
  'torch.nn.KLDivLoss': 'kl_div',
};

/** `module(x)`. The call of the layer's constructor is remembered as its origin. */
export function applyModule(machine: Machine, module: ModuleValue, passed: PassedArguments, call: Call): Value {
  const [input] = passed.positional;
  if (module.type !== null) {
    const forward = findMember(module.type, 'forward') ?? findMember(module.type, '__call__');
    if (forward?.kind === 'function') return machine.callFunction({ ...forward, receiver: module }, passed);
    if (module.facts === null) return unknown(machine.text(call));
  }
  if (module.symbol === 'torch.nn.Sequential' && input !== undefined && module.unresolved.length === 0) {
    return inSequence(machine, module, input, call);
  }
  const name = FUNCTION_OF_LAYER[module.symbol];
  if (name === undefined) return machine.operation('layer', [module, ...passed.positional], call);
  const named = new Map([...module.options, ...passed.keywords]);
  return tensorOperation(machine, name, passed.positional, named, module.call ?? call);
}

function inSequence(machine: Machine, module: ModuleValue, input: Value, call: Call): Value {
  let value = input;
  if (children(module).length !== module.attributes.size) return machine.operation('layer', [module, input], call);
  for (const child of children(module)) {
    value = machine.apply(
      child,
      { positional: [value], keywords: new Map(), openPositional: false, openKeywords: false, openTexts: [] },
      call,
    );
  }
  return value;
}
