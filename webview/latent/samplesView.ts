import type { Samples } from '../../src/core/models/sampler';
import { Problem } from '../../src/core/problem';
import type { SamplesHostMethods, SamplesSettings, SamplesViewMethods } from '../../src/protocol/modelViews';
import { CancellationSource, type Progress, type Rpc } from '../../src/protocol/rpc';
import { Announcer } from '../shared/announcer';
import { element } from '../shared/element';
import { enlargedPicture } from '../shared/figures/greyPictures';
import { HoverCard } from '../shared/figures/hoverCard';
import { RunStatus } from '../shared/figures/runStatus';
import { saveState, t } from '../shared/host';
import { problemText } from '../shared/problemText';
import { PictureGrid } from './pictureGrid';
import { SamplesControls } from './samplesControls';
import { samplesPng } from './samplesPng';

type Host = Rpc<SamplesViewMethods, SamplesHostMethods>;

const TYPING_MILLISECONDS = 300;
/** CSS pixels: between the grids, and the width below which they are stacked. */
const BETWEEN = 40;
const NARROW = 620;
const ENLARGED = 140;

/** Two grids of pictures that both models decode from the same latents. */
export class SamplesView {
  readonly element: HTMLElement;
  private readonly titles = { ae: t('Autoencoder'), vae: t('Variational autoencoder') };
  private readonly controls: SamplesControls;
  private readonly caption = element('p', { class: 'caption' });
  private readonly grids: { ae: PictureGrid; vae: PictureGrid };
  private readonly gridsElement: HTMLElement;
  private readonly status: RunStatus;
  private readonly card = new HoverCard();
  private readonly announcer = new Announcer();
  private running: CancellationSource | undefined;
  private waiting: number | undefined;
  private shown: { ae: Samples; vae: Samples } | undefined;

  constructor(
    private readonly host: () => Host,
    private settings: SamplesSettings,
  ) {
    const pointed = (index: number | null, place: DOMRect | null): void => this.point(index, place);
    this.controls = new SamplesControls(settings, {
      changed: (changed, typing) => this.schedule(changed, typing ? TYPING_MILLISECONDS : 0),
      exportPng: () => void this.exportPng(),
    });
    this.grids = {
      ae: new PictureGrid({ title: this.titles.ae, pointed }),
      vae: new PictureGrid({ title: this.titles.vae, pointed }),
    };
    this.status = new RunStatus({
      cancel: () => this.running?.cancel(),
      tryAgain: () => void this.run(),
      showLog: () => void this.host().call('showLog', null),
    });
    this.gridsElement = element('div', { class: 'grids', hidden: true }, this.grids.ae.element, this.grids.vae.element);
    const area = element('div', { class: 'grids-area' }, this.gridsElement, this.status.element);
    this.element = element(
      'main',
      { class: 'view view-samples' },
      element('h1', { class: 'visually-hidden' }, t('Samples of the autoencoder and the variational autoencoder')),
      this.controls.element,
      this.caption,
      area,
      this.card.element,
      this.announcer.element,
    );
    new ResizeObserver(() => this.layOut()).observe(area);
    window.addEventListener('scroll', () => this.card.hide(), { passive: true });
  }

  /** Sets the controls and samples anew. */
  show(settings: SamplesSettings): void {
    this.controls.show(settings);
    this.schedule(settings, 0);
  }

