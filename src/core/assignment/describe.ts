import { isMap, isScalar, isSeq, parseDocument, type Pair } from 'yaml';
import { phrase, type Phrase } from '../explain/phrase';
import { EXPERIMENTS } from '../experiments/registry';
import type { Span } from '../text';
import { isNestedTooDeep } from './nesting';
import type { Path } from './remark';
import { schemaAt } from './schema';

/** What a key or a value of an assignment file means. */
export interface Description {
  readonly title: string;
  readonly text: Phrase;
  /** The words that it is about. */
  readonly span: Span;
}

/** Of the key, or of the enumerated value, at an offset; `null` for all else. Never throws, whatever the text. */
export function describeAt(text: string, offset: number): Description | null {
  if (isNestedTooDeep(text)) return null;
  const { contents } = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  return contents && within(contents, [], offset);
}

function within(node: unknown, path: Path, offset: number): Description | null {
  if (isSeq(node)) {
    const index = node.items.findIndex((item) => covers(item, offset));
    return index < 0 ? null : within(node.items[index], [...path, index], offset);
  }
  if (isMap(node)) {
    for (const pair of node.items) {
      const found = ofPair(pair, path, offset);
      if (found) return found;
    }
    return null;
  }
  const span = isScalar(node) && covers(node, offset) ? spanOf(node) : null;
  return span && isScalar(node) ? ofValue(node.value, path, span) : null;
}

function ofPair({ key, value }: Pair, path: Path, offset: number): Description | null {
  if (!isScalar(key)) return null;
  const name = String(key.value);
  if (!covers(key, offset)) return within(value, [...path, name], offset);
  const description = schemaAt([...path, name])?.description;
  const span = spanOf(key);
  return span && description !== undefined ? { title: name, text: phrase(description), span } : null;
}

function ofValue(value: unknown, path: Path, span: Span): Description | null {
  const { enum: values = [], enumDescriptions = [] } = schemaAt(path) ?? {};
  const title = String(value);
  const text = enumDescriptions[values.indexOf(title)];
  if (text !== undefined) return { title, text: phrase(text), span };
  const experiment = path.at(-1) === 'experiment' ? EXPERIMENTS.find(({ id }) => id === value) : undefined;
  return experiment ? { title, text: experiment.title, span } : null;
}

function covers(node: unknown, offset: number): boolean {
  const span = spanOf(node);
  return span !== null && span.start <= offset && offset <= span.end;
}

function spanOf(node: unknown): Span | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
  const [start, end] = node.range as readonly number[];
  return start === undefined || end === undefined ? null : { start, end };
}
