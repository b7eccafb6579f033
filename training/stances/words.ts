/**
 * The words of labelled answers and of claims as the product reads them, so that training and product cannot differ.
 * From the root: `npx esbuild training/stances/words.ts --bundle --platform=node --outfile=runs/words.cjs`, then
 * `node runs/words.cjs`. For each `training/stances/answers/NAME.jsonl` it writes `runs/stances/NAME.words.jsonl`: to each
 * answer it adds `words`, and to each of its stances `evidence`, the places of the words that carry it, and `quotes`, the
 * same as text. `runs/stances/claims.json` has the words of all claims by part, `cues.json` those of their cues by claim:
 * of the built-in assignment and of every `NAME.claims.json` beside the answers. Further files may be named.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { plainWords } from '../../src/core/check/plainWords';

const ANSWERS = 'training/stances/answers';
const OUTPUT = 'runs/stances';

interface Stance {
  readonly is: 'asserts' | 'denies';
  readonly because: readonly string[];
}

interface Answer {
  readonly part: string;
  readonly text: string;
  readonly stances: Readonly<Record<string, Stance>>;
}

interface CourseClaim {
  readonly statement: string;
  readonly cues?: { readonly asserts?: readonly string[]; readonly denies?: readonly string[] };
}

interface Course {
  readonly questions: readonly {
    readonly parts: readonly {
      readonly id: string;
      readonly claims: readonly (CourseClaim & { readonly id: string })[];
    }[];
  }[];
}

type ClaimsByPart = Readonly<Record<string, Readonly<Record<string, CourseClaim>>>>;
type Topics = Readonly<Record<string, { readonly claims: Readonly<Record<string, CourseClaim>> }>>;

const words = (text: string): string => plainWords(text).map((word) => word.text).join(' ');

function readAnswer(line: string): unknown {
  const answer = JSON.parse(line) as Answer;
  const found = plainWords(answer.text);
  const stances = Object.entries(answer.stances).map(([claim, { is, because }]) => {
    const spans = because.map((quote) => [answer.text.indexOf(quote), quote.length] as const);
    const evidence = found.flatMap(({ span }, index) =>
      spans.some(([start, length]) => start >= 0 && span.end > start && span.start < start + length) ? [index] : [],
    );
    return [claim, { is, evidence, quotes: because.map(words) }];
  });
  return { ...answer, words: found.map(({ text }) => text), stances: Object.fromEntries(stances) as unknown };
}

function builtInClaims(): ClaimsByPart {
  const { questions } = parse(readFileSync('assignments/deep-learning.yaml', 'utf8')) as Course;
  const parts = questions.flatMap((question) => question.parts);
  return Object.fromEntries(
    parts.map(({ id, claims }) => [id, Object.fromEntries(claims.map((claim) => [claim.id, claim]))]),
  );
}

function topicClaims(file: string): ClaimsByPart {
  const topics = JSON.parse(readFileSync(file, 'utf8')) as Topics;
  return Object.fromEntries(Object.entries(topics).map(([id, { claims }]) => [id, claims]));
}

const isClaims = (name: string): boolean => name.endsWith('.claims.json');
const files = [...readdirSync(ANSWERS).map((name) => join(ANSWERS, name)), ...process.argv.slice(2)];
const byPart: ClaimsByPart = Object.assign(builtInClaims(), ...files.filter(isClaims).map(topicClaims)) as ClaimsByPart;
const claims = Object.values(byPart).flatMap((part) => Object.entries(part));

const write = (name: string, value: unknown): void => {
  writeFileSync(join(OUTPUT, name), JSON.stringify(value, null, 1));
};
const mapped = <In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

mkdirSync(OUTPUT, { recursive: true });
write('claims.json', mapped(byPart, (part) => mapped(part, ({ statement }) => words(statement))));
write(
  'cues.json',
  Object.fromEntries(
    claims.map(([id, { cues = {} }]) => [
      id,
      { asserts: (cues.asserts ?? []).map(words), denies: (cues.denies ?? []).map(words) },
    ]),
  ),
);
for (const file of files.filter((name) => name.endsWith('.jsonl'))) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const written = lines.map((line) => `${JSON.stringify(readAnswer(line))}\n`);
  writeFileSync(join(OUTPUT, `${basename(file, '.jsonl')}.words.jsonl`), written.join(''));
}
