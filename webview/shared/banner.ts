import type { ProblemReport } from '../../src/core/problem';
import { button } from './button';
import { element } from './element';
import { icon } from './icon';
import { problemText } from './problemText';

export interface BannerAction {
  readonly label: string;
  run(): void;
}

/** One quiet line that says what is wrong and what to do, with buttons for it. */
export function problemBanner(problem: ProblemReport, actions: readonly BannerAction[]): HTMLElement {
  return element(
    'div',
    { class: 'banner', role: 'alert' },
    icon('warning'),
    element('p', {}, problemText(problem)),
    ...actions.map((action) => button(action.label, () => action.run())),
  );
}

/** What fills a view that has nothing to show: what is the matter, and what to do next. */
export function emptyState(symbol: string, title: string, text: string, actions: readonly BannerAction[]): HTMLElement {
  return element(
    'div',
    { class: 'empty-state' },
    icon(symbol),
    element('h1', {}, title),
    element('p', {}, text),
    ...actions.map((action, index) =>
      button(action.label, () => action.run(), { appearance: index === 0 ? 'primary' : 'secondary' }),
    ),
  );
}
