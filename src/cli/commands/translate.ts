import { onlyWord, wholeNumber, type Command } from '../command';

export const translate: Command = {
  name: 'translate',
  usage: '"SENTENCE"',
  summary: 'Translate an English sentence to French and give every attention map.',
  options: { beams: { type: 'string' } },
  async run(words, options, { lab }) {
    const sentence = onlyWord(words, 'sentence (in quotes)');
    const translation = await lab.call('translate', { sentence, beams: wholeNumber(options, 'beams', 4) });
    return { json: translation, text: translation.text };
  },
};
