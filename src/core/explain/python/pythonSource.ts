import { type PartialParse, type Tree, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import { maskSource } from './maskedSource';

/** A text and its syntax tree, kept up to date by reparsing only what changed, in slices that the caller sizes. */
export class PythonSource {
  private parsed: Tree | null = null;
  /**
   * The last tree without errors. Only such a tree is parsed on from: after one with errors, the incremental parser
   * may put later definitions inside earlier ones.
   */
  private sound: { readonly masked: string; readonly tree: Tree } | null = null;
  private running: { readonly masked: string; readonly parse: PartialParse } | null = null;
  private current = '';

  constructor(text: string) {
    this.start(text);
  }

  get text(): string {
    return this.current;
  }

  /** The tree of the present text, or `null` while `advance` still has work to do. */
  get tree(): Tree | null {
    return this.running === null ? this.parsed : null;
  }

  update(text: string): void {
    if (text !== this.current) this.start(text);
  }

  /** Parses until done or until `expired` says so; whether it is done. */
  advance(expired: () => boolean): boolean {
    while (this.running !== null) {
      const tree = this.running.parse.advance();
      if (tree !== null) {
        this.parsed = tree;
        if (isSound(tree)) this.sound = { masked: this.running.masked, tree };
        this.running = null;
      } else if (expired()) return false;
    }
    return true;
  }

  private start(text: string): void {
    this.current = text;
    const masked = maskSource(text);
    this.running = { masked, parse: parser.startParse(masked, this.reusable(masked)) };
  }

  private reusable(masked: string): readonly TreeFragment[] {
    if (this.sound === null) return [];
    const before = this.sound.masked;
    const shorter = Math.min(before.length, masked.length);
    let head = 0;
    while (head < shorter && before.charCodeAt(head) === masked.charCodeAt(head)) head++;
    let tail = 0;
    while (
      tail < shorter - head &&
      before.charCodeAt(before.length - 1 - tail) === masked.charCodeAt(masked.length - 1 - tail)
    )
      tail++;
    const change = { fromA: head, toA: before.length - tail, fromB: head, toB: masked.length - tail };
    const whole = TreeFragment.addTree(this.sound.tree);
    return change.fromA === change.toA && change.fromB === change.toB
      ? whole
      : TreeFragment.applyChanges(whole, [change]);
  }
}

function isSound(tree: Tree): boolean {
  let sound = true;
  tree.iterate({
    enter: ({ type }) => {
      if (type.isError) sound = false;
      return sound;
    },
  });
  return sound;
}
