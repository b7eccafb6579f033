import { sayPhrase } from '../../src/core/explain/phrase';
import type { ShownExperiment } from '../../src/protocol/experimentView';
import type { EvidenceResult } from '../../src/protocol/lab';
import { element } from '../shared/element';
import { figureView, type FigureFile } from '../shared/figures/figureView';
import { t } from '../shared/host';
import { icon } from '../shared/icon';
import { claimList } from './claimList';
import { provenanceView, settingsText } from './provenanceView';

export interface ResultActions {
  save(file: FigureFile): void;
  copy(text: string): void;
  openLink(href: string): void;
}

/** Evidence as people read it: claims with outcomes, what was done, figures, provenance. Before a run, the claims. */
export class ResultView {
  readonly element = element('div', { class: 'result' });
  private readonly note = element('p', { class: 'stale-note', hidden: true });
  private readonly content = element('div', { class: 'result-content' });
  private shown: { experiment: ShownExperiment; result: EvidenceResult } | null = null;

  constructor(private readonly actions: ResultActions) {
    this.element.append(this.note, this.content);
  }

  /** What is shown, if anything is. */
  get result(): EvidenceResult | null {
    return this.shown?.result ?? null;
  }

  showClaims(experiment: ShownExperiment): void {
    this.shown = null;
    this.note.hidden = true;
    this.content.replaceChildren(section(t('Claims'), claimList(experiment.claims, null, this.actions)));
  }

  show(experiment: ShownExperiment, result: EvidenceResult): void {
    this.shown = { experiment, result };
    const { outcomes, summary, figures } = result.evidence;
    const saved = (file: FigureFile): FigureFile => ({ ...file, name: `drylab-${experiment.id}-${file.name}` });
    const views = figures.map((figure) => figureView(figure, { save: (file) => this.actions.save(saved(file)) }));
    this.content.replaceChildren(
      section(t('Claims'), claimList(experiment.claims, outcomes, this.actions)),
      section(
        t('What was done'),
        element('p', { class: 'summary' }, summary.map((sentence) => sayPhrase(sentence, t)).join(' ')),
      ),
      section(t('Figures'), element('div', { class: 'figures' }, ...views)),
      provenanceView(experiment, result, (text) => this.actions.copy(text)),
    );
  }

  /** Says of which settings the results are, when they are not of those in the controls. */
  markOld(isOld: boolean): void {
    this.note.hidden = !isOld || !this.shown;
    if (!this.shown) return;
    const { experiment, result } = this.shown;
    const { settings, seed } = result.evidence.provenance;
    const text = t('These results are of earlier settings: {settings}.', {
      settings: settingsText(experiment, settings, seed),
    });
    this.note.replaceChildren(icon('history'), element('span', {}, text));
  }
}

function section(title: string, ...content: HTMLElement[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...content);
}
