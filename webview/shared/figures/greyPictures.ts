import { contextOf } from './png';

/** Grey pictures of one size, one after the other. */
export interface GreyPictures {
  /** [count, height, width]. */
  readonly shape: readonly [number, number, number];
  /** 0 to 255, row-major in `shape`. */
  readonly pixels: Uint8Array;
}

/** How pictures lie in a grid; all lengths in device pixels, so that every pixel of a picture is equally large. */
export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  /** Side of one pixel of a picture. */
  readonly scale: number;
  /** Distance from one picture to the next, gap included. */
  readonly pitch: number;
  readonly gap: number;
}

export interface GridSpace {
  readonly count: number;
  /** Width of one picture. */
  readonly side: number;
  /** Width that there is. */
  readonly width: number;
  readonly gap: number;
  /** Largest width of the whole grid and of one picture. */
  readonly most: { readonly grid: number; readonly picture: number };
}

/** Of the columns of a square grid. */
const FEWEST = 0.6;

/**
 * As square a grid as there is room for. Where pictures would be shown at their own size or not fit, it takes fewer
 * columns, but not so few that the grid becomes a strip.
 */
export function gridLayout({ count, side, width, gap, most }: GridSpace): GridLayout {
  const square = Math.ceil(Math.sqrt(count));
  const usable = Math.min(width, most.grid);
  const scaleFor = (columns: number): number =>
    Math.floor(Math.min((usable + gap) / columns - gap, most.picture) / side);
  let columns = square;
  while (columns > 1 && columns > FEWEST * square && scaleFor(columns) < 2) columns--;
  if (scaleFor(columns) < 2) columns = Math.max(1, Math.min(square, Math.floor((usable + gap) / (side + gap))));
  const scale = Math.max(1, scaleFor(columns));
  return { columns, rows: Math.ceil(count / columns), scale, pitch: side * scale + gap, gap };
}

/** Size of the whole grid in device pixels. */
export function gridSize({ columns, rows, pitch, gap }: GridLayout): { width: number; height: number } {
  return { width: columns * pitch - gap, height: rows * pitch - gap };
}

/** Draws one picture with every pixel a square of `scale`, at a place in the context's own units. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  pictures: GreyPictures,
  index: number,
  { x, y, scale }: { x: number; y: number; scale: number },
): void {
  const [, height, width] = pictures.shape;
  const image = new ImageData(width, height);
  const start = index * width * height;
  for (let i = 0; i < width * height; i++) {
    image.data.fill(pictures.pixels[start + i] ?? 0, 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  const small = new OffscreenCanvas(width, height);
  small.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, x, y, width * scale, height * scale);
}

/** Draws all pictures; the layout's lengths are in the context's own units here. */
export function drawGrid(
  context: CanvasRenderingContext2D,
  pictures: GreyPictures,
  { columns, scale, pitch }: GridLayout,
  origin = { x: 0, y: 0 },
): void {
  for (let index = 0; index < pictures.shape[0]; index++) {
    const x = origin.x + (index % columns) * pitch;
    const y = origin.y + Math.floor(index / columns) * pitch;
    drawPicture(context, pictures, index, { x, y, scale });
  }
}

/** A canvas with one picture, enlarged by a whole number of device pixels to about `size` CSS pixels. */
export function enlargedPicture(pictures: GreyPictures, index: number, size: number): HTMLCanvasElement {
  const [, height, width] = pictures.shape;
  const scale = Math.max(1, Math.floor((size * devicePixelRatio) / Math.max(width, height)));
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.width = `${canvas.width / devicePixelRatio}px`;
  canvas.style.height = `${canvas.height / devicePixelRatio}px`;
  drawPicture(contextOf(canvas), pictures, index, { x: 0, y: 0, scale });
  return canvas;
}
