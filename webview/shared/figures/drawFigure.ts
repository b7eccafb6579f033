import type { Figure } from '../../../src/core/figure';
import { drawBars } from './drawBars';
import { drawHeatMap } from './drawHeatMap';
import { drawImages } from './drawImages';
import type { Drawing, Space } from './drawing';
import { drawLines } from './drawLines';
import { drawMatrix } from './drawMatrix';
import { drawScatter } from './drawScatter';

/** Draws a figure as wide as the space is. */
export function drawFigure(figure: Figure, space: Space): Drawing {
  switch (figure.kind) {
    case 'lines':
      return drawLines(figure, space);
    case 'bars':
      return drawBars(figure, space);
    case 'scatter':
      return drawScatter(figure, space);
    case 'heatmap':
      return drawHeatMap(figure, space);
    case 'matrix':
      return drawMatrix(figure, space);
    case 'images':
      return drawImages(figure, space);
  }
}
