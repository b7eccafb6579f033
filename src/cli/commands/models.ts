import { Problem } from '../../core/problem';
import type { Command } from '../command';

export const models: Command = {
  name: 'models',
  usage: '[--verify]',
  summary: 'List the bundled models; with --verify, compare every file with its hash.',
  options: { verify: { type: 'boolean' } },
  async run(words, options, { lab }) {
    if (words.length > 0) throw new Problem('usage', { detail: `models takes no "${words.join(' ')}".` });
    const list = await lab.call('models', { verify: options.verify === true });
    const lines = list.map(
      ({ id, bytes, parameters, verified, title }) =>
        `${id.padEnd(22)}${(bytes / 2 ** 20).toFixed(2).padStart(6)} MB  ${parameters.toLocaleString('en').padStart(9)} parameters  ` +
        `${verified ? 'verified  ' : ''}${title}`,
    );
    return { json: list, text: lines.join('\n') };
  },
};
