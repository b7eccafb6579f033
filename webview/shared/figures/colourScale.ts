import { interpolateCividis } from 'd3-scale-chromatic';

/** Sequential scales for weights; lightness is monotonic in all of them, so they survive grey printing. */
export const COLOUR_SCALES = ['cividis', 'white-high', 'black-high'] as const;
export type ColourScale = (typeof COLOUR_SCALES)[number];

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const STEPS = 256;

function colourAt(scale: ColourScale, position: number): Colour {
  if (scale === 'cividis') {
    const [red = 0, green = 0, blue = 0] = interpolateCividis(position).match(/\d+/g)?.map(Number) ?? [];
    return { red, green, blue };
  }
  const level = Math.round(255 * (scale === 'white-high' ? position : 1 - position));
  return { red: level, green: level, blue: level };
}

const tables = new Map<ColourScale, readonly Colour[]>();

function table(scale: ColourScale): readonly Colour[] {
  const known = tables.get(scale);
  if (known) return known;
  const made = Array.from({ length: STEPS }, (_, step) => colourAt(scale, step / (STEPS - 1)));
  tables.set(scale, made);
  return made;
}

/** The colour of a weight from 0 to 1; weights outside are taken as the nearest end. */
export function colourOf(scale: ColourScale, weight: number): Colour {
  const step = Math.round(Math.min(Math.max(weight, 0), 1) * (STEPS - 1));
  return table(scale)[step] ?? colourAt(scale, weight);
}

export function cssColour({ red, green, blue }: Colour): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Relative luminance after WCAG 2.2, 0 to 1. */
function luminance({ red, green, blue }: Colour): number {
  const linear = (level: number): number =>
    level <= 10.31475 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Black or white, whichever is easier to read on the colour. */
export function inkOn(colour: Colour): 'black' | 'white' {
  return luminance(colour) > 0.179 ? 'black' : 'white';
}
