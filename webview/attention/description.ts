import {
  attentionMap,
  entropyBits,
  extremeRows,
  mergeSubwords,
  rowSums,
  withoutEndMark,
  type AttentionKind,
  type AttentionMap,
} from '../../src/core/models/attention';
import type { Translation } from '../../src/core/models/translator';
import { t } from '../shared/host';
import type { AttentionState } from './attentionState';
import { headTitle, kindTitle, labelText, weightText } from './labels';

/** The map that is to be seen, with what it was made from. */
export interface ShownMap {
  readonly map: AttentionMap;
  /** Before the end mark was left out. */
  readonly whole: AttentionMap;
  /** `Cross-attention, layer 2, head 1` */
  readonly title: string;
  readonly kind: AttentionKind;
}

export function shownMap(translation: Translation, state: AttentionState): ShownMap {
  const { kind, layer, head, mergesSubwords, showsEndMark } = state;
  const subwords = attentionMap(translation, state);
  const whole = mergesSubwords ? mergeSubwords(subwords) : subwords;
  const heads = translation.attention[kind][layer]?.length ?? 0;
  const title = t('{kind}, layer {layer}, {head}', {
    kind: kindTitle(kind),
    layer: layer + 1,
    head: headTitle(head, heads),
  });
  return { map: showsEndMark ? whole : withoutEndMark(whole), whole, title, kind };
}

function meaning(kind: AttentionKind): string {
  if (kind === 'cross') {
    return t(
      'each row shows how the decoder spreads its attention over the English sentence while it writes the French at its left.',
    );
  }
  return kind === 'encoder'
    ? t('each row shows how the English at its left spreads its attention over the sentence.')
    : t(
        'each row shows how the decoder spreads its attention over what it has already written while it writes the French at its left.',
      );
}

function extremes(map: AttentionMap): string {
  const found = extremeRows(map);
  if (!found) return '';
  const name = (label: AttentionMap['rows'][number] | undefined): string => (label ? labelText(label) : '');
  const { sharpest, flattest } = found;
  return t(
    'Sharpest: “{row}” looks at “{column}” with {weight}. Most spread: “{flat}”, {bits} of at most {most} bits.',
    {
      row: name(map.rows[sharpest.row]),
      column: name(map.columns[sharpest.column]),
      weight: weightText(sharpest.weight),
      flat: name(map.rows[flattest.row]),
      bits: entropyBits(map.weights[flattest.row] ?? []).toFixed(2),
      most: Math.log2(map.visible[flattest.row] ?? 1).toFixed(2),
    },
  );
}

/** What the hidden end mark takes of the rows that are left. */
function hiddenShare({ map, whole }: ShownMap): string {
  if (map.columns.length === whole.columns.length || map.rows.length === 0) return '';
  const share = 1 - rowSums(map.weights).reduce((sum, row) => sum + row, 0) / map.rows.length;
  return t('The end mark, not shown, takes {share} % of the weight.', { share: Math.round(share * 100) });
}

/** What a map shows, in sentences with its numbers. */
export function describeMap(shown: ShownMap): string {
  return [`${shown.title}: ${meaning(shown.kind)}`, extremes(shown.map), hiddenShare(shown)].filter(Boolean).join(' ');
}
