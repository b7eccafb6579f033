/** What a person looks at: one attention map with its labels, merged, averaged and measured. Pure. */
import type { AttentionMaps, Translation } from './translator';

export const ATTENTION_KINDS = ['cross', 'encoder', 'decoder'] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** A head by its index, or the mean over all heads of the layer. */
export type HeadChoice = number | 'mean';

export interface MapChoice {
  readonly kind: AttentionKind;
  /** From 0. */
  readonly layer: number;
  readonly head: HeadChoice;
}

/** One token, or one word after `mergeSubwords`. */
export interface TokenLabel {
  /** Without the ▁ that starts a word; empty for a mark. */
  readonly text: string;
  /** Continues the word of the token before it. */
  readonly continues: boolean;
  readonly mark: 'start' | 'end' | null;
}

export interface AttentionMap {
  /** The tokens that look: target tokens of cross and decoder maps, source tokens of encoder maps. */
  readonly rows: readonly TokenLabel[];
  /** The tokens that are looked at. */
  readonly columns: readonly TokenLabel[];
  /** [row][column]; each row sums to 1 ± 1e-5 until columns are left out. */
  readonly weights: readonly (readonly number[])[];
  /** [row]: how many columns, from the left, this row can see; fewer than all in the decoder's self-attention. */
  readonly visible: readonly number[];
}

const START_MARK = '<s>';
const END_MARK = '</s>';
const WORD_START = '▁';

/** Whether a token goes on with the piece that the token before it began: letters with letters, digits with digits. */
function continuesPiece(token: string, previous: string | undefined): boolean {
  if (previous === undefined || previous === END_MARK || previous === START_MARK || token.startsWith(WORD_START)) {
    return false;
  }
  if (previous === WORD_START) return true;
  return (/^[\p{L}\p{M}]/u.test(token) && /[\p{L}\p{M}]$/u.test(previous)) || (/^\p{N}/u.test(token) && /\p{N}$/u.test(previous));
}

/**
 * Labels of subword tokens. Elided articles, contractions and punctuation stay words of their own, as the tokenizer
 * treats them: only cuts within a run of letters or digits continue a word.
 */
export function tokenLabels(tokens: readonly string[]): TokenLabel[] {
  return tokens.map((token, index) => {
    if (token === START_MARK) return { text: '', continues: false, mark: 'start' };
    if (token === END_MARK) return { text: '', continues: false, mark: 'end' };
    const text = token.startsWith(WORD_START) && token.length > 1 ? token.slice(1) : token;
    return { text, continues: continuesPiece(token, tokens[index - 1]), mark: null };
  });
}

function meanMatrix(matrices: AttentionMaps[number]): number[][] {
  const [first = []] = matrices;
  return first.map((row, r) =>
    row.map((_, c) => matrices.reduce((sum, matrix) => sum + (matrix[r]?.[c] ?? 0), 0) / matrices.length),
  );
}

/** The chosen map of a translation. @throws RangeError when there is no such layer or head. */
export function attentionMap(translation: Translation, { kind, layer, head }: MapChoice): AttentionMap {
  const heads = translation.attention[kind][layer];
  const weights = head === 'mean' ? heads && meanMatrix(heads) : heads?.[head];
  if (!weights) throw new RangeError(`no ${kind} map of layer ${layer}, head ${head}`);
  const source = tokenLabels(translation.source);
  const target = tokenLabels(translation.target);
  const whole = (rows: readonly TokenLabel[], columns: readonly TokenLabel[]): AttentionMap => ({
    rows,
    columns,
    weights,
    visible: rows.map(() => columns.length),
  });
  if (kind === 'cross') return whole(target, source);
  if (kind === 'encoder') return whole(source, source);
  const written = target.slice(0, -1);
  const seen: TokenLabel[] = [{ text: '', continues: false, mark: 'start' }, ...written];
  return { rows: target, columns: seen, weights, visible: target.map((_, row) => row + 1) };
}

