import type { FigureTheme } from './figureTheme';
import { svgElement } from './svg';

/** CSS pixels. */
export const FONT_SIZE = 12;
export const LINE_HEIGHT = 16;

let context: OffscreenCanvasRenderingContext2D | null = null;

/** In CSS pixels. */
export function textWidth(text: string, { font }: FigureTheme, size = FONT_SIZE): number {
  context ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return text.length * size * 0.6;
  context.font = `${size}px ${font}`;
  return context.measureText(text).width;
}

export function widestText(texts: readonly string[], theme: FigureTheme): number {
  return Math.ceil(texts.reduce((most, text) => Math.max(most, textWidth(text, theme)), 0));
}

/** The text in lines no wider than `width`, where its words allow that. */
export function wrapText(text: string, width: number, theme: FigureTheme, size = FONT_SIZE): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, theme, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** The text, cut off with an ellipsis where it is wider than `width`. */
export function fitText(text: string, width: number, theme: FigureTheme): string {
  if (textWidth(text, theme) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, theme) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

export interface TextPlace {
  readonly x: number;
  /** Of the middle of the first line. */
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill: string;
  readonly size?: number;
  readonly weight?: number;
  /** A colour that keeps lines behind the text away from it. */
  readonly halo?: string;
}

/** Lines of text, one below the other. */
export function textLines(lines: readonly string[], place: TextPlace): SVGTextElement {
  const { x, y, anchor, fill, size, weight, halo } = place;
  const spans = lines.map((line, i) => svgElement('tspan', { x, y: y + i * LINE_HEIGHT }, line));
  return svgElement(
    'text',
    {
      'text-anchor': anchor ?? 'start',
      'dominant-baseline': 'central',
      'font-size': size ?? FONT_SIZE,
      'font-weight': weight,
      fill,
      ...(halo === undefined ? {} : { stroke: halo, 'stroke-width': 4, 'paint-order': 'stroke' }),
    },
    ...spans,
  );
}
