import Ajv, { type ValidateFunction } from 'ajv';
import { isMap, isNode, isScalar, parseDocument, visit, type Document } from 'yaml';
import assignmentSchema from '../../../assignments/assignment.schema.json';
import { phrase, type Phrase } from '../explain/phrase';
import { LineIndex, type Span } from '../text';
import type { Assignment, AssignmentFlaw, LoadedAssignment, Part, Question } from './assignment';
import { contradictionsIn } from './contradictions';
import { doubtsIn } from './doubts';
import { isNestedTooDeep } from './nesting';
import type { Path, Remark } from './remark';
import { ANNOTATIONS } from './schema';
import { shapeRemark } from './shapeRemark';

const MOST_CHARACTERS = 500_000;
const MOST_ALIASES = 100;
const MOST_FLAWS = 50;

interface Flaw {
  readonly message: Phrase;
  readonly span: Span;
  readonly isOfShape: boolean;
}

let compiled: ValidateFunction | undefined;

/**
 * Reads an assignment from YAML and checks it against `assignments/assignment.schema.json` and for what a schema
 * cannot say, such as ids that fit each other. Never throws for bad input.
 * @param file named in the message of a file that cannot be read at all.
 * @returns the assignment, or all that is wrong with it (at most 50), in the order of the file.
 */
export function loadAssignment(yamlText: string, file: string): LoadedAssignment {
  const whole = (message: Phrase): LoadedAssignment =>
    placed(yamlText, [{ message, span: { start: 0, end: 0 }, isOfShape: true }], []);
  if (yamlText.length > MOST_CHARACTERS) {
    const data = { file, count: yamlText.length, limit: MOST_CHARACTERS };
    return whole(phrase('{file} has {count} characters; the most is {limit}', data));
  }
  if (isNestedTooDeep(yamlText)) return whole(phrase('{file} cannot be read: values are nested too deep', { file }));
  try {
    return load(yamlText);
  } catch (thrown) {
    // The parser throws on too many aliases.
    return whole(phrase('{file} cannot be read: {detail}', { file, detail: String(thrown) }));
  }
}

function load(yamlText: string): LoadedAssignment {
  const document = parseDocument(yamlText, { uniqueKeys: false, prettyErrors: false });
  const broken = [...syntaxFlaws(document), ...repeatedKeys(document)];
  if (broken.length > 0) return placed(yamlText, broken, []);
  const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  compiled ??= new Ajv({
    allErrors: true,
    verbose: true,
    coerceTypes: true,
    allowUnionTypes: true,
    keywords: ANNOTATIONS,
  }).compile(assignmentSchema);
  if (!compiled(value)) return placed(yamlText, shapeFlaws(document, compiled), []);
  const assignment = completed(value as RawAssignment);
  const flaw = ({ path, message }: Remark): Flaw => ({ message, span: spanAt(document, path), isOfShape: false });
  const contradictions = contradictionsIn(assignment).map(flaw);
  const warnings = doubtsIn(assignment).map(flaw);
  if (contradictions.length > 0) return placed(yamlText, contradictions, warnings);
  return { assignment, warnings: placed(yamlText, [], warnings).warnings };
}

function placed(
  yamlText: string,
  errors: readonly Flaw[],
  warnings: readonly Flaw[],
): { errors: AssignmentFlaw[]; warnings: AssignmentFlaw[] } {
  const index = new LineIndex(yamlText);
  const inOrder = (flaws: readonly Flaw[]): AssignmentFlaw[] =>
    [...flaws]
      .sort((a, b) => a.span.start - b.span.start)
      .slice(0, MOST_FLAWS)
      .map(({ message, span, isOfShape }) => ({ message, range: index.rangeOf(firstLine(yamlText, span)), isOfShape }));
  return { errors: inOrder(errors), warnings: inOrder(warnings) };
}

/** Of a value of many lines, only where it begins. */
function firstLine(text: string, { start, end }: Span): Span {
  const line = /^[^\r\n]*/.exec(text.slice(start, end))?.[0] ?? '';
  return { start, end: start + line.trimEnd().length };
}

/** What the schema lets through: a question's prompt and experiment may be left out. */
interface RawAssignment {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly {
    readonly id: string;
    readonly title: string;
    readonly prompt?: string;
    readonly experiment?: string | null;
    readonly symbols?: Readonly<Record<string, readonly string[]>>;
    readonly parts: readonly Part[];
  }[];
}

function completed({ id, title, questions }: RawAssignment): Assignment {
  const complete = questions.map((question): Question => ({
    id: question.id,
    title: question.title,
    prompt: question.prompt ?? '',
    experiment: question.experiment ?? null,
    ...(question.symbols && { symbols: question.symbols }),
    parts: question.parts,
  }));
  return { id, title, questions: complete };
}

function syntaxFlaws({ errors }: Document): Flaw[] {
  return errors.map(({ message, pos: [start, end] }) => ({
    message: phrase('{detail}', { detail: message }),
    span: { start, end },
    isOfShape: true,
  }));
}

function repeatedKeys(document: Document): Flaw[] {
  const flaws: Flaw[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const message = phrase('key "{key}" is given twice', { key: String(key.value) });
        if (seen.has(key.value)) flaws.push({ message, span: nodeSpan(key), isOfShape: true });
        seen.add(key.value);
      }
    },
  });
  return flaws;
}

function shapeFlaws(document: Document, { errors }: ValidateFunction): Flaw[] {
  return (errors ?? [])
    .filter(({ keyword }) => keyword !== 'propertyNames')
    .map((error) => {
      const { path, message, isKey } = shapeRemark(error);
      return { message, span: isKey ? keySpan(document, path) : spanAt(document, path), isOfShape: true };
    });
}

/** Where the value at a path stands; of a missing one, where the nearest value around it stands. */
function spanAt(document: Document, path: Path): Span {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node)) return nodeSpan(node);
  }
  return { start: 0, end: 0 };
}

function keySpan(document: Document, path: Path): Span {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
    : null;
  return isScalar(pair?.key) ? nodeSpan(pair.key) : spanAt(document, path);
}

function nodeSpan({ range }: { range?: readonly [number, number, number] | null | undefined }): Span {
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}
