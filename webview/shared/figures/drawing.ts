import type { FigureTheme } from './figureTheme';

/** Where a figure is drawn. */
export interface Space {
  /** CSS pixels. */
  readonly width: number;
  /** Device pixels for one CSS pixel. */
  readonly pixelRatio: number;
  readonly theme: FigureTheme;
}

/** Something that a drawing can tell about, and where it is, in CSS pixels of the drawing. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The first names it. */
  readonly lines: readonly string[];
}

export interface Drawing {
  /** Complete in itself: no class, no variable, no style that the page would have to give. */
  readonly svg: SVGSVGElement;
  /** What is nearest to a place in the drawing, if anything is near. */
  spotAt?(x: number, y: number): Spot | undefined;
}

/** The spot whose middle is nearest, within reach. */
export function nearestSpot(spots: readonly Spot[], x: number, y: number, reach: number): Spot | undefined {
  let nearest: Spot | undefined;
  let least = reach;
  for (const spot of spots) {
    const distance = Math.hypot(spot.x + spot.width / 2 - x, spot.y + spot.height / 2 - y);
    if (distance > least) continue;
    nearest = spot;
    least = distance;
  }
  return nearest;
}
