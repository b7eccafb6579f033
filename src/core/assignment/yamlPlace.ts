import { CST, Parser } from 'yaml';
import type { Span } from '../text';
import type { Path } from './remark';

/** Where typing goes on in a YAML text, also in one that is not finished. */
export interface YamlPlace {
  /**
   * `key`: a key of the mapping at `path`. `entry`: an entry, hyphen included, of the list at `path`. `value`: the value at
   * `path`.
   */
  readonly kind: 'key' | 'entry' | 'value';
  readonly path: Path;
  /** Keys that the mapping has beside the one that is typed. */
  readonly keys: readonly string[];
  /** What is typed already. */
  readonly span: Span;
  /** Of the place in its line: what following lines are indented by. */
  readonly column: number;
  /** Whether the place is in braces or brackets. */
  readonly isFlow: boolean;
  /** Whether the place is right behind the hyphen of an entry of a list. */
  readonly isBehindHyphen: boolean;
}

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
type Item = Collection['items'][number];

/** A collection around a place, its path, and its last item that begins before the place. */
interface Frame {
  readonly token: Collection;
  readonly path: Path;
  readonly item: Item | undefined;
  readonly itemPath: Path;
}

/** A line and the word in it that ends at a place. */
interface Typed {
  readonly offset: number;
  readonly lineStart: number;
  readonly word: Span;
  readonly column: number;
  readonly isAlone: boolean;
}

/** Stands for a key that cannot be read. */
const NO_KEY = '';

/** @returns `null` inside comments and texts, where anything may be written */
export function yamlPlaceAt(text: string, offset: number): YamlPlace | null {
  const typed = typedAt(text, Math.min(Math.max(offset, 0), text.length));
  if (!typed) return null;
  const frames = framesAt(text, typed);
  if (!frames) return null;
  const last = frames.at(-1);
  if (!last) return { ...placeOf(typed), kind: 'key', path: [], keys: [] };
  const { token, item } = last;
  if (token.type === 'flow-collection') return inFlow(token, last, typed);
  if (item && isSameLineValue(item, typed)) return { ...placeOf(typed), kind: 'value', path: last.itemPath, keys: [] };
  return inBlock(frames, typed);
}

function typedAt(text: string, offset: number): Typed | null {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const before = text.slice(lineStart, offset);
  if (/(^|\s)#/.test(before)) return null;
  const after = /^[\w.-]*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
  const start = offset - (/[\w.-]*$/.exec(before)?.[0].replace(/^-(?=\s|$)/, '').length ?? 0);
  const rest = text.slice(lineStart, start);
  const isAlone = /^\s*(-\s+)*$/.test(rest);
  return { offset, lineStart, word: { start, end: offset + after }, column: start - lineStart, isAlone };
}

function placeOf({ word, column }: Typed): Pick<YamlPlace, 'span' | 'column' | 'isFlow' | 'isBehindHyphen'> {
  return { span: word, column, isFlow: false, isBehindHyphen: false };
}

/** The collections around a place from the outermost; `null` inside a text. */
function framesAt(text: string, typed: Typed): Frame[] | null {
  let token: CST.Token | null | undefined;
  for (const part of new Parser().parse(text)) {
    if (part.type === 'document' && part.offset <= typed.offset) token = part.value;
  }
  const frames: Frame[] = [];
  let path: Path = [];
  while (token && CST.isCollection(token)) {
    const index = (token.items as readonly Item[]).findLastIndex((item) => beginOf(item) <= typed.word.start);
    const item: Item | undefined = token.items[index];
    const isList =
      token.type === 'block-seq' || (token.type === 'flow-collection' && token.start.type === 'flow-seq-start');
    const itemPath: Path = [...path, isList ? Math.max(index, 0) : keyOf(item)];
    frames.push({ token, path, item, itemPath });
    const value: CST.Token | undefined = item?.value;
    if (!value || value.offset > typed.word.start || isClosedBefore(value, typed.offset)) break;
    path = itemPath;
    token = value;
    if (isTextAround(token, typed, text)) return null;
  }
  return frames;
}

function isClosedBefore(token: CST.Token, offset: number): boolean {
  if (token.type !== 'flow-collection') return false;
  const end = token.end.find(({ type }) => type.endsWith('-end'));
  return end !== undefined && end.offset < offset;
}

/** Of a scalar that is not a word being typed. */
function isTextAround(token: CST.Token, { offset, lineStart, column }: Typed, text: string): boolean {
  if (token.type === 'block-scalar')
    return offset <= token.offset + token.source.length && column > indentOf(text, token);
  if (token.type !== 'double-quoted-scalar' && token.type !== 'single-quoted-scalar') {
    return token.type === 'scalar' && token.offset < lineStart && offset <= token.offset + token.source.length;
  }
  return token.offset < offset && offset < token.offset + token.source.length;
}

/** Of the line in which a block scalar is announced, hyphens included. */
function indentOf(text: string, { offset }: CST.BlockScalar): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[\s-]*/.exec(text.slice(lineStart, offset))?.[0].length ?? 0;
}

