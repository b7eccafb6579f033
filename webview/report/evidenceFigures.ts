import { sayPhrase } from '../../src/core/explain/phrase';
import type { Figure } from '../../src/core/figure';
import type { EvidenceResult } from '../../src/protocol/lab';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { linkButton } from '../shared/linkButton';
import type { QuestionEvidence } from './questionEvidence';

/** The figures of an experiment, small, by their titles, with the way to its panel. */
export function evidenceFigures({ evidence: { figures } }: EvidenceResult, evidence: QuestionEvidence): HTMLElement[] {
  const shown = figures.map((figure) => disclosure(figure, evidence));
  const [only, ...others] = shown;
  if (only && others.length === 0) only.open = true;
  return [...shown, linkButton('link-external', t('Open Experiment'), () => evidence.openPanel())];
}

/** Drawn when it is opened; the code that draws first runs then. */
function disclosure(figure: Figure, evidence: QuestionEvidence): HTMLDetailsElement {
  const details = element('details', { class: 'finding-figure' }, element('summary', {}, sayPhrase(figure.title, t)));
  const draw = async (): Promise<void> => {
    const { figureView } = await import('../shared/figures/figureView');
    details.append(figureView(figure, { save: (file) => evidence.save(file) }));
  };
  details.addEventListener('toggle', () => void draw(), { once: true });
  return details;
}
