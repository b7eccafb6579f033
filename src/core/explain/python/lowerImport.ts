import { separated, type SourceContext, textOf } from './lowering';
import type { PlainNode } from './plainTree';
import type { ImportedName } from './syntax';

const dotted = (nodes: readonly PlainNode[], source: SourceContext): string =>
  nodes.map((node) => textOf(source, node)).join('');

/** What an import binds. `import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`. */
export function lowerImport(node: PlainNode, source: SourceContext): ImportedName[] {
  const start = node.children.findIndex(({ name }) => name === 'import');
  const list = node.children.slice(start + 1).filter(({ name }) => name !== '(' && name !== ')');
  const from = node.children[0]?.name === 'from' ? dotted(node.children.slice(1, Math.max(start, 1)), source) : null;
  const names: ImportedName[] = [];
  for (const run of separated(list, ',')) {
    const [path, alias] = separated(run, 'as');
    const name = dotted(path ?? [], source);
    if (name === '') continue;
    const bound = alias?.[0] === undefined ? null : textOf(source, alias[0]);
    if (from === null) names.push(bound === null ? root(name) : { bound, path: name });
    else if (name === '*') names.push({ bound: '*', path: from });
    else names.push({ bound: bound ?? name, path: from.endsWith('.') ? from + name : `${from}.${name}` });
  }
  return names;
}

function root(path: string): ImportedName {
  const first = path.split('.')[0] ?? path;
  return { bound: first, path: first };
}
