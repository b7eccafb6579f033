import { ATTENTION_KINDS, type AttentionKind, type HeadChoice } from '../../src/core/models/attention';
import { COLOUR_SCALES, type ColourScale } from '../shared/figures/colourScale';

/** Everything that a person chose; kept across hiding and window reloads. */
export interface AttentionState {
  readonly sentence: string;
  /** 1 is greedy decoding. */
  readonly beams: number;
  readonly kind: AttentionKind;
  /** From 0. */
  readonly layer: number;
  readonly head: HeadChoice;
  readonly mergesSubwords: boolean;
  readonly showsEndMark: boolean;
  readonly showsValues: boolean;
  readonly scale: ColourScale;
  /** The largest weight of the map gets the brightest colour, instead of 1. */
  readonly stretches: boolean;
  /** Translated sentences, the latest first. */
  readonly history: readonly string[];
}

export const BEAM_CHOICES = [1, 4] as const;
export const EXAMPLES = [
  'She drinks a glass of cold water.',
  'The little cat is sleeping on the red sofa.',
  "I don't know where the station is.",
  "He doesn't want to wear his black shoes.",
  'My brother works in a small bookshop near the river.',
  'She forgot her new umbrella on the train.',
] as const;

const HISTORY_LENGTH = 12;

const DEFAULTS: AttentionState = {
  sentence: EXAMPLES[0],
  beams: 4,
  kind: 'cross',
  layer: 1,
  head: 'mean',
  mergesSubwords: true,
  showsEndMark: true,
  showsValues: false,
  scale: 'cividis',
  stretches: false,
  history: [],
};

/** What was saved, as far as it is usable; defaults for the rest. */
export function restoredState(saved: Partial<AttentionState> = {}): AttentionState {
  const state = { ...DEFAULTS };
  for (const key of Object.keys(DEFAULTS) as (keyof AttentionState)[]) {
    if (typeof saved[key] === typeof DEFAULTS[key]) Object.assign(state, { [key]: saved[key] });
  }
  const { head = state.head, history } = saved;
  return {
    ...state,
    head: Number.isInteger(head) || head === 'mean' ? head : DEFAULTS.head,
    beams: BEAM_CHOICES.find((beams) => beams === state.beams) ?? DEFAULTS.beams,
    kind: ATTENTION_KINDS.includes(state.kind) ? state.kind : DEFAULTS.kind,
    scale: COLOUR_SCALES.includes(state.scale) ? state.scale : DEFAULTS.scale,
    history: Array.isArray(history) ? history.filter((entry) => typeof entry === 'string') : [],
  };
}

/** The history with a sentence put first. */
export function remembered(history: readonly string[], sentence: string): string[] {
  return [sentence, ...history.filter((earlier) => earlier !== sentence)].slice(0, HISTORY_LENGTH);
}
