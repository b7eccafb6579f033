import { parseDocument, stringify } from 'yaml';
import { phrase, type Phrase } from '../explain/phrase';
import { EXPERIMENTS } from '../experiments/registry';
import type { Span } from '../text';
import { isNestedTooDeep } from './nesting';
import { nextId } from './nextId';
import { isOfType, schemaAt, type SchemaNode, type SchemaSnippet } from './schema';
import { yamlPlaceAt, type YamlPlace } from './yamlPlace';

/** Something that can be typed at a place of an assignment file. */
export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'example';
  readonly description: Phrase;
  /** In VS Code's syntax of snippets, lines below the first indented by what the first one's line begins with. */
  readonly insert: string;
  /** What it replaces. */
  readonly span: Span;
  /** Whether there is more to choose from right behind it. */
  readonly goesOn: boolean;
}

/** What fits at an offset, likeliest first. Never throws, whatever the text. */
export function completionsAt(text: string, offset: number): Completion[] {
  const found = isNestedTooDeep(text) ? null : yamlPlaceAt(text, offset);
  const schema = found && schemaAt(found.path);
  if (!found || !schema) return [];
  // Where a list is to begin, all that can be typed is its first entry.
  const place = found.kind === 'key' && isOfType(schema, 'array') ? { ...found, kind: 'entry' as const } : found;
  const line = text.slice(text.lastIndexOf('\n', place.span.start - 1) + 1, place.span.start);
  const writing: Writing = {
    place,
    schema,
    // Editors indent what follows as the line is, without its hyphens.
    indent: ' '.repeat(Math.max(0, place.column - (/^\s*/.exec(line)?.[0].length ?? 0))),
    hasColon: /^\s*:/.test(text.slice(place.span.end, place.span.end + 100)),
    next: () => nextId(parsed(text), place),
  };
  if (place.kind === 'value') return values(writing);
  if (place.kind === 'entry') return entries(writing, '- ');
  const examples = place.isBehindHyphen && place.keys.length === 0 ? entries(writing, '') : [];
  return [...examples, ...keys(writing)];
}

interface Writing {
  readonly place: YamlPlace;
  readonly schema: SchemaNode;
  readonly indent: string;
  readonly hasColon: boolean;
  readonly next: () => string | null;
}

function parsed(text: string): unknown {
  try {
    return parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' }).toJS({
      maxAliasCount: 100,
    });
  } catch {
    // Nothing is known of what stands around the place.
    return null;
  }
}

function keys({ place, schema, indent, hasColon }: Writing): Completion[] {
  const { properties = {}, required = [] } = schema;
  const missing = Object.keys(properties).filter((key) => !place.keys.includes(key));
  const inOrder = [
    ...missing.filter((key) => required.includes(key)),
    ...missing.filter((key) => !required.includes(key)),
  ];
  return inOrder.map((key) => {
    const of = schemaAt([...place.path, key]) ?? {};
    return {
      label: key,
      kind: 'key',
      description: describedBy(of),
      insert: hasColon ? key : key + valueStart(of, place, indent),
      span: place.span,
      goesOn: !hasColon && (of.enum !== undefined || key === 'experiment' || key === 'predicate' || key === 'id'),
    };
  });
}

/** What follows a key: a colon, and the beginning of a list or mapping. */
function valueStart(of: SchemaNode, { isFlow }: YamlPlace, indent: string): string {
  if (isOfType(of, 'array')) return isFlow ? ': [$0]' : `:\n${indent}  - $0`;
  if (!isOfType(of, 'object')) return ': $0';
  if (isFlow) return ': { $0 }';
  const [example] = of.defaultSnippets ?? [];
  return `:\n${example ? indented(written(example.body), `${indent}  `) : `${indent}  $0`}`;
}

/** Whole entries of a list, as the schema's examples begin them. */
function entries({ place, schema, indent, next }: Writing, hyphen: string): Completion[] {
  if (place.isFlow) return [];
  const of = hyphen === '' ? schema : schemaAt([...place.path, 0]);
  return (of?.defaultSnippets ?? []).map((example) => ({
    label: example.label,
    kind: 'example',
    description: phrase(example.description),
    insert: hyphen + indented(numbered(example, next()), indent + ' '.repeat(hyphen.length)).trimStart(),
    span: place.span,
    goesOn: false,
  }));
}

/** The example with the ids that come next: of a question `4` also `4a` of its part, and `4a.` of its claim. */
function numbered({ label, body }: SchemaSnippet, id: string | null): string {
  const text = written(body);
  if (id === null) return text;
  const ids = { question: [`'{${id}}'`, `{${id}a}`, `{${id}a.}`], part: [`{${id}}`, `{${id}.}`] }[label] ?? [`{${id}}`];
  return text.replace(/\bid: \$(\d+)$/gm, (whole, stop: string) => {
    const [first] = ids.splice(0, 1);
    return first === undefined ? whole : `id: ${first.replace('{', `\${${stop}:`)}`;
  });
}

function written(body: unknown): string {
  return stringify(body, { lineWidth: 0 }).trimEnd();
}

function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}

function values({ place, schema, next }: Writing): Completion[] {
  const { path, span } = place;
  const value = (label: string, description: Phrase, insert = escaped(label)): Completion => ({
    label,
    kind: 'value',
    description,
    insert,
    span,
    goesOn: false,
  });
  if (schema.enum) {
    return schema.enum.map((label, index) => value(label, phrase(schema.enumDescriptions?.[index] ?? '')));
  }
  if (path.at(-1) === 'id') {
    const id = next();
    if (id === null) return [];
    return [value(id, phrase('The id that comes next.'), /^\d+$/.test(id) ? `'${id}'` : escaped(id))];
  }
  const none = isOfType(schema, 'null') ? [value('null', phrase('None: the text alone decides.'))] : [];
  const experiments = path.at(-1) === 'experiment' ? EXPERIMENTS.map(({ id, title }) => value(id, title)) : [];
  return [...experiments, ...none];
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function describedBy({ description }: SchemaNode): Phrase {
  return phrase(description ?? '');
}
