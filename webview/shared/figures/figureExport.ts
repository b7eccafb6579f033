import { sayPhrase } from '../../../src/core/explain/phrase';
import type { Figure } from '../../../src/core/figure';
import { figureTable } from '../../../src/core/figureTable';
import { t } from '../host';
import { drawFigure } from './drawFigure';
import { figureCsv } from './figureCsv';
import { LINE_HEIGHT, textLines, wrapText } from './figureText';
import { figureTheme } from './figureTheme';
import { pngBytes, scaledCanvas } from './png';
import { svgElement } from './svg';

/** What a figure is saved as; `name` has the ending of its kind. */
export interface FigureFile {
  readonly name: string;
  readonly kind: 'png' | 'svg' | 'csv';
  readonly bytes: Uint8Array;
}

/** CSS pixels; a PNG has twice as many. */
const WIDTH = 720;
const MARGIN = 20;
const PNG_SCALE = 2;
const TITLE_SIZE = 14;

/** @throws Error when the browser cannot make the picture. */
export async function figureFile(figure: Figure, kind: FigureFile['kind']): Promise<FigureFile> {
  const name = `${fileName(sayPhrase(figure.title, t))}.${kind}`;
  if (kind === 'csv') return { name, kind, bytes: utf8(figureCsv(figureTable(figure), t)) };
  const svg = standaloneSvg(figure);
  if (kind === 'svg') return { name, kind, bytes: utf8(new XMLSerializer().serializeToString(svg)) };
  return { name, kind, bytes: await rasterised(svg) };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Letters and digits of any language, joined by hyphens. */
export function fileName(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '') || 'figure';
}

/** The figure with its title and description, on the theme's background; it refers to nothing outside itself. */
function standaloneSvg(figure: Figure): SVGSVGElement {
  const theme = figureTheme();
  const inner = WIDTH - 2 * MARGIN;
  const [title, description] = [sayPhrase(figure.title, t), sayPhrase(figure.description, t)];
  const titleLines = wrapText(title, inner, theme, TITLE_SIZE + 1);
  const descriptionLines = wrapText(description, inner, theme);
  const { svg: drawing } = drawFigure(figure, { width: inner, pixelRatio: PNG_SCALE, theme });
  const top = MARGIN + titleLines.length * LINE_HEIGHT + 12;
  const below = top + Number(drawing.getAttribute('height')) + 12;
  const height = Math.ceil(below + descriptionLines.length * LINE_HEIGHT + MARGIN);
  drawing.setAttribute('x', String(MARGIN));
  drawing.setAttribute('y', String(top));
  const heading = { x: MARGIN, y: MARGIN + LINE_HEIGHT / 2, fill: theme.foreground, size: TITLE_SIZE, weight: 600 };
  return svgElement(
    'svg',
    {
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      'font-family': theme.font,
      lang: document.documentElement.lang || undefined,
    },
    svgElement('title', {}, title),
    svgElement('desc', {}, description),
    svgElement('rect', { width: WIDTH, height, fill: theme.background }),
    textLines(titleLines, heading),
    drawing,
    textLines(descriptionLines, { x: MARGIN, y: below + LINE_HEIGHT / 2, fill: theme.muted }),
  );
}

async function rasterised(svg: SVGSVGElement): Promise<Uint8Array> {
  const [width, height] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))];
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { canvas, context } = scaledCanvas(width, height, PNG_SCALE);
    context.drawImage(image, 0, 0, width, height);
    return await pngBytes(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}
