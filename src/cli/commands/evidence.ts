import { sayPhrase, IN_ENGLISH, type Phrase } from '../../core/explain/phrase';
import { EXPERIMENTS, findExperiment } from '../../core/experiments/registry';
import type { Outcome } from '../../core/experiments/evidence';
import type { Figure } from '../../core/figure';
import type { EvidenceResult } from '../../protocol/lab';
import { wholeNumber, type Command } from '../command';

export const evidence: Command = {
  name: 'evidence',
  usage: '[EXPERIMENT…] [--seed N] [--fresh]',
  summary: 'Run experiments, all if none is named, and print what they say about each claim.',
  options: { seed: { type: 'string' }, fresh: { type: 'boolean' } },
  async run(words, options, { lab, warn }) {
    const ids = words.length > 0 ? words.map((id) => findExperiment(id).id) : EXPERIMENTS.map(({ id }) => id);
    const seed = wholeNumber(options, 'seed', 0);
    const results: EvidenceResult[] = [];
    for (const experiment of ids) {
      const request = { experiment, seed, settings: {}, isFresh: options.fresh === true };
      const result = await lab.call('evidence', request);
      results.push(result);
      if (process.stderr.isTTY) warn(`${experiment}: ${describeTime(result)}`);
    }
    return { json: results.map(evidenceJson), text: results.map(evidenceText).join('\n\n') };
  },
};

function say(text: Phrase): string {
  return sayPhrase(text, IN_ENGLISH);
}

function describeTime({ isCached, seconds }: EvidenceResult): string {
  return isCached ? `from the cache (computed in ${seconds.toFixed(1)} s)` : `${seconds.toFixed(1)} s`;
}

/** Phrases become sentences, bytes become lists of numbers. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array || Array.isArray(value)) return Array.from(value, plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('template' in value) return say(value as Phrase);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function evidenceJson({ evidence: found, seconds, isCached }: EvidenceResult): unknown {
  const { experiment, outcomes, figures, summary, provenance } = found;
  return {
    experiment,
    seconds,
    cached: isCached,
    outcomes: plain(outcomes),
    figures: plain(figures),
    summary: plain(summary),
    provenance,
  };
}

function outcomeLine([claim, { outcome, effect, interval, unit, detail }]: [string, Outcome]): string {
  const [low, high] = interval.map((value) => value.toPrecision(3));
  const measured = low === high ? effect.toPrecision(3) : `${effect.toPrecision(3)} [${low}, ${high}]`;
  return `  ${claim.padEnd(24)} ${outcome.padEnd(13)} ${measured} ${unit}\n      ${say(detail)}`;
}

function evidenceText(result: EvidenceResult): string {
  const { experiment, outcomes, summary, figures } = result.evidence;
  const titles = figures.map((figure: Figure) => say(figure.title)).join('; ');
  return [
    `${experiment} (${describeTime(result)})`,
    ...Object.entries(outcomes).map(outcomeLine),
    `  ${summary.map(say).join(' ')}`,
    `  Figures: ${titles}.`,
  ].join('\n');
}
