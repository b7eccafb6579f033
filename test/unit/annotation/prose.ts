/** Prose with the words and the repetitions of a real report, for tests: the same seed gives the same text. */

const COMMON = 'the a of to and in is that it for as with on by not we are this be which from at an or can'.split(' ');
const TERMS = (
  'model loss gradient layer network attention latent encoder decoder sample training weight batch learning rate ' +
  'softmax query key value vector matrix dimension sequence token hidden output input distribution prior posterior ' +
  'variance mean reconstruction optimizer momentum epoch dropout normalisation kernel convolution channel pooling'
).split(' ');
const VERBS = 'learns predicts reduces increases computes depends converges explodes vanishes approximates'.split(' ');

/** A generator of numbers in [0, 1), after mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(items: readonly T[], next: () => number): T {
  return items[Math.floor(next() * items.length)]!;
}

export function sentence(next: () => number): string {
  const words = Array.from({ length: 6 + Math.floor(next() * 14) }, () => {
    const kind = next();
    return kind < 0.5 ? pick(COMMON, next) : kind < 0.85 ? pick(TERMS, next) : pick(VERBS, next);
  });
  const text = words.join(' ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** Paragraphs of sentences, about `length` characters. */
export function prose(length: number, seed: number): string {
  const next = random(seed);
  let text = '';
  while (text.length < length) text += sentence(next) + (next() < 0.15 ? '\n\n' : ' ');
  return text;
}
