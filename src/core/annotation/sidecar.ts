/** The file of notes beside a report: its format, version 1. */
import { getNodePath, parseTree, printParseErrorCode, findNodeAtLocation, type ParseError } from 'jsonc-parser';
import { Problem, type ProblemReport } from '../problem';
import { LineIndex } from '../text';
import type { Anchor, Annotation, Reply } from './annotation';

export const SIDECAR_FORMAT = 'drylab-annotations';
export const SIDECAR_VERSION = 1;
const SIDECAR_ENDING = '.drylab.json';

/** Name of the file of notes, from the name of the report that it stands beside. */
export function sidecarName(report: string): string {
  return report + SIDECAR_ENDING;
}

/** What the file holds; objects keep the fields that this version does not know. */
export interface Sidecar {
  /** Sorted by id. */
  readonly annotations: readonly Annotation[];
  /** Unknown fields of the file itself. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export const EMPTY_SIDECAR: Sidecar = { annotations: [], extra: {} };

/** `problem` is `sidecar.newer` when the file may only be shown, else `null`. */
export interface ReadSidecar {
  readonly sidecar: Sidecar;
  readonly problem: ProblemReport | null;
}

type Json = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** What is wrong at a place in the file. */
class Misfit extends Error {
  constructor(
    readonly path: Path,
    message: string,
  ) {
    super(message);
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function object(value: unknown, path: Path): Json {
  if (!isObject(value)) throw new Misfit(path, 'an object is expected');
  return value;
}

function list(value: unknown, path: Path): readonly unknown[] {
  if (!Array.isArray(value)) throw new Misfit(path, 'a list is expected');
  return value;
}

function text(of: Json, key: string, path: Path): string {
  const value = of[key];
  if (typeof value !== 'string') throw new Misfit([...path, key], `"${key}" must be a text`);
  return value;
}

function offset(of: Json, key: string, path: Path): number {
  const value = of[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Misfit([...path, key], `"${key}" must be a whole number from 0`);
  }
  return value;
}

function readAnchor(value: unknown, path: Path): Anchor {
  const raw = object(value, path);
  const anchor = {
    ...raw,
    exact: text(raw, 'exact', path),
    prefix: text(raw, 'prefix', path),
    suffix: text(raw, 'suffix', path),
    start: offset(raw, 'start', path),
    end: offset(raw, 'end', path),
  };
  if (anchor.exact.trim() === '') throw new Misfit([...path, 'exact'], '"exact" must not be empty');
  return anchor;
}

function readReply(value: unknown, path: Path): Reply {
  const raw = object(value, path);
  return {
    ...raw,
    id: text(raw, 'id', path),
    body: text(raw, 'body', path),
    author: text(raw, 'author', path),
    created: text(raw, 'created', path),
    modified: text(raw, 'modified', path),
  };
}

function readAnnotation(value: unknown, path: Path): Annotation {
  const raw = object(value, path);
  if (raw.kind !== 'note') throw new Misfit([...path, 'kind'], '"kind" must be "note"');
  if (typeof raw.resolved !== 'boolean') throw new Misfit([...path, 'resolved'], '"resolved" must be true or false');
  const replies = list(raw.replies, [...path, 'replies']);
  return {
    ...raw,
    id: text(raw, 'id', path),
    part: raw.part === null ? null : text(raw, 'part', path),
    kind: 'note',
    anchor: readAnchor(raw.anchor, [...path, 'anchor']),
    body: text(raw, 'body', path),
    author: text(raw, 'author', path),
    created: text(raw, 'created', path),
    modified: text(raw, 'modified', path),
    resolved: raw.resolved,
    replies: replies.map((reply, i) => readReply(reply, [...path, 'replies', i])).toSorted(byTime),
  };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number => byText(a.id, b.id);
export const byTime = (a: Reply, b: Reply): number => byText(a.created, b.created) || byId(a, b);

/** The same annotation twice, as a merge of branches may leave it, is one; two of one id are not for us to choose from. */
function unique(annotations: readonly Annotation[]): Annotation[] {
  const known = new Map<string, string>();
  return annotations.filter((annotation, i) => {
    const json = JSON.stringify(ordered(annotation));
    const earlier = known.get(annotation.id);
    known.set(annotation.id, json);
    if (earlier !== undefined && earlier !== json) {
      throw new Misfit(['annotations', i, 'id'], `the id "${annotation.id}" is used twice`);
    }
    return earlier === undefined;
  });
}

function readContent(raw: unknown): { readonly sidecar: Sidecar; readonly version: number } {
  const { format, version, report, annotations, ...extra } = object(raw, []);
  if (format !== SIDECAR_FORMAT) throw new Misfit(['format'], `"format" must be "${SIDECAR_FORMAT}"`);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new Misfit(['version'], '"version" must be a whole number from 1');
  }
  if (version > SIDECAR_VERSION) return { sidecar: understood(annotations), version };
  if (typeof report !== 'string') throw new Misfit(['report'], '"report" must be a text');
  const items = list(annotations, ['annotations']).map((item, i) => readAnnotation(item, ['annotations', i]));
  return { sidecar: { annotations: unique(items).toSorted(byId), extra }, version };
}

/** Of a newer format, the annotations that have all that this version knows. */
function understood(annotations: unknown): Sidecar {
  const found = new Map<string, Annotation>();
  for (const item of Array.isArray(annotations) ? annotations : []) {
    try {
      const annotation = readAnnotation(item, []);
      found.set(annotation.id, annotation);
    } catch (thrown) {
      if (!(thrown instanceof Misfit)) throw thrown;
    }
  }
  return { annotations: [...found.values()].toSorted(byId), extra: {} };
}

/** Line and reason, in English, of what keeps a text from being JSON. */
function syntaxDetail(json: string): string {
  const conflict = /^(<<<<<<<|=======|>>>>>>>)/m.exec(json);
  const errors: ParseError[] = [];
  parseTree(json, errors, { disallowComments: true, allowTrailingComma: false });
  const lines = new LineIndex(json);
  const line = (at: number): number => lines.positionAt(at).line + 1;
  if (conflict) return `line ${line(conflict.index)}: a conflict of a merge is not resolved`;
  const [first] = errors;
  if (!first) return 'it is not JSON';
  const words = printParseErrorCode(first.error)
    .replace(/\B[A-Z]/g, ' $&')
    .toLowerCase();
  return `line ${line(first.offset)}: ${words}`;
}

/** The line of the nearest thing on the path that is there. */
function misfitDetail(json: string, { path, message }: Misfit): string {
  const tree = parseTree(json);
  for (let length = path.length; tree && length >= 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (!node) continue;
    const place = getNodePath(node).length === 0 ? 0 : node.offset;
    return `line ${new LineIndex(json).positionAt(place).line + 1}: ${message}`;
  }
  return message;
}

/**
 * Reads a file of notes.
 * @param file its name, for messages.
 * @throws Problem `sidecar.damaged`, with the line in `detail`.
 */
export function parseSidecar(json: string, file: string): ReadSidecar {
  const content = json.startsWith('\ufeff') ? json.slice(1) : json;
  let raw: unknown;
  try {
    raw = JSON.parse(content);
  } catch {
    throw new Problem('sidecar.damaged', { file, detail: syntaxDetail(content) });
  }
  try {
    const { sidecar, version } = readContent(raw);
    const newer = version > SIDECAR_VERSION;
    return { sidecar, problem: newer ? { code: 'sidecar.newer', data: { file, version } } : null };
  } catch (thrown) {
    if (!(thrown instanceof Misfit)) throw thrown;
    throw new Problem('sidecar.damaged', { file, detail: misfitDetail(content, thrown) });
  }
}

/** The known fields in the order given, then the others by name. */
function inOrder(value: object, keys: readonly string[]): Json {
  const entries = Object.entries(value);
  const known = keys.flatMap((key) => entries.filter(([name]) => name === key));
  const others = entries.filter(([name]) => !keys.includes(name)).toSorted(([a], [b]) => byText(a, b));
  return Object.fromEntries([...known, ...others]);
}

const REPLY_KEYS = ['id', 'body', 'author', 'created', 'modified'];
const ANCHOR_KEYS = ['exact', 'prefix', 'suffix', 'start', 'end'];
const ANNOTATION_KEYS = [
  ...['id', 'part', 'kind', 'anchor', 'body', 'author', 'created', 'modified', 'resolved', 'replies'],
];

function ordered(annotation: Annotation): Json {
  const anchor = inOrder(annotation.anchor, ANCHOR_KEYS);
  const replies = annotation.replies.toSorted(byTime).map((reply) => inOrder(reply, REPLY_KEYS));
  return inOrder({ ...annotation, anchor, replies }, ANNOTATION_KEYS);
}

/** The file's text: the same notes give the same text, whatever their order, so that diffs are small. */
export function formatSidecar({ annotations, extra }: Sidecar, report: string): string {
  const content = {
    format: SIDECAR_FORMAT,
    version: SIDECAR_VERSION,
    report,
    annotations: annotations.toSorted(byId).map(ordered),
  };
  const others = inOrder(extra, []);
  return `${JSON.stringify(Object.fromEntries([...Object.entries(content), ...Object.entries(others)]), null, 2)}\n`;
}
