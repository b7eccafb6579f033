import type { Claim } from '../../src/core/assignment/assignment';
import type { Outcome } from '../../src/core/experiments/evidence';
import { sayPhrase } from '../../src/core/explain/phrase';
import type { Figure } from '../../src/core/figure';
import type { EvidenceResult } from '../../src/protocol/lab';
import { element } from '../shared/element';
import { outcomeMark } from '../shared/evidence/outcomeMark';
import { effectText } from '../shared/evidence/outcomeText';
import { RunProgress } from '../shared/evidence/runProgress';
import { t } from '../shared/host';
import { icon, iconButton } from '../shared/icon';
import { partLabel } from '../shared/partLabel';
import { problemText } from '../shared/problemText';
import type { QuestionEvidence } from './questionEvidence';

/** What the experiment of a question says about one of its parts, quietly beside the answer. */
export class EvidenceBlock {
  readonly element: HTMLElement;
  private readonly body = element('div', { class: 'evidence-body' });
  private readonly progress: RunProgress;
  /** The run was asked for here: its progress is said once, not by every part. */
  private isSpeaking = false;
  private wasRunning = false;

  constructor(
    private readonly evidence: QuestionEvidence,
    private readonly part: string,
    private readonly claims: readonly Claim[],
  ) {
    this.progress = new RunProgress((message) => this.isSpeaking && evidence.say(message));
    const open = iconButton('link-external', t('Open in the panel of the experiment'), () => evidence.openPanel());
    this.element = element(
      'section',
      { class: 'evidence', hidden: true, 'aria-label': t('Evidence for {part}', { part: partLabel(part) }) },
      element('header', { class: 'evidence-head' }, element('span', {}, t('Evidence')), open),
      this.body,
    );
    evidence.onChange(() => this.show());
  }

  load(): void {
    this.evidence.load();
    this.show();
  }

  private show(): void {
    const { state, claims } = this.evidence;
    const decided = claims.filter((id) => id.startsWith(`${this.part}.`));
    this.element.hidden = decided.length === 0 || state.kind === 'unknown';
    if (this.element.hidden) return;
    if (state.kind === 'running') {
      if (!this.wasRunning) this.showRunning();
      this.wasRunning = true;
      this.progress.update(state.progress);
      return;
    }
    const hadFocus = this.hasFocus();
    this.wasRunning = false;
    this.isSpeaking = false;
    this.progress.stop();
    if (state.kind === 'found') this.showFound(state.result, decided);
    else if (state.kind === 'failed')
      this.body.replaceChildren(problemLine(problemText(state.problem)), this.runLink());
    else this.body.replaceChildren(this.runLink());
    if (hadFocus) this.element.querySelector<HTMLElement>('.evidence-body button, .evidence-body summary')?.focus();
  }

  /** The page keeps its element while the focus is elsewhere in VS Code, from where it must not be taken. */
  private hasFocus(): boolean {
    return document.hasFocus() && this.body.contains(document.activeElement);
  }

  private runLink(): HTMLElement {
    const isAgain = this.evidence.state.kind === 'failed';
    return link('play', isAgain ? t('Try Again') : t('Run Experiment'), () => {
      this.isSpeaking = true;
      void this.evidence.run();
    });
  }

  private showRunning(): void {
    const hadFocus = this.hasFocus();
    const stop = link('debug-stop', t('Stop'), () => this.evidence.stop());
    this.body.replaceChildren(this.progress.element, stop);
    this.progress.start(this.evidence.lastSeconds);
    if (hadFocus) stop.focus();
  }

  private showFound({ evidence }: EvidenceResult, decided: readonly string[]): void {
    const rows = decided.flatMap((id) => {
      const outcome = evidence.outcomes[id];
      return outcome ? [this.row(id, outcome)] : [];
    });
    const [figure] = evidence.figures;
    this.body.replaceChildren(
      element('ul', { class: 'evidence-rows' }, ...rows),
      ...(figure ? [this.disclosure(figure)] : []),
    );
  }

  private row(id: string, outcome: Outcome): HTMLElement {
    const name = id.slice(this.part.length + 1);
    const statement = this.claims.find((claim) => claim.id === id)?.statement ?? '';
    return element(
      'li',
      { title: [statement.replace(/[`$]/g, ''), sayPhrase(outcome.detail, t)].filter(Boolean).join('\n\n') },
      outcomeMark(outcome.outcome),
      element('span', { class: 'evidence-effect' }, effectText(outcome)),
      element('span', { class: 'evidence-claim', 'aria-hidden': statement === '' ? undefined : 'true' }, name),
      statement !== '' && element('span', { class: 'visually-hidden' }, statement),
    );
  }

  /** Drawn when it is opened; the code that draws first runs then. */
  private disclosure(figure: Figure): HTMLElement {
    const details = element('details', {}, element('summary', {}, sayPhrase(figure.title, t)));
    const draw = async (): Promise<void> => {
      const { figureView } = await import('../shared/figures/figureView');
      details.append(figureView(figure, { save: (file) => this.evidence.save(file) }));
    };
    details.addEventListener('toggle', () => void draw(), { once: true });
    return details;
  }
}

function link(symbol: string, label: string, run: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'evidence-link' }, icon(symbol), label);
  made.addEventListener('click', run);
  return made;
}

function problemLine(text: string): HTMLElement {
  return element('p', { class: 'evidence-problem', role: 'alert' }, icon('warning'), element('span', {}, text));
}
