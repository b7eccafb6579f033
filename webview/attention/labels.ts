import type { AttentionKind, AttentionMap, HeadChoice, TokenLabel } from '../../src/core/models/attention';
import { t } from '../shared/host';

/** The token as people read it; a piece that continues a word has a dot before it. */
export function labelText({ text, continues, mark }: TokenLabel): string {
  if (mark === 'start') return t('(start)');
  if (mark === 'end') return t('(end)');
  return continues ? `·${text}` : text;
}

/** Two decimals, or two digits of what is smaller. */
export function weightText(weight: number): string {
  if (weight >= 0.01 || weight === 0) return weight.toFixed(2);
  return weight < 0.0001 ? '< 0.0001' : weight.toPrecision(2);
}

/** `eau ← water: 0.87`, or that the row cannot see the column yet. */
export function cellText({ rows, columns, weights, visible }: AttentionMap, row: number, column: number): string {
  const [looking, seen] = [rows[row], columns[column]];
  if (!looking || !seen) return '';
  const pair = `${labelText(looking)} ← ${labelText(seen)}`;
  if (column >= (visible[row] ?? 0)) return t('{pair}: not written yet', { pair });
  return `${pair}: ${weightText(weights[row]?.[column] ?? 0)}`;
}

/** What stands in a cell: two decimals, nothing where they would be zero. */
export function shortWeight(weight: number): string {
  return weight < 0.005 ? '' : weight.toFixed(2).replace(/^0/, '');
}

export function kindTitle(kind: AttentionKind): string {
  if (kind === 'cross') return t('Cross-attention');
  return kind === 'encoder' ? t('Encoder self-attention') : t('Decoder self-attention');
}

export function headTitle(head: HeadChoice, heads: number): string {
  return head === 'mean' ? t('mean of {heads} heads', { heads }) : t('head {head}', { head: head + 1 });
}

/** What rows and columns are. */
export function axisTitles(kind: AttentionKind): { rows: string; columns: string } {
  if (kind === 'cross') return { rows: t('French'), columns: t('English') };
  return kind === 'encoder'
    ? { rows: t('English'), columns: t('English') }
    : { rows: t('French'), columns: t('Written') };
}
