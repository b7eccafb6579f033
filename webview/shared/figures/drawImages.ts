import { sayPhrase } from '../../../src/core/explain/phrase';
import type { ImageGroup, ImagesFigure } from '../../../src/core/figure';
import { t } from '../host';
import { blankDrawing } from './chart';
import type { Drawing, Space } from './drawing';
import { LINE_HEIGHT, textLines, wrapText } from './figureText';
import { drawGrid, gridLayout, gridSize, type GridLayout, type GreyPictures } from './greyPictures';
import { contextOf } from './png';
import { svgElement } from './svg';

/** CSS pixels. */
const BETWEEN = { groups: 28, rows: 20, pictures: 2 };
const GROUP = { least: 130, most: 320 };
const LARGEST_PICTURE = 84;

interface PlacedGroup {
  readonly pictures: GreyPictures;
  readonly name: readonly string[];
  readonly layout: GridLayout;
}

/** One grid of pictures for each group, side by side as far as there is room; every pixel a square of whole pixels. */
export function drawImages(figure: ImagesFigure, space: Space): Drawing {
  const { width, theme, pixelRatio } = space;
  const across = Math.max(
    1,
    Math.min(figure.groups.length, Math.floor((width + BETWEEN.groups) / (GROUP.least + BETWEEN.groups))),
  );
  const room = Math.min((width + BETWEEN.groups) / across - BETWEEN.groups, GROUP.most);
  const groups = figure.groups.map((group) => placed(group, figure, room, space));
  const svg = blankDrawing(0, space);
  let top = 0;
  for (let first = 0; first < groups.length; first += across) {
    const row = groups.slice(first, first + across);
    const names = Math.max(...row.map(({ name }) => name.length)) * LINE_HEIGHT + 4;
    row.forEach(({ pictures, name, layout }, column) => {
      const x = Math.round(column * (room + BETWEEN.groups) * pixelRatio) / pixelRatio;
      svg.append(
        textLines(name, { x, y: top + LINE_HEIGHT / 2, fill: theme.foreground }),
        pictureGrid(pictures, layout, { x, y: top + names }, space),
      );
    });
    const height = Math.max(...row.map(({ layout }) => gridSize(layout).height)) / pixelRatio;
    top = Math.ceil(top + names + height + BETWEEN.rows);
  }
  const height = Math.max(0, top - BETWEEN.rows);
  svg.setAttribute('height', String(height));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  return { svg };
}

function placed(
  { name, pixels }: ImageGroup,
  { height, width }: ImagesFigure,
  room: number,
  space: Space,
): PlacedGroup {
  const count = Math.floor(pixels.length / (height * width));
  const { pixelRatio, theme } = space;
  const layout = gridLayout({
    count,
    side: Math.max(height, width),
    width: Math.floor(room * pixelRatio),
    gap: Math.round(BETWEEN.pictures * pixelRatio),
    most: { grid: Math.floor(room * pixelRatio), picture: LARGEST_PICTURE * pixelRatio },
  });
  return {
    pictures: { shape: [count, height, width], pixels },
    name: wrapText(sayPhrase(name, t), room, theme),
    layout,
  };
}

function pictureGrid(
  pictures: GreyPictures,
  layout: GridLayout,
  { x, y }: { readonly x: number; readonly y: number },
  { pixelRatio }: Space,
): SVGImageElement {
  const { width, height } = gridSize(layout);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  drawGrid(contextOf(canvas), pictures, layout);
  return svgElement('image', {
    href: canvas.toDataURL('image/png'),
    x,
    y,
    width: width / pixelRatio,
    height: height / pixelRatio,
    'image-rendering': 'pixelated',
  });
}
