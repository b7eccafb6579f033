import { hsl, rgb } from 'd3-color';

/** What a drawing takes from the theme, as colours that do not refer to the page, so that a drawing can leave it. */
export interface FigureTheme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  /** One for each series, in turn. */
  readonly series: readonly string[];
  readonly isHighContrast: boolean;
  readonly isDark: boolean;
  readonly font: string;
}

/** In this order, neighbours are told apart by people who do not see red and green, too. */
const SERIES = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;
/** WCAG 2.2 asks this of graphics (1.4.11); more where the reader chose high contrast. */
const CONTRAST = { usual: 3, high: 4.5 };

/** The theme as the page has it now. */
export function figureTheme(): FigureTheme {
  const style = getComputedStyle(document.body);
  const colour = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const isHighContrast =
    document.body.classList.contains('vscode-high-contrast') ||
    document.body.classList.contains('vscode-high-contrast-light');
  const background = opaque(colour('editor-background', '#ffffff'), '#ffffff');
  const foreground = opaque(colour('foreground', '#333333'), background);
  const contrast = isHighContrast ? CONTRAST.high : CONTRAST.usual;
  return {
    foreground,
    muted: isHighContrast ? foreground : opaque(colour('descriptionForeground', foreground), background),
    background,
    grid: blend(foreground, background, isHighContrast ? 0.35 : 0.13),
    series: SERIES.map((name) => legible(solid(colour(`charts-${name}`, name)), background, contrast)),
    isHighContrast,
    isDark: luminance(background) < 0.18,
    font: colour('font-family', 'system-ui, sans-serif'),
  };
}

/** `share` of the one colour over the other. */
export function blend(over: string, under: string, share: number): string {
  const [a, b] = [rgb(over), rgb(under)];
  const mix = (x: number, y: number): number => Math.round(x * share + y * (1 - share));
  return rgb(mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)).formatHex();
}

function opaque(colour: string, background: string): string {
  const { opacity } = rgb(colour);
  return blend(colour, background, Number.isNaN(opacity) ? 1 : opacity);
}

/** Some themes define a chart's colour as a translucent highlight. */
function solid(colour: string): string {
  return rgb(colour).copy({ opacity: 1 }).formatHex();
}

/** The colour, made lighter or darker until it stands out from the background by this contrast. */
export function legible(colour: string, background: string, contrast: number): string {
  const step = luminance(background) < 0.18 ? 0.02 : -0.02;
  const changed = hsl(colour);
  while (contrastOf(changed.formatHex(), background) < contrast && changed.l > 0 && changed.l < 1) changed.l += step;
  return changed.formatHex();
}

/** The contrast of two colours after WCAG 2.2, 1 to 21. */
export function contrastOf(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const { r, g, b } = rgb(colour);
  const linear = (level: number): number =>
    level <= 10.31475 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
