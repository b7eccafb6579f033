import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { isMap, isNode, isScalar, parseDocument, visit, type Document } from 'yaml';
import assignmentSchema from '../../../assignments/assignment.schema.json';
import { LineIndex, type Span } from '../text';
import type { Assignment, AssignmentError, Part, Question } from './assignment';
import { contradictionsIn, type Path } from './contradictions';

const MOST_CHARACTERS = 500_000;
const MOST_ALIASES = 100;
const MOST_ERRORS = 50;

interface Flaw {
  readonly message: string;
  readonly span: Span;
}

let compiled: ValidateFunction | undefined;

/**
 * Reads an assignment from YAML and checks it against `assignments/assignment.schema.json` and for what a schema
 * cannot say, such as ids that fit each other. Never throws for bad input.
 * @param file named in the message of a file that cannot be read at all.
 * @returns the assignment, or all that is wrong with it (at most 50), in the order of the file.
 */
export function loadAssignment(
  yamlText: string,
  file: string,
): { assignment: Assignment } | { errors: AssignmentError[] } {
  const index = new LineIndex(yamlText);
  const failed = (flaws: readonly Flaw[]): { errors: AssignmentError[] } => ({
    errors: [...flaws]
      .sort((a, b) => a.span.start - b.span.start)
      .slice(0, MOST_ERRORS)
      .map(({ message, span }) => ({ message, range: index.rangeOf(span) })),
  });
  const start = { start: 0, end: 0 };
  if (yamlText.length > MOST_CHARACTERS) {
    return failed([
      { message: `${file} has ${yamlText.length} characters; the most is ${MOST_CHARACTERS}`, span: start },
    ]);
  }
  try {
    const document = parseDocument(yamlText, { uniqueKeys: false, prettyErrors: false });
    const flaws = [...syntaxFlaws(document), ...repeatedKeys(document)];
    if (flaws.length > 0) return failed(flaws);
    return checked(document, failed);
  } catch (thrown) {
    // The parser throws on too many aliases, and overflows the stack on values nested thousands deep.
    const detail = thrown instanceof RangeError ? 'values are nested too deep' : String(thrown);
    return failed([{ message: `${file} cannot be read: ${detail}`, span: start }]);
  }
}

function checked<F>(document: Document, failed: (flaws: readonly Flaw[]) => F): { assignment: Assignment } | F {
  const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  compiled ??= new Ajv({ allErrors: true, coerceTypes: true, allowUnionTypes: true }).compile(assignmentSchema);
  if (!compiled(value)) return failed((compiled.errors ?? []).map((error) => schemaFlaw(document, error)));
  const assignment = completed(value as RawAssignment);
  const contradictions = contradictionsIn(assignment);
  if (contradictions.length === 0) return { assignment };
  return failed(contradictions.map(({ path, message }) => ({ message, span: spanAt(document, path) })));
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
    readonly parts: readonly Part[];
  }[];
}

function completed({ id, title, questions }: RawAssignment): Assignment {
  const complete = questions.map((question): Question => ({
    id: question.id,
    title: question.title,
    prompt: question.prompt ?? '',
    experiment: question.experiment ?? null,
    parts: question.parts,
  }));
  return { id, title, questions: complete };
}

function syntaxFlaws({ errors }: Document): Flaw[] {
  return errors.map(({ message, pos: [start, end] }) => ({ message, span: { start, end } }));
}

function repeatedKeys(document: Document): Flaw[] {
  const flaws: Flaw[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          flaws.push({ message: `key "${String(key.value)}" is given twice`, span: nodeSpan(key) });
        seen.add(key.value);
      }
    },
  });
  return flaws;
}

function schemaFlaw(document: Document, { instancePath, keyword, params, message }: ErrorObject): Flaw {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const where = path.length > 0 ? `${pathText(path)}: ` : '';
  const named = params as Readonly<Record<string, unknown>>;
  const values = Array.isArray(named.allowedValues) ? named.allowedValues.join(', ') : '';
  const words: Readonly<Record<string, string>> = {
    required: `key "${String(named.missingProperty)}" is missing`,
    additionalProperties: `key "${String(named.additionalProperty)}" is not known here`,
    enum: `must be one of ${values}`,
  };
  const full = keyword === 'additionalProperties' ? [...path, String(named.additionalProperty)] : path;
  const span = keyword === 'additionalProperties' ? keySpan(document, full) : spanAt(document, full);
  return { message: where + (words[keyword] ?? message ?? keyword), span };
}

function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step + 1}]` : `${i > 0 ? '.' : ''}${step}`)).join('');
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
