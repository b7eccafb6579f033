/**
 * Measures the built product on labelled answers: `npm run build`, then `node training/stances/measure.mjs FILE.jsonl…`.
 * Every report of the files (`training/stances/answers` tells the form) is written down as Markdown and checked by
 * `drylab check --json`; printed are the F1 of each stance, how often accusations are right, and how sure is how right.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STANCES = ['silent', 'asserts', 'denies'];
const ACCUSATIONS = ['misconception', 'contradicted'];

const rows = process.argv.slice(2).flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line)),
);
const reports = new Map();
for (const row of rows) reports.set(row.report, [...(reports.get(row.report) ?? []), row]);
const folder = mkdtempSync(join(tmpdir(), 'drylab-measure-'));
const files = [...reports].map(([name, parts]) => {
  const file = join(folder, `${name}.md`);
  writeFileSync(file, parts.map(({ part, text }) => `**${part}.** ${text}\n`).join('\n'));
  return file;
});
const found = execFileSync(process.execPath, ['dist/cli.js', 'check', '--json', ...files], {
  maxBuffer: 2 ** 30,
  stdio: ['ignore', 'pipe', 'ignore'],
})
  .toString()
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
rmSync(folder, { recursive: true });

const judged = [...reports.values()].flatMap((parts, index) =>
  parts.flatMap(({ part, stances }) => {
    const read = found[index].parts.find(({ id }) => id === part);
    if (!read?.answered) throw new Error(`${files[index]} has no answer to ${part}`);
    return read.claims.map((claim) => ({ ...claim, part, report: index, truth: stances[claim.id]?.is ?? 'silent' }));
  }),
);

const percent = (/** @type {number} */ part, /** @type {number} */ whole) => `${part} of ${whole}`;
const f1 = STANCES.map((stance) => {
  const hits = judged.filter(({ truth, stance: read }) => truth === stance && read === stance).length;
  const wrong = judged.filter(({ truth, stance: read }) => (truth === stance) !== (read === stance)).length;
  return (2 * hits) / Math.max(1, 2 * hits + wrong);
});
console.log(`${reports.size} reports, ${judged.length} claims`);
console.log(`macro-F1 ${(f1.reduce((sum, value) => sum + value) / f1.length).toFixed(3)}`);
for (const [index, stance] of STANCES.entries()) console.log(`  ${stance} ${f1[index]?.toFixed(3)}`);
const surest = [...judged].sort((a, b) => b.confidence - a.confidence);
let right = 0;
let decided = 0;
for (const [index, { stance, truth }] of surest.entries()) {
  if (stance === truth) right += 1;
  if (right >= 0.9 * (index + 1)) decided = index + 1;
}
console.log(`decides ${(decided / judged.length).toFixed(2)} at 0.9 right`);
for (const verdict of ACCUSATIONS) {
  const accused = judged.filter((claim) => claim.verdict === verdict);
  const just = accused.filter(({ stance, truth }) => stance === truth);
  console.log(`${verdict}: ${percent(just.length, accused.length)} rest on the right stance`);
  for (const { id, report, stance, truth, confidence } of accused)
    if (stance !== truth) console.log(`  ${[...reports.keys()][report]} ${id}: ${stance} ${confidence}, is ${truth}`);
}
console.log(`unverified: ${percent(judged.filter(({ verdict }) => verdict === 'unverified').length, judged.length)}`);
for (const [name, chosen] of [
  ['silent', (/** @type {any} */ claim) => claim.stance === 'silent'],
  ['asserts M', (/** @type {any} */ claim) => claim.stance === 'asserts' && claim.kind === 'M'],
  ['asserts', (/** @type {any} */ claim) => claim.stance === 'asserts' && claim.kind !== 'M'],
  ['denies', (/** @type {any} */ claim) => claim.stance === 'denies' && claim.kind !== 'M'],
]) {
  const sure = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 1].map((top, index, tops) => {
    const within = judged.filter((claim) => chosen(claim) && claim.confidence < top && claim.confidence >= (tops[index - 1] ?? 0));
    return `<${top}: ${within.filter(({ stance, truth }) => stance === truth).length}/${within.length}`;
  });
  console.log(`${name}: ${sure.join('  ')}`);
}
