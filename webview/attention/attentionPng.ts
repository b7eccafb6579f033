import { entropyBits, rowSums, type AttentionMap } from '../../src/core/models/attention';
import { colourOf, cssColour, inkOn, type ColourScale } from '../shared/figures/colourScale';
import { pngBytes, scaledCanvas } from '../shared/figures/png';
import { t } from '../shared/host';
import { labelText, shortWeight, weightText } from './labels';

/** In pixels of a picture that is drawn at twice this size. */
const SCALE = 2;
const CELL = 40;
const MARGIN = 24;
const FONT = 14;
const LINE = 22;
const STATISTIC = 60;
const LEGEND = { width: 160, height: 12, label: 72 };

export interface AttentionPicture {
  readonly english: string;
  readonly french: string;
  readonly title: string;
  readonly map: AttentionMap;
  readonly scale: ColourScale;
  readonly maximum: number;
}

interface Geometry {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function font(size = FONT, weight = 'normal'): string {
  return `${weight} ${size}px sans-serif`;
}

function widest(context: CanvasRenderingContext2D, texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => context.measureText(text).width));
}

/** The map on white with its sentences, labels, row sums, entropies and legend, legible in print. */
export async function attentionPng(picture: AttentionPicture): Promise<Uint8Array> {
  const { map } = picture;
  const measure = scaledCanvas(1, 1, 1).context;
  measure.font = font();
  const headHeight = Math.max(24, widest(measure, map.columns.map(labelText)) * Math.SQRT1_2 + 16);
  const left = MARGIN + widest(measure, map.rows.map(labelText)) + 12;
  const top = MARGIN + 3 * LINE + headHeight;
  const right = left + map.columns.length * CELL;
  const bottom = top + map.rows.length * CELL;
  measure.font = font(16, '600');
  const titles = MARGIN + widest(measure, [picture.english, picture.french, picture.title]);
  const width = Math.max(right + 2 * STATISTIC, titles, left + LEGEND.width + 120) + MARGIN;
  const { canvas, context } = scaledCanvas(width, bottom + LEGEND.height + 2 * MARGIN + LINE, SCALE);
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, canvas.height);
  drawTitles(context, picture);
  drawLabels(context, map, { left, top, right, bottom });
  drawCells(context, picture, { left, top, right, bottom });
  drawLegend(context, picture, { left: Math.max(left, MARGIN + LEGEND.label), top: bottom + MARGIN });
  return pngBytes(canvas);
}

function drawTitles(context: CanvasRenderingContext2D, { english, french, title }: AttentionPicture): void {
  context.fillStyle = 'black';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = font(16, '600');
  context.fillText(english, MARGIN, MARGIN + LINE * 0.5);
  context.fillText(french, MARGIN, MARGIN + LINE * 1.5);
  context.font = font();
  context.fillStyle = '#555';
  context.fillText(title, MARGIN, MARGIN + LINE * 2.5);
}

function drawLabels(context: CanvasRenderingContext2D, map: AttentionMap, { left, top, right }: Geometry): void {
  context.font = font();
  context.fillStyle = 'black';
  context.textAlign = 'right';
  map.rows.forEach((label, row) => context.fillText(labelText(label), left - 8, top + (row + 0.5) * CELL));
  context.textAlign = 'left';
  map.columns.forEach((label, column) => {
    context.save();
    context.translate(left + (column + 0.5) * CELL, top - 8);
    context.rotate(-Math.PI / 4);
    context.fillText(labelText(label), 0, 0);
    context.restore();
  });
  context.textAlign = 'right';
  context.fillStyle = '#555';
  context.fillText('Σ', right + STATISTIC, top - 12);
  context.fillText(t('bits'), right + 2 * STATISTIC, top - 12);
  rowSums(map.weights).forEach((sum, row) => {
    const y = top + (row + 0.5) * CELL;
    context.fillText(sum.toFixed(3), right + STATISTIC, y);
    context.fillText(entropyBits(map.weights[row] ?? []).toFixed(2), right + 2 * STATISTIC, y);
  });
}

function drawCells(
  context: CanvasRenderingContext2D,
  { map, scale, maximum }: AttentionPicture,
  { left, top }: Geometry,
): void {
  context.font = font(12);
  context.textAlign = 'center';
  map.weights.forEach((row, r) =>
    row.slice(0, map.visible[r]).forEach((weight, c) => {
      const colour = colourOf(scale, maximum > 0 ? weight / maximum : 0);
      context.fillStyle = cssColour(colour);
      context.fillRect(left + c * CELL, top + r * CELL, CELL - 1, CELL - 1);
      context.fillStyle = inkOn(colour);
      context.fillText(shortWeight(weight), left + (c + 0.5) * CELL, top + (r + 0.5) * CELL);
    }),
  );
  context.strokeStyle = '#999';
  context.strokeRect(left - 1, top - 1, map.columns.length * CELL + 1, map.rows.length * CELL + 1);
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { scale, maximum }: AttentionPicture,
  { left, top }: Pick<Geometry, 'left' | 'top'>,
): void {
  for (let x = 0; x < LEGEND.width; x++) {
    context.fillStyle = cssColour(colourOf(scale, x / (LEGEND.width - 1)));
    context.fillRect(left + x, top, 1.5, LEGEND.height);
  }
  context.strokeStyle = '#999';
  context.strokeRect(left - 0.5, top - 0.5, LEGEND.width + 1, LEGEND.height + 1);
  context.fillStyle = 'black';
  context.font = font();
  context.textAlign = 'right';
  context.fillText(t('Weight 0'), left - 8, top + LEGEND.height / 2);
  context.textAlign = 'left';
  context.fillText(maximum === 1 ? '1' : weightText(maximum), left + LEGEND.width + 8, top + LEGEND.height / 2);
}
