import { findEntry } from '../catalogue/catalogue';
import { path, sameValue, unknown, type Value } from './value';

/** Names and their present values, in one module, class or function. */
export class Scope {
  private values = new Map<string, Value>();
  /** Names that were bound to different values in the course of the module. */
  private readonly unstable = new Set<string>();
  private readonly starred: string[] = [];

  constructor(
    readonly kind: 'module' | 'class' | 'function',
    readonly parent: Scope | null,
    /** Times that each name is bound anywhere in this scope. */
    private readonly bindings: ReadonlyMap<string, number>,
  ) {}

  /** `null` for a name that is bound nowhere. Code of another scope sees only what is bound once, or always the same. */
  lookup(name: string, from: Scope = this): Value | null {
    const skipped = this.kind === 'class' && from !== this;
    const own = skipped ? undefined : this.values.get(name);
    if (own !== undefined) {
      if (this.kind !== 'module') return own;
      if (own.kind === 'constant' && (this.bindings.get(name) ?? 0) > 1) return unknown(name);
      return from !== this && this.unstable.has(name) ? unknown(name) : own;
    }
    if (!skipped && this.bindings.has(name) && this.kind === 'function') return unknown(name);
    if (this.parent !== null) return this.parent.lookup(name, from);
    if (!skipped && this.bindings.has(name)) return unknown(name);
    return this.fromStar(name);
  }

  /** Names that a star import of PyTorch provides; others it may provide are unknown and so are not found. */
  private fromStar(name: string): Value | null {
    const module = this.starred.find((dotted) => findEntry(`${dotted}.${name}`) !== undefined);
    return module === undefined ? null : path(`${module}.${name}`);
  }

  own(name: string): Value | undefined {
    return this.values.get(name);
  }

  bind(name: string, value: Value): void {
    const before = this.values.get(name);
    if (this.kind === 'module' && before !== undefined && !sameValue(before, value)) this.unstable.add(name);
    this.values.set(name, value);
  }

  unbind(name: string): void {
    this.values.delete(name);
  }

  /** `from module import *`: names of PyTorch that are then found there. */
  importAll(dotted: string): void {
    this.starred.push(dotted);
  }

  snapshot(): ReadonlyMap<string, Value> {
    return new Map(this.values);
  }

  restore(values: ReadonlyMap<string, Value>): void {
    this.values = new Map(values);
  }

  /** After two ways through the code: what both agree on stays known. */
  join(other: ReadonlyMap<string, Value>, merge: (a: Value, b: Value, name: string) => Value): void {
    for (const [name, value] of other) {
      const mine = this.values.get(name);
      this.values.set(name, mine === undefined || sameValue(mine, value) ? value : merge(mine, value, name));
    }
  }
}

export function countNames(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
