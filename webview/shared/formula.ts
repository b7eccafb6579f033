import type katexModule from 'katex';
import { element } from './element';
import { t } from './host';
import { icon } from './icon';

/** Milliseconds of one frame that formulas may take; the others wait until they come near the view. */
const FRAME_BUDGET = 12;

let katex: typeof katexModule | undefined;
let spent = 0;
let frame: number | undefined;
const waiting = new WeakMap<Element, () => void>();
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearby.unobserve(target);
      waiting.get(target)?.();
      waiting.delete(target);
    }
  },
  { rootMargin: '800px' },
);

/** KaTeX is large; its code first runs when there is a formula to set. */
async function load(): Promise<typeof katexModule> {
  katex ??= (await import('katex')).default;
  return katex;
}

/**
 * A formula, set at once or when it comes near the view. What KaTeX cannot read is shown as its source, with an error
 * mark and KaTeX's message; nothing in a formula can run or load anything.
 */
export function formula(latex: string, display: boolean): HTMLElement {
  const made = element('span', { class: display ? 'formula formula-display' : 'formula' });
  if (katex && spent < FRAME_BUDGET) {
    timed(katex, made, latex, display);
    return made;
  }
  made.append(element('code', { class: 'formula-source' }, latex));
  waiting.set(made, () => void load().then((loaded) => timed(loaded, made, latex, display)));
  nearby.observe(made);
  return made;
}

/** Loads KaTeX ahead of the first formula. */
export async function prepareFormulas(): Promise<void> {
  await load();
}

function timed(loaded: typeof katexModule, target: HTMLElement, latex: string, display: boolean): void {
  const before = performance.now();
  set(loaded, target, latex, display);
  spent += performance.now() - before;
  frame ??= requestAnimationFrame(() => {
    spent = 0;
    frame = undefined;
  });
}

function set(loaded: typeof katexModule, target: HTMLElement, latex: string, display: boolean): void {
  try {
    const made = element('span');
    loaded.render(latex, made, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: 20,
      maxExpand: 300,
    });
    // KaTeX sets a few widths as attributes, which the page's policy does not apply.
    for (const drawing of made.querySelectorAll<SVGElement>('svg[style]')) {
      drawing.style.cssText = drawing.getAttribute('style') ?? '';
    }
    target.replaceChildren(...made.childNodes);
  } catch (thrown) {
    showError(target, latex, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function showError(target: HTMLElement, latex: string, detail: string): void {
  const message = t('This formula cannot be read: {detail}', { detail: detail.replace(/^KaTeX parse error: /, '') });
  target.classList.add('formula-error');
  target.title = message;
  target.replaceChildren(icon('error', message), element('code', {}, latex));
}
