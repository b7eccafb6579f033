import type { SourceContext } from './lowering';
import { lowerStatement } from './lowerStatement';
import type { TopLevelNode } from './plainTree';
import type { Statement } from './syntax';

interface Lowered {
  readonly statements: readonly Statement[];
  readonly spans: SourceContext['spans'];
  /** Offset of the first character among all units. */
  start: number;
  /** Whether the syntax is right, so that the text alone decides what the statements are. */
  readonly sound: boolean;
}

/** Sound statements of one unit by their text: those that an edit left alone are moved instead of made again. */
export class StatementCache {
  private previous = new Map<string, Lowered[]>();
  private current = new Map<string, Lowered[]>();

  /** Begins a new version of the unit; what the version before did not use is dropped. */
  begin(): void {
    this.previous = this.current;
    this.current = new Map();
  }

  lower(node: TopLevelNode, text: string, base: number): readonly Statement[] {
    const key = text.slice(node.from, node.to);
    const lowered = this.previous.get(key)?.pop() ?? make(node, text, base);
    move(lowered, base + node.from);
    if (!lowered.sound) return lowered.statements;
    const alike = this.current.get(key);
    if (alike === undefined) this.current.set(key, [lowered]);
    else alike.push(lowered);
    return lowered.statements;
  }
}

function make(node: TopLevelNode, text: string, base: number): Lowered {
  const spans: SourceContext['spans'] = [];
  const plain = node.read();
  const statements = lowerStatement(plain, { text, base, spans });
  return { statements, spans, start: base + node.from, sound: plain.sound };
}

function move(lowered: Lowered, start: number): void {
  const by = start - lowered.start;
  if (by === 0) return;
  for (const span of lowered.spans) {
    span.start += by;
    span.end += by;
  }
  lowered.start = start;
}
