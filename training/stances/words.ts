/**
 * The words of labelled answers and of claims as the product reads them, so that training and product cannot differ.
 * From the root: `npx esbuild training/stances/words.ts --bundle --platform=node --outfile=runs/words.cjs`, then
 * `node runs/words.cjs`. For each `training/stances/answers/NAME.jsonl` it writes `runs/stances/NAME.words.jsonl`: to each
 * answer it adds `words`, and to each of its stances `evidence`, the places of the words that carry it, and `quotes`, the
 * same as text. `runs/stances/claims.json` has the words of all claims by part,
 * `cues.json` those of the assignment's cues by claim. Further files may be named.
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
  readonly id: string;
  readonly statement: string;
  readonly cues?: { readonly asserts?: readonly string[]; readonly denies?: readonly string[] };
}

interface Course {
  readonly questions: readonly {
    readonly parts: readonly {
      readonly id: string;
      readonly claims: readonly CourseClaim[];
    }[];
  }[];
}

type Topics = Readonly<Record<string, { readonly claims: Readonly<Record<string, { readonly statement: string }>> }>>;

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

const { questions } = parse(readFileSync('assignments/deep-learning.yaml', 'utf8')) as Course;

function cueWords(): Record<string, Record<string, string[]>> {
  const claims = questions.flatMap(({ parts }) => parts.flatMap((part) => part.claims));
  return Object.fromEntries(
    claims.map(({ id, cues = {} }) => [
      id,
      { asserts: (cues.asserts ?? []).map(words), denies: (cues.denies ?? []).map(words) },
    ]),
  );
}

function claimWords(): Record<string, Record<string, string>> {
  const topics = JSON.parse(readFileSync(join(ANSWERS, 'other-topics.claims.json'), 'utf8')) as Topics;
  const builtIn = questions.flatMap(({ parts }) =>
    parts.map(({ id, claims }) => [id, claims.map((claim) => [claim.id, words(claim.statement)])] as const),
  );
  const others = Object.entries(topics).map(
    ([id, { claims }]) => [id, Object.entries(claims).map(([claim, { statement }]) => [claim, words(statement)])] as const,
  );
  return Object.fromEntries(
    [...builtIn, ...others].map(([id, claims]) => [id, Object.fromEntries(claims) as Record<string, string>]),
  );
}

mkdirSync(OUTPUT, { recursive: true });
writeFileSync(join(OUTPUT, 'claims.json'), JSON.stringify(claimWords(), null, 1));
writeFileSync(join(OUTPUT, 'cues.json'), JSON.stringify(cueWords(), null, 1));
const own = readdirSync(ANSWERS).filter((name) => name.endsWith('.jsonl'));
for (const file of [...own.map((name) => join(ANSWERS, name)), ...process.argv.slice(2)]) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const written = lines.map((line) => `${JSON.stringify(readAnswer(line))}\n`);
  writeFileSync(join(OUTPUT, `${basename(file, '.jsonl')}.words.jsonl`), written.join(''));
}
