import type { Translation } from '../../src/core/models/translator';
import { Problem } from '../../src/core/problem';
import type { AttentionHostMethods, AttentionViewMethods } from '../../src/protocol/modelViews';
import { CancellationSource, type Rpc } from '../../src/protocol/rpc';
import { Announcer } from '../shared/announcer';
import { element } from '../shared/element';
import { RunStatus } from '../shared/figures/runStatus';
import { Select } from '../shared/figures/select';
import { saveState, t } from '../shared/host';
import { problemText } from '../shared/problemText';
import { attentionPng } from './attentionPng';
import { BEAM_CHOICES, remembered, type AttentionState } from './attentionState';
import { MapFigure } from './mapFigure';
import { SentenceField } from './sentenceField';

type Host = Rpc<AttentionViewMethods, AttentionHostMethods>;

/** A sentence, its translation, and the attention with which it was made. */
export class AttentionView {
  readonly element: HTMLElement;
  private readonly field: SentenceField;
  private readonly french = element('p', { class: 'french', lang: 'fr' });
  private readonly facts = element('p', { class: 'caption' });
  private readonly result: HTMLElement;
  private readonly figure: MapFigure;
  private readonly status: RunStatus;
  private readonly announcer = new Announcer();
  private running: CancellationSource | undefined;
  private shown: { translation: Translation; english: string } | undefined;

  constructor(
    private readonly host: () => Host,
    private state: AttentionState,
  ) {
    this.field = new SentenceField(state.sentence, {
      submit: (sentence) => void this.translate(sentence),
      cancel: () => this.running?.cancel(),
      history: () => this.state.history,
    });
    this.status = new RunStatus({
      cancel: () => this.running?.cancel(),
      tryAgain: () => void this.translate(this.state.sentence),
      showLog: () => void this.host().call('showLog', null),
    });
    this.figure = new MapFigure(state, {
      changed: (change) => this.change(change),
      exportPng: () => void this.exportPng(),
    });
    const translation = element(
      'section',
      { class: 'translation', 'aria-label': t('Translation') },
      this.french,
      this.facts,
    );
    this.result = element('div', { class: 'result', hidden: true }, translation, this.figure.element);
    this.element = element(
      'main',
      { class: 'view view-attention' },
      element('h1', { class: 'visually-hidden' }, t('Attention map of the translator')),
      element('div', { class: 'ask' }, this.field.element, this.decoding().element),
      element('div', { class: 'result-area' }, this.result, this.status.element),
      this.announcer.element,
    );
  }

  /** Puts a sentence in and translates it. */
  show(sentence: string): void {
    this.field.sentence = sentence;
    void this.translate(sentence);
  }

  /** Translates the sentence of the restored state. */
  start(): void {
    void this.translate(this.state.sentence);
  }

  private decoding(): Select {
    const select = new Select(t('Decoding'), (value) => {
      this.remember({ beams: Number(value) });
      void this.translate(this.state.sentence);
    });
    const title = (beams: number): string => (beams === 1 ? t('Greedy') : t('{beams} beams', { beams }));
    const choices = BEAM_CHOICES.map((beams) => ({ value: String(beams), label: title(beams) }));
    select.offer(choices, String(this.state.beams));
    return select;
  }

  private remember(change: Partial<AttentionState>): void {
    this.state = { ...this.state, ...change };
    saveState(this.state);
  }

  private change(change: Partial<AttentionState>): void {
    this.remember(change);
    if (this.shown) this.figure.show(this.shown.translation, this.state);
  }

  /** A translation that is under way is cancelled first. */
  private async translate(sentence: string): Promise<void> {
    this.running?.cancel();
    const running = new CancellationSource();
    this.running = running;
    this.remember({ sentence });
    this.setBusy(true);
    try {
      const { beams } = this.state;
      const translation = await this.host().call('translate', { sentence, beams }, { cancellation: running });
      if (this.running === running) this.showTranslation(translation, sentence);
    } catch (thrown) {
      if (this.running === running) this.showFailure(Problem.from(thrown));
    }
  }

  private setBusy(isBusy: boolean): void {
    this.result.classList.toggle('stale', isBusy);
    this.result.inert = isBusy;
    if (isBusy) this.status.busy(t('Translating…'));
    else this.status.clear();
  }

  private showTranslation(translation: Translation, english: string): void {
    this.setBusy(false);
    this.shown = { translation, english };
    this.result.hidden = false;
    this.french.textContent = translation.text;
    this.facts.textContent = factsText(translation, this.state.beams);
    this.change({ history: remembered(this.state.history, english) });
    this.announcer.say(translation.text);
  }

  /** What is wrong with the sentence is said beside it; what went wrong with the lab, in the place of the map. */
  private showFailure(problem: Problem): void {
    this.setBusy(false);
    if (problem.code.startsWith('sentence.')) {
      this.field.showProblem(problemText(problem));
      this.result.classList.toggle('stale', this.shown !== undefined);
      return;
    }
    this.shown = undefined;
    this.result.hidden = true;
    this.status.fail(problem);
  }

  private async exportPng(): Promise<void> {
    if (!this.shown) return;
    const { translation, english } = this.shown;
    const { kind, layer, head, scale } = this.state;
    const name = `drylab-attention-${kind}-layer${layer + 1}-${head === 'mean' ? 'mean' : `head${head + 1}`}.png`;
    try {
      const drawn = this.figure.drawn(translation, this.state);
      const png = await attentionPng({ english, french: translation.text, scale, ...drawn });
      const saved = await this.host().call('exportPng', { png, name });
      if (saved) this.announcer.say(t('Saved as {path}.', { path: saved.path }));
    } catch (thrown) {
      this.facts.textContent = problemText(Problem.from(thrown));
    }
  }
}

function factsText({ target, logProbability, milliseconds }: Translation, beams: number): string {
  const numbers = {
    tokens: target.length,
    probability: Math.exp(logProbability).toPrecision(2),
    milliseconds: Math.round(milliseconds),
  };
  return beams === 1
    ? t('{tokens} tokens by greedy decoding in {milliseconds} ms; probability {probability}', numbers)
    : t('{tokens} tokens by beam search with {beams} beams in {milliseconds} ms; probability {probability}', {
        ...numbers,
        beams,
      });
}
