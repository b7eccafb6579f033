import type { Path } from './remark';
import type { YamlPlace } from './yamlPlace';

/**
 * The id that comes next where a question, part or claim is begun: the number after the last, the letter after the last, or
 * the beginning of a claim's. `null` elsewhere.
 * @param value of the whole file, as far as it can be read
 */
export function nextId(value: unknown, { kind, path }: Pick<YamlPlace, 'kind' | 'path'>): string | null {
  const list =
    kind === 'entry'
      ? path
      : path.slice(
          0,
          path.findLastIndex((step) => typeof step === 'number'),
        );
  const index = kind === 'entry' ? Infinity : path.findLast((step) => typeof step === 'number');
  const others = listAt(value, list).filter((_, other) => other !== index);
  switch (list.join('.').replace(/\d+/g, '#')) {
    case 'questions':
      return String(1 + Math.max(0, ...others.map((entry) => Number(idOf(entry)) || 0)));
    case 'questions.#.parts':
      return partId(idOf(valueAt(value, list.slice(0, -1))), others.length);
    case 'questions.#.parts.#.claims': {
      const part = idOf(valueAt(value, list.slice(0, -1)));
      return part === '' ? null : `${part}.`;
    }
    default:
      return null;
  }
}

function partId(question: string, index: number): string | null {
  return question === '' || index > 25 ? null : `${question}${String.fromCharCode(97 + index)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((of, step) => (isRecord(of) ? of[step] : undefined), value);
}

function listAt(value: unknown, path: Path): readonly unknown[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list : [];
}

function isRecord(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

function idOf(entry: unknown): string {
  const id = isRecord(entry) ? entry['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}