/** Intervals of indices, one for each word. */
function wordGroups(labels: readonly TokenLabel[]): { start: number; end: number }[] {
  const groups: { start: number; end: number }[] = [];
  labels.forEach((label, index) => {
    const last = groups.at(-1);
    if (label.continues && last) last.end = index + 1;
    else groups.push({ start: index, end: index + 1 });
  });
  return groups;
}

function mergedLabels(labels: readonly TokenLabel[], groups: readonly { start: number; end: number }[]): TokenLabel[] {
  return groups.map(({ start, end }) => {
    const members = labels.slice(start, end);
    const text = members.map((member) => (members.length > 1 && member.text === WORD_START ? '' : member.text)).join('');
    return { text, continues: false, mark: members[0]?.mark ?? null };
  });
}

/**
 * Words instead of subwords: what a token gives to a word is the *sum* of what it gives to the word's pieces, what a
 * word gives is the *mean* of what its pieces give. So each row remains a distribution (the rule of Clark et al. 2019, “What Does BERT Look At?”).
 */
export function mergeSubwords({ rows, columns, weights, visible }: AttentionMap): AttentionMap {
  const rowGroups = wordGroups(rows);
  const columnGroups = wordGroups(columns);
  const merged = rowGroups.map((row) =>
    columnGroups.map((column) => {
      const pieces = weights.slice(row.start, row.end);
      const given = pieces.map((piece) => piece.slice(column.start, column.end).reduce((sum, weight) => sum + weight, 0));
      return given.reduce((sum, weight) => sum + weight, 0) / pieces.length;
    }),
  );
  return {
    rows: mergedLabels(rows, rowGroups),
    columns: mergedLabels(columns, columnGroups),
    weights: merged,
    visible: rowGroups.map(({ end }) => columnGroups.filter(({ start }) => start < (visible[end - 1] ?? 0)).length),
  };
}

/** Leaves out the end mark's rows and columns; nothing is rescaled, so rows may then sum to less than 1. */
export function withoutEndMark({ rows, columns, weights, visible }: AttentionMap): AttentionMap {
  const isKept = (labels: readonly TokenLabel[]) => (_: unknown, index: number) => labels[index]?.mark !== 'end';
  const keptColumns = isKept(columns);
  return {
    rows: rows.filter(isKept(rows)),
    columns: columns.filter(keptColumns),
    weights: weights.filter(isKept(rows)).map((row) => row.filter(keptColumns)),
    visible: visible
      .filter(isKept(rows))
      .map((count) => columns.slice(0, count).filter(keptColumns).length),
  };
}

/** Sums of the weights of each row. */
export function rowSums(weights: AttentionMap['weights']): number[] {
  return weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
}

/** Shannon entropy of a row in bits: 0 when it looks at one token, log₂ n when it spreads evenly over n. */
export function entropyBits(row: readonly number[]): number {
  const total = row.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) return 0;
  // The smallest weights may vanish when divided: what counts is the share.
  const shares = row.map((weight) => weight / total).filter((share) => share > 0);
  return Math.max(0, -shares.reduce((sum, share) => sum + share * Math.log2(share), 0));
}

/** A cell of a map, by its indices. */
export interface Peak {
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/** The largest weight of each row. */
export function rowPeaks(weights: AttentionMap['weights']): Peak[] {
  return weights.map((cells, row) => {
    const weight = cells.reduce((most, cell) => Math.max(most, cell), 0);
    return { row, column: Math.max(0, cells.indexOf(weight)), weight };
  });
}

/** The rows that look most and least sharply, of those that have a choice; `null` when no row has one. */
export function extremeRows(map: AttentionMap): { sharpest: Peak; flattest: Peak } | null {
  const choosing = rowPeaks(map.weights).filter(({ row }) => (map.visible[row] ?? 0) > 1);
  const [first] = choosing;
  if (!first) return null;
  const bits = (peak: Peak): number => entropyBits(map.weights[peak.row] ?? []);
  return {
    sharpest: choosing.reduce((best, peak) => (peak.weight > best.weight ? peak : best), first),
    flattest: choosing.reduce((best, peak) => (bits(peak) > bits(best) ? peak : best), first),
  };
}
