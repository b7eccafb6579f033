import { isEmptyModule } from './modules';
import { mayBeModule, type Operation, unknown, type Value } from './value';

/** Operations after which a value is still what it was, up to a mask or noise. */
const KEEPING = new Set(['mask', 'dropout', 'view', 'add']);

const derives = (later: Value, earlier: Value): later is Operation =>
  later.kind === 'operation' && KEEPING.has(later.name) && later.operands[0] === earlier;

/** The value of a name after two ways through the code that give it different values. */
export function joinValues(a: Value, b: Value, name: string): Value {
  if (derives(a, b)) return a;
  if (derives(b, a)) return b;
  if (isEmptyModule(a) && isEmptyModule(b)) return a;
  if (a.kind === 'sequence' && a === b) return a;
  const text = 'text' in a && mayBeModule(a) ? a.text : 'text' in b && mayBeModule(b) ? b.text : name;
  return unknown(text, mayBeModule(a) || mayBeModule(b));
}
