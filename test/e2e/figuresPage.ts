/** Runs in the browser: shows one figure of each kind and keeps what is saved. */
import type { Figure } from '../../src/core/figure';
import { figureView, type FigureFile } from '../../webview/shared/figures/figureView';
import { SOME_FIGURES } from '../unit/figures/someFigures';

const saved: (Omit<FigureFile, 'bytes'> & { readonly bytes: readonly number[] })[] = [];
Object.assign(window, { saved });

for (const figure of Object.values<Figure>(SOME_FIGURES)) {
  const view = figureView(figure, { save: (file) => saved.push({ ...file, bytes: [...file.bytes] }) });
  view.dataset['kind'] = figure.kind;
  document.body.append(view);
}
