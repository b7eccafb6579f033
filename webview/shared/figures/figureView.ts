import { sayPhrase } from '../../../src/core/explain/phrase';
import type { Figure } from '../../../src/core/figure';
import { figureTable } from '../../../src/core/figureTable';
import { element } from '../element';
import { t } from '../host';
import { figureFile, type FigureFile } from './figureExport';
import { figureTableView } from './figureTableView';
import './figureView.css';
import { LiveDrawing } from './liveDrawing';
import { saveMenu } from './saveMenu';

export type { FigureFile };

export interface FigureViewOptions {
  save(file: FigureFile): void;
}

/**
 * A figure with its title, drawing and description, its numbers as a table, and a menu to save it. It is as wide as its
 * place and follows the theme for as long as it is on the page.
 */
export function figureView(figure: Figure, options: FigureViewOptions): HTMLElement {
  const [title, description] = [sayPhrase(figure.title, t), sayPhrase(figure.description, t)];
  const save = (kind: FigureFile['kind']): void => void figureFile(figure, kind).then((file) => options.save(file));
  const head = element(
    'div',
    { class: 'figure-head' },
    element('h3', { class: 'figure-title' }, title),
    saveMenu(title, save),
  );
  const caption = element('figcaption', { class: 'figure-description' }, description);
  const isTable = figure.kind === 'matrix';
  const body = isTable
    ? [scrolled(figureTableView(figureTable(figure), title), title), caption]
    : [new LiveDrawing(figure, `${title}. ${description}`).element, caption, tableDisclosure(figure, title)];
  return element('figure', { class: 'figure-view', 'aria-label': title }, head, ...body);
}

/** The numbers, which are put in when they are asked for. */
function tableDisclosure(figure: Figure, title: string): HTMLElement {
  const details = element('details', { class: 'figure-numbers' }, element('summary', {}, t('Numbers as a Table')));
  details.addEventListener(
    'toggle',
    () => details.append(scrolled(figureTableView(figureTable(figure), title), title)),
    { once: true },
  );
  return details;
}

/** A wide or long table scrolls by itself, by keys too. */
function scrolled(table: HTMLElement, label: string): HTMLElement {
  return element('div', { class: 'figure-scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);
}