  private schedule(settings: SamplesSettings, milliseconds: number): void {
    this.settings = settings;
    saveState(settings);
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.run(), milliseconds);
  }

  /** Samples with the present settings; a run that is under way is cancelled first. */
  async run(): Promise<void> {
    this.running?.cancel();
    const running = new CancellationSource();
    this.running = running;
    this.setStale(true);
    this.showProgress({ done: 0, total: 2 });
    try {
      const onProgress = (progress: Progress): void => this.showProgress(progress);
      const samples = await this.host().call('sample', this.settings, { cancellation: running, onProgress });
      if (this.running === running) this.showSamples(samples);
    } catch (thrown) {
      if (this.running === running) this.showFailure(Problem.from(thrown));
    }
  }

  /** Pictures of earlier settings stay until the new ones come, but cannot be used. */
  private setStale(isStale: boolean): void {
    this.caption.classList.toggle('stale', isStale);
    this.gridsElement.classList.toggle('stale', isStale);
    this.gridsElement.inert = isStale;
    this.controls.canExport = !isStale;
  }

  private showProgress({ done, total }: Progress): void {
    const { count } = this.settings;
    this.status.busy(
      t('Decoding {count} latents with model {number} of {total}…', {
        count,
        number: Math.min(done + 1, total),
        total,
      }),
    );
  }

  private showSamples(samples: { ae: Samples; vae: Samples }): void {
    this.shown = samples;
    this.status.clear();
    this.setStale(false);
    this.gridsElement.hidden = false;
    this.layOut();
    this.caption.textContent = this.sentence(samples);
    this.announcer.say(this.caption.textContent);
  }

  private showFailure(problem: Problem): void {
    this.shown = undefined;
    this.gridsElement.hidden = true;
    this.caption.textContent = '';
    this.status.fail(problem);
  }

  private sentence({ ae, vae }: { ae: Samples; vae: Samples }): string {
    const numbers = {
      count: ae.count,
      seed: ae.seed,
      ae: ae.milliseconds.toFixed(1),
      vae: vae.milliseconds.toFixed(1),
    };
    return ae.count === 1
      ? t(
          'One standard normal latent from seed {seed}, decoded by both models: in {ae} ms by the autoencoder, in {vae} ms by the variational autoencoder.',
          numbers,
        )
      : t(
          '{count} standard normal latents from seed {seed}, decoded by both models (same place, same latent): in {ae} ms by the autoencoder, in {vae} ms by the variational autoencoder.',
          numbers,
        );
  }

  private layOut(): void {
    if (!this.shown) return;
    const width = this.gridsElement.clientWidth;
    const isStacked = width < NARROW;
    const each = isStacked ? width : (width - BETWEEN) / 2;
    this.grids.ae.show(this.shown.ae, each);
    this.grids.vae.show(this.shown.vae, each);
    const right = this.grids.vae.element.getBoundingClientRect().right;
    // The controls end where the pictures end.
    this.controls.element.style.maxWidth = `${Math.max(right - this.gridsElement.getBoundingClientRect().left, NARROW)}px`;
    this.card.hide();
  }

  private point(index: number | null, place: DOMRect | null): void {
    this.grids.ae.mark(index);
    this.grids.vae.mark(index);
    if (index === null || !place || !this.shown) {
      this.card.hide();
      return;
    }
    const { ae, vae } = this.shown;
    const figure = (title: string, samples: Samples): HTMLElement =>
      element('figure', {}, element('figcaption', {}, title), enlargedPicture(samples, index, ENLARGED));
    this.card.show(
      place,
      'beside',
      element('div', {}, t('Picture {index} of {count}', { index: index + 1, count: ae.count })),
      element('div', { class: 'enlarged' }, figure(this.titles.ae, ae), figure(this.titles.vae, vae)),
    );
  }

  private async exportPng(): Promise<void> {
    if (!this.shown) return;
    const { ae, vae } = this.shown;
    const note = t('{count} standard normal latents, seed {seed}; same place, same latent', {
      count: ae.count,
      seed: ae.seed,
    });
    const models = [
      { title: this.titles.ae, samples: ae },
      { title: this.titles.vae, samples: vae },
    ];
    try {
      const png = await samplesPng(models, note);
      const saved = await this.host().call('exportPng', { png, name: `drylab-samples-seed${ae.seed}.png` });
      if (saved) this.announcer.say(t('Saved as {path}.', { path: saved.path }));
    } catch (thrown) {
      this.caption.textContent = problemText(Problem.from(thrown));
    }
  }
}
