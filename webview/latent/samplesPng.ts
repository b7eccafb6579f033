import type { Samples } from '../../src/core/models/sampler';
import { drawGrid, gridLayout, gridSize } from '../shared/figures/greyPictures';
import { pngBytes, scaledCanvas } from '../shared/figures/png';

/** Pixels. */
const GRID = 960;
const GAP = 4;
const MARGIN = 32;
const BETWEEN = 48;
const TITLE = 24;
const HEAD = 20;

export interface LabelledSamples {
  readonly title: string;
  readonly samples: Samples;
}

/** Both grids side by side on white, with their titles above and `note` below; letters stay legible in a report. */
export async function samplesPng(models: readonly LabelledSamples[], note: string): Promise<Uint8Array> {
  const [count = 1, , side = 1] = models[0]?.samples.shape ?? [];
  const most = { grid: GRID, picture: GRID };
  const layout = gridLayout({ count, side, width: GRID, gap: GAP, most });
  const grid = gridSize(layout);
  // A single picture is narrower than its title.
  const column = Math.max(grid.width, 320);
  const width = 2 * MARGIN + models.length * column + (models.length - 1) * BETWEEN;
  const top = MARGIN + TITLE + HEAD;
  const { canvas, context } = scaledCanvas(width, top + grid.height + HEAD + TITLE + MARGIN, 1);
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  models.forEach(({ title, samples }, index) => {
    const x = MARGIN + index * (column + BETWEEN);
    context.font = `600 ${TITLE}px sans-serif`;
    context.fillText(title, x, MARGIN + TITLE, column);
    drawGrid(context, samples, layout, { x, y: top });
  });
  context.font = `${HEAD}px sans-serif`;
  context.fillText(note, MARGIN, top + grid.height + 2 * HEAD, width - 2 * MARGIN);
  return pngBytes(canvas);
}
