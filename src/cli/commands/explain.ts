import { explainNotebook, explainScript } from '../../core/explain/explainFile';
import { Problem } from '../../core/problem';
import { readInput } from '../../platform/readInput';
import { decodeUtf8 } from '../../platform/utf8';
import { onlyWord, type Command } from '../command';

export const explain: Command = {
  name: 'explain',
  usage: 'FILE.py|FILE.ipynb',
  summary: 'Explain the PyTorch code of a script or notebook: layers, parameters, cost, mistakes.',
  options: {},
  async run(words) {
    const file = onlyWord(words, 'script or notebook');
    const read = file.endsWith('.ipynb') ? explainNotebook : file.endsWith('.py') ? explainScript : undefined;
    if (!read) throw new Problem('usage', { detail: `${file}: give a .py or an .ipynb file.` });
    const explained = read(file, decodeUtf8(await readInput(file), file));
    const lines = explained.items.map(({ cell, range, title, parameters, cost, mistake }) => {
      const place = `${cell === null ? '' : `cell ${cell}, `}line ${range.start.line + 1}`;
      const facts = [parameters === null ? '' : `${parameters.toLocaleString('en')} parameters`, cost, mistake];
      return [place, title, ...facts.filter(Boolean)].join(' · ');
    });
    const totals = [...explained.classes, ...explained.builders].map(
      ({ name, parameters, exact }) =>
        `${name}: ${exact ? '' : 'at least '}${parameters.toLocaleString('en')} parameters`,
    );
    return { json: explained, text: [...lines, ...totals].join('\n') };
  },
};
