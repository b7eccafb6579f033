import { sampleRankCorrelation } from 'simple-statistics';
import { phrase } from '../../explain/phrase';
import type { Figure } from '../../figure';
import { attentionMap as mapOf, mergeSubwords, rowSums } from '../../models/attention';
import { readSentencePairs } from '../../models/heldOut';
import { DECODER, Translator, type Translation } from '../../models/translator';
import { Problem } from '../../problem';
import { above, allOf, atMost, exact, type Measured, type Measurement, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { bootstrap, bootstrapMean } from '../statistics';
import type { Unit } from '../units';
import {
  contains,
  EXPRESSIONS,
  isFunctionWord,
  isNameOrNumber,
  rowsOfExpression,
  wordRows,
  type WordRow,
} from './wordRows';
import { tiny } from '../wording';

interface Settings {
  readonly [name: string]: string;
  readonly sentence: string;
}

const SENTENCES = 60;
const SUM_DEVIATION = 1e-5;

interface Head {
  readonly layer: number;
  readonly head: number;
}

/** What one translated sentence contributes. */
interface Reading {
  readonly oneToOne: readonly WordRow[];
  readonly functional: readonly WordRow[];
  readonly ofExpression: readonly WordRow[];
  readonly all: readonly WordRow[];
  /** Largest |row sum − 1| over all maps of all layers and heads. */
  readonly deviation: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of held-out sentences: those with a name or a number inside, and those with an expression of several words. */
function chosenSentences(english: readonly string[]): { named: string[]; expressive: [string, string][] } {
  const named = english.filter((sentence) => /\s(\p{N}+|\p{Lu}\p{Ll}{2,})/u.test(sentence)).slice(0, SENTENCES);
  const expressive = english.flatMap((sentence): [string, string][] => {
    const expression = EXPRESSIONS.find((candidate) => contains(sentence, candidate));
    return expression === undefined ? [] : [[sentence, expression]];
  });
  return { named, expressive: expressive.slice(0, SENTENCES) };
}

function largestDeviation({ attention }: Translation): number {
  const maps = [attention.encoder, attention.decoder, attention.cross].flat(2);
  return Math.max(...maps.flatMap((map) => rowSums(map).map((sum) => Math.abs(sum - 1))));
}

async function read(lab: ExperimentLab, translator: Translator, head: Head): Promise<Reading[]> {
  const pairs = readSentencePairs(await lab.models.dataText('sentence-pairs'));
  const { named, expressive } = chosenSentences(pairs.map(({ english }) => english));
  const readings: Reading[] = [];
  for (const [sentence, expression] of [...named.map((text) => [text, null] as const), ...expressive]) {
    const translation = await translator.translate({ sentence, beams: 1 }, lab.cancellation);
    const words = wordRows(translation, head.layer, head.head);
    readings.push({
      oneToOne: words.rows.filter(({ word }) => isNameOrNumber(word, words.source)),
      functional: words.rows.filter(({ word }) => isFunctionWord(word)),
      ofExpression: expression === null ? [] : rowsOfExpression(words, expression),
      all: words.rows,
      deviation: largestDeviation(translation),
    });
    await lab.step(readings.length, named.length + expressive.length);
  }
  return readings;
}

/** Difference of the means of two kinds of row, with the interval over draws of sentences. */
function difference(
  lab: ExperimentLab,
  name: string,
  readings: readonly Reading[],
  kinds: readonly [keyof Reading & ('oneToOne' | 'functional' | 'ofExpression'), 'oneToOne' | 'functional'],
  value: (row: WordRow) => number,
  unit: Unit,
): Measurement {
  return bootstrap(readings.length, lab.random(name), unit, (items) => {
    const [more, less] = kinds.map((kind) =>
      mean(
        Array.from(items, (item) => readings[item]?.[kind] ?? [])
          .flat()
          .map(value),
      ),
    );
    return (more ?? NaN) - (less ?? NaN);
  });
}

function outcomes(lab: ExperimentLab, readings: readonly Reading[]): Record<string, Outcome> {
  const rows = (kind: 'oneToOne' | 'functional' | 'ofExpression'): WordRow[] =>
    readings.flatMap((reading) => reading[kind]);
  const largest = ({ largest: weight }: WordRow): number => weight;
  const bits = ({ entropyBits }: WordRow): number => entropyBits;
  const sharper = difference(lab, 'sharper', readings, ['oneToOne', 'functional'], largest, 'weight');
  const wider = difference(lab, 'wider', readings, ['ofExpression', 'oneToOne'], bits, 'bits');
  const all = readings.flatMap((reading) => reading.all);
  const correlation = bootstrap(readings.length, lab.random('correlation'), 'rank correlation', (items) => {
    const drawn = Array.from(items, (item) => readings[item]?.all ?? []).flat();
    return -sampleRankCorrelation(drawn.map(largest), drawn.map(bits));
  });
  const deviation = Math.max(...readings.map((reading) => reading.deviation));
  const sums = phrase(
    'Row sums of all maps deviate from 1 by at most {deviation}; over {rows} rows, the largest weight and the entropy have a rank correlation of {correlation}.',
    {
      deviation: tiny(deviation),
      rows: all.length,
      correlation: (-correlation.effect).toFixed(2),
    },
  );
  return {
    '8b.one-to-one': above(
      0,
      sharper,
      phrase('The largest weight is {named} on {count} names and numbers, {functional} on {others} function words.', {
        named: mean(rows('oneToOne').map(largest)).toFixed(2),
        count: rows('oneToOne').length,
        functional: mean(rows('functional').map(largest)).toFixed(2),
        others: rows('functional').length,
      }),
    ),
    '8c.context': above(
      0,
      wider,
      phrase(
        'Rows that translate expressions of several words have {bits} bits of entropy ({count} rows), names and numbers {named}.',
        {
          bits: mean(rows('ofExpression').map(bits)).toFixed(2),
          count: rows('ofExpression').length,
          named: mean(rows('oneToOne').map(bits)).toFixed(2),
        },
      ),
    ),
    '8d.rows-sum-to-one': allOf(
      sums,
      atMost(SUM_DEVIATION, exact(deviation, 'deviation of a row sum'), sums),
      above(0, correlation, sums),
    ),
  };
}

function mapFigure(translation: Translation, { layer, head }: Head): Figure {
  const { rows, columns, weights } = mergeSubwords(mapOf(translation, { kind: 'cross', layer, head }));
  return {
    kind: 'heatmap',
    title: phrase('What each French word looks at'),
    description: phrase('“{text}”: cross-attention of layer {layer}, head {head}; each row sums to 1.', {
      text: translation.text,
      layer: layer + 1,
      head: head + 1,
    }),
    rows: rows.map(({ text, mark }) => (mark ? '■' : text)),
    columns: columns.map(({ text, mark }) => (mark ? '■' : text)),
    values: weights,
    scale: 'sequential',
  };
}

function kindsFigure(lab: ExperimentLab, readings: readonly Reading[]): Figure {
  const kinds = {
    oneToOne: phrase('names and numbers'),
    functional: phrase('function words'),
    ofExpression: phrase('expressions'),
  };
  return {
    kind: 'bars',
    title: phrase('How widely rows are spread, by kind of word'),
    description: phrase('Mean entropy of rows over {sentences} held-out sentences; 0 bits is one bright pixel.', {
      sentences: readings.length,
    }),
    y: { label: phrase('entropy, bits'), scale: 'linear' },
    bars: (Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => {
      const rows = readings.flatMap((reading) => reading[kind]);
      const { effect, interval } = bootstrapMean(
        rows.map(({ entropyBits }) => entropyBits),
        lab.random(kind),
        'bits',
      );
      return { name: kinds[kind], value: effect, low: interval[0], high: interval[1] };
    }),
  };
}

function scatterFigure(readings: readonly Reading[]): Figure {
  const rows = readings.flatMap((reading) => reading.all);
  return {
    kind: 'scatter',
    title: phrase('Bright or grey: the two go together'),
    description: phrase('{rows} rows: the largest weight of a row against its entropy.', { rows: rows.length }),
    x: { label: phrase('entropy, bits'), scale: 'linear' },
    y: { label: phrase('largest weight'), scale: 'linear' },
    groups: [
      {
        name: phrase('one French word each'),
        points: rows.map(({ entropyBits, largest }) => [entropyBits, largest] as const),
      },
    ],
  };
}

async function run(lab: ExperimentLab, { sentence }: Settings): Promise<Measured> {
  const translator = new Translator(lab.models, lab.clock);
  const { alignmentLayer: layer, alignmentHead } = await lab.models.settings(DECODER);
  if (layer === undefined || alignmentHead === undefined) {
    throw new Problem('model.manifest', { file: DECODER, detail: 'no settings "alignmentLayer" and "alignmentHead"' });
  }
  const head = { layer, head: alignmentHead };
  const own = await translator.translate({ sentence, beams: 1 }, lab.cancellation);
  const readings = await read(lab, translator, head);
  const found = outcomes(lab, readings);
  return {
    outcomes: found,
    figures: [mapFigure(own, head), kindsFigure(lab, readings), scatterFigure(readings)],
    summary: [
      phrase(
        '{sentences} held-out sentences were translated, and the head that follows word alignments best was read.',
        {
          sentences: readings.length,
        },
      ),
      ...['8b.one-to-one', '8c.context'].flatMap((id) => found[id]?.detail ?? []),
    ],
  };
}

/** Question 8: what bright and grey rows of an attention map mean. */
export const attentionMap: Experiment<Settings> = {
  id: 'attention-map',
  title: phrase('Reading an attention map'),
  settings: {
    sentence: {
      kind: 'text',
      label: phrase('Sentence'),
      initial: 'Tom bought a red car in Boston last week.',
      longest: 300,
    },
  },
  claims: ['8b.one-to-one', '8c.context', '8d.rows-sum-to-one'],
  run,
};