/** Where an item has something of its own: blanks and comments before it may belong to anything. */
function beginOf({ start, key, sep, value }: Item): number {
  const indicator = start.find(({ type }) => !/^(space|newline|comment|comma)$/.test(type));
  return indicator?.offset ?? key?.offset ?? sep?.at(0)?.offset ?? value?.offset ?? Infinity;
}

function keyOf(item: Item | undefined): string {
  return item?.key && CST.isScalar(item.key)
    ? (CST.resolveAsScalar(item.key, false, () => undefined)?.value ?? NO_KEY)
    : NO_KEY;
}

/** Whether a place is behind the colon of a pair, in its line. */
function isSameLineValue({ sep }: Item, { lineStart, word }: Typed): boolean {
  const colon = sep?.find(({ type }) => type === 'map-value-ind');
  return colon !== undefined && colon.offset >= lineStart && colon.offset < word.start;
}

function inFlow({ items, start }: CST.FlowCollection, { path, item, itemPath }: Frame, typed: Typed): YamlPlace {
  const place = { ...placeOf(typed), isFlow: true };
  if (start.type === 'flow-seq-start') return { ...place, kind: 'value', path: itemPath, keys: [] };
  const begin = item ? beginOf(item) : Infinity;
  const hasEnded = items
    .flatMap((one) => one.start)
    .some(({ type, offset }) => type === 'comma' && offset >= begin && offset < typed.word.start);
  return item && isSameLineValue(item, typed) && !hasEnded
    ? { ...place, kind: 'value', path: itemPath, keys: [] }
    : { ...place, kind: 'key', path, keys: otherKeys(items, typed) };
}

function inBlock(frames: readonly Frame[], typed: Typed): YamlPlace | null {
  const { column, lineStart, isAlone } = typed;
  if (!isAlone) return null;
  const place = placeOf(typed);
  const around = frames.filter(({ token }) => token.type !== 'flow-collection');
  const last = around.at(-1);
  const hyphened = around.findLast(
    ({ token, item }) => token.type === 'block-seq' && item && hasHyphenIn(item, lineStart),
  );
  if (hyphened && column > hyphened.token.indent) {
    const map = around[around.indexOf(hyphened) + 1]?.token;
    const keys = map?.type === 'block-map' ? otherKeys(map.items, typed) : [];
    return { ...place, kind: 'key', path: hyphened.itemPath, keys, isBehindHyphen: true };
  }
  const level = around.findLast(({ token }) => token.indent === column);
  if (level?.token.type === 'block-map') {
    // A list may stand under its key without being indented, but keys stand there more often.
    return { ...place, kind: 'key', path: level.path, keys: otherKeys(level.token.items, typed) };
  }
  if (level) return { ...place, kind: 'entry', path: level.path, keys: [] };
  if (!last || column <= last.token.indent || last.token.type !== 'block-map') return null;
  // Deeper than all that is there: the value of a key that has none yet.
  return last.item && !last.item.value ? { ...place, kind: 'key', path: last.itemPath, keys: [] } : null;
}

function hasHyphenIn({ start }: Item, lineStart: number): boolean {
  return start.some(({ type, offset }) => type === 'seq-item-ind' && offset >= lineStart);
}

function otherKeys(items: readonly Item[], { word }: Typed): string[] {
  return items
    .filter(({ key }) => key?.offset !== word.start)
    .map(keyOf)
    .filter((key) => key !== NO_KEY);
}
