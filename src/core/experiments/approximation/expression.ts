/** Functions of x that a person types: parsed by mathjs, and only arithmetic and a few known functions are let through. */
import {
  absDependencies,
  addDependencies,
  cosDependencies,
  create,
  divideDependencies,
  expDependencies,
  floorDependencies,
  logDependencies,
  maxDependencies,
  minDependencies,
  multiplyDependencies,
  parseDependencies,
  powDependencies,
  roundDependencies,
  signDependencies,
  sinDependencies,
  sqrtDependencies,
  subtractDependencies,
  tanhDependencies,
  unaryMinusDependencies,
  type FactoryFunctionMap,
  type MathNode,
} from 'mathjs/number';
import { Problem } from '../../problem';

const { parse } = create({
  ...{ parseDependencies, addDependencies, subtractDependencies, multiplyDependencies, divideDependencies },
  ...{ powDependencies, unaryMinusDependencies, absDependencies, cosDependencies, expDependencies, floorDependencies },
  ...{ logDependencies, maxDependencies, minDependencies, roundDependencies, signDependencies, sinDependencies },
  ...{ sqrtDependencies, tanhDependencies },
} as FactoryFunctionMap);

const FUNCTIONS = ['abs', 'cos', 'exp', 'floor', 'log', 'max', 'min', 'round', 'sign', 'sin', 'sqrt', 'tanh'];
const OPERATORS = ['add', 'subtract', 'multiply', 'divide', 'pow', 'unaryMinus'];
const CONSTANTS = { pi: Math.PI, e: Math.E };
const MOST_NODES = 100;
/** Where a function is called once to see whether it can be. */
const PROBE = 0.5;

export type RealFunction = (x: number) => number;

function refused(expression: string, detail: string): Problem {
  return new Problem('experiment.setting', { setting: 'expression', value: expression, detail });
}

/** Why a node is not let through, or null. */
function objection(node: MathNode, path: string | undefined): string | null {
  switch (node.type) {
    case 'ConstantNode':
      return typeof (node as { value?: unknown }).value === 'number' ? null : 'only numbers are constants';
    case 'ParenthesisNode':
      return null;
    case 'OperatorNode': {
      const { fn, op } = node as unknown as { fn: string; op: string };
      return OPERATORS.includes(fn) ? null : `there is no operator ${op}`;
    }
    case 'FunctionNode': {
      const { name } = node as unknown as { name: string };
      return FUNCTIONS.includes(name) ? null : `there is no function ${name}; there are ${FUNCTIONS.join(', ')}`;
    }
    case 'SymbolNode': {
      const { name } = node as unknown as { name: string };
      const isKnown = path === 'fn' || name === 'x' || Object.hasOwn(CONSTANTS, name);
      return isKnown ? null : `${name} is unknown; write it in x, pi and e`;
    }
    default:
      return 'it must be one formula in x';
  }
}

/** A function of x from a text such as `sin(2 pi x) + x^2`. @throws Problem `experiment.setting` */
export function parseExpression(expression: string): RealFunction {
  let tree: MathNode;
  try {
    tree = parse(expression);
  } catch (error) {
    throw refused(expression, error instanceof Error ? error.message : String(error));
  }
  let nodes = 0;
  tree.traverse((node, path) => {
    const detail = ++nodes > MOST_NODES ? `it has more than ${MOST_NODES} parts` : objection(node, path);
    if (detail !== null) throw refused(expression, detail);
  });
  const compiled = tree.compile();
  const evaluate: RealFunction = (x) => {
    const value: unknown = compiled.evaluate({ ...CONSTANTS, x });
    return typeof value === 'number' ? value : NaN;
  };
  try {
    // Arguments are counted when a function is called, not when it is parsed.
    evaluate(PROBE);
  } catch (error) {
    throw refused(expression, error instanceof Error ? error.message : String(error));
  }
  return (x) => {
    try {
      return evaluate(x);
    } catch {
      // Such as digits to round to that depend on x: not defined there.
      return NaN;
    }
  };
}
