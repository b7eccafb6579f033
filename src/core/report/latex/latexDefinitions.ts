import type { Span } from '../../text';
import type { LatexCursor } from './latexNodes';
import type { LatexLists } from './latexLists';
import { listOptions } from './listLabels';
import type { LatexMacros } from './macros';
import type { Theorems } from './theorems';

/** What a report has defined. */
export interface Definitions {
  readonly lists: LatexLists;
  readonly macros: LatexMacros;
  readonly theorems: Theorems;
}

type Define = (cursor: LatexCursor, textOf: (span: Span) => string, definitions: Definitions) => void;

const command: Define = (cursor, textOf, { lists, macros }) => {
  cursor.takes('*');
  const [name, count, preset, body] = [cursor.argument(), cursor.option(), cursor.option(), cursor.group()];
  const [, defined = ''] = (name && /\\([A-Za-z]+)/.exec(textOf(name))) ?? [];
  const parameters = count ? Number(textOf(count.inside)) : 0;
  if (!body || !isNumberOfParameters(parameters)) return;
  if (parameters === 0) lists.counters.redefine(defined, textOf(body.inside));
  macros.define(defined, textOf(body.inside), parameters, preset && textOf(preset.inside));
};

const isNumberOfParameters = (count: number): boolean => Number.isInteger(count) && count >= 0 && count <= 9;

const operator: Define = (cursor, textOf, { macros }) => {
  const star = cursor.takes('*') ? '*' : '';
  const [name, body] = [cursor.argument(), cursor.group()];
  const [, defined = ''] = (name && /\\([A-Za-z]+)/.exec(textOf(name))) ?? [];
  if (body) macros.define(defined, `\\operatorname${star}{${textOf(body.inside)}}`);
};

/** `\def\name#1#2{…}` */
const primitive: Define = (cursor, textOf, { macros }) => {
  const name = cursor.next();
  let given = '';
  for (let node = cursor.peek(); node?.kind === 'string'; node = cursor.peek()) {
    given += textOf(node);
    cursor.next();
  }
  const body = cursor.group();
  // Words between parameters would have to stand between arguments too.
  if (!body || name?.kind !== 'macro' || !/^(?:#\d)*$/.test(given)) return;
  macros.define(name.name, textOf(body.inside), given.length / 2);
};

const setCounter =
  (isAdded: boolean): Define =>
  (cursor, textOf, { lists: { counters } }) => {
    const [name, value] = [cursor.group(), cursor.group()];
    if (!name || !value) return;
    const [counter, number] = [COUNTERS.get(textOf(name.inside)) ?? textOf(name.inside), textOf(value.inside).trim()];
    if (/^-?\d{1,6}$/.test(number)) counters.set(counter, Number(number) + (isAdded ? counters.get(counter) : 0));
  };

/** The counters of the class `exam` by the names that the class gives them. */
const COUNTERS: ReadonlyMap<string, string> = new Map([
  ['question', 'questionsi'],
  ['partno', 'partsi'],
  ['subpart', 'subpartsi'],
]);

const setList: Define = (cursor, textOf, { lists: { counters } }) => {
  cursor.takes('*');
  const lists = cursor.option();
  const options = cursor.group();
  if (options) counters.setOptions(lists ? textOf(lists.inside) : '', listOptions(textOf(options.inside)));
};

const newList: Define = (cursor, textOf, { lists }) => {
  const [name, kind] = [cursor.group(), cursor.group()];
  cursor.group();
  if (name && kind) lists.define(textOf(name.inside), textOf(kind.inside));
};

/** `\newtheorem{name}[counter of another]{Title}[counter before it]` */
const newTheorem: Define = (cursor, textOf, { theorems }) => {
  const isStarred = cursor.takes('*') !== undefined;
  const [name, shared, title, within] = [cursor.group(), cursor.option(), cursor.group(), cursor.option()];
  if (!name || !title) return;
  const own = textOf(name.inside);
  const counter = shared ? textOf(shared.inside) : own;
  const outer = within ? textOf(within.inside) : null;
  theorems.define(own, { title: textOf(title.inside), counter: isStarred ? null : counter, within: outer });
};

const letCommand: Define = (cursor) => {
  cursor.argument();
  cursor.takes('=');
  cursor.argument();
};

/** Commands that define something: how lists are numbered, and short names for what stands in formulas. */
export const DEFINITIONS: ReadonlyMap<string, Define> = new Map<string, Define>([
  ...['newcommand', 'renewcommand', 'providecommand', 'DeclareRobustCommand'].map((name) => [name, command] as const),
  ...['def', 'gdef', 'edef', 'xdef'].map((name) => [name, primitive] as const),
  ['DeclareMathOperator', operator],
  ['newtheorem', newTheorem],
  ['let', letCommand],
  ['setcounter', setCounter(false)],
  ['addtocounter', setCounter(true)],
  ['setlist', setList],
  ['newlist', newList],
  ['renewlist', newList],
]);
