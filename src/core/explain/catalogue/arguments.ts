import type { Value } from '../evaluate/value';
import { type Default, REQUIRED, type Signature } from './entry';

/** Arguments of a call as they were passed: positional ones in order, keywords by name. */
export interface PassedArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** Whether a `*rest` of unknown length follows the positional ones, or unknown keywords came with `**rest`. */
  readonly openPositional: boolean;
  readonly openKeywords: boolean;
  /** Source text of what left them open. */
  readonly openTexts: readonly string[];
}

export function passing(...positional: readonly Value[]): PassedArguments {
  return { positional, keywords: new Map(), openPositional: false, openKeywords: false, openTexts: [] };
}

const constant = (value: Exclude<Default, typeof REQUIRED>): Value => ({
  kind: 'constant',
  value,
  // A default that is written 0.1 in PyTorch is a float; whole defaults in the catalogue are integers.
  float: typeof value === 'number' && !Number.isInteger(value),
});

/** Arguments bound to the names of a signature, defaults filled in. */
export class Arguments {
  private readonly bound = new Map<string, Value>();
  /** Whether the call fits the signature, as far as can be seen. */
  readonly fits: boolean;

  constructor(signature: Signature, passed: PassedArguments) {
    const names = Object.keys(signature);
    const passedByPlace = names.slice(0, passed.positional.length);
    const unknownKeyword = [...passed.keywords.keys()].some(
      (name) => !names.includes(name) || passedByPlace.includes(name),
    );
    names.forEach((name, index) => {
      const given = passed.positional[index] ?? passed.keywords.get(name);
      const initial = signature[name];
      const open = passed.openKeywords || passed.openPositional;
      if (given !== undefined) this.bound.set(name, given);
      else if (!open && initial !== undefined && initial !== REQUIRED) this.bound.set(name, constant(initial));
    });
    const complete = names.every((name) => this.bound.has(name) || signature[name] !== REQUIRED);
    this.fits =
      !unknownKeyword &&
      passed.positional.length <= names.length &&
      (complete || passed.openKeywords || passed.openPositional);
    for (const value of this.bound.values()) if (value.kind === 'unknown') value.usedAsNumber = true;
  }

  get values(): ReadonlyMap<string, Value> {
    return this.bound;
  }

  value(name: string): Value | undefined {
    return this.bound.get(name);
  }

  /** A whole number ≥ 0, or `null`; floats are refused as PyTorch refuses them. */
  integer(name: string): number | null {
    return wholeNumber(this.bound.get(name));
  }

  number(name: string): number | null {
    const value = this.bound.get(name);
    return value?.kind === 'constant' && typeof value.value === 'number' ? value.value : null;
  }

  /** Truth of a flag; `null` when it is not known. */
  flag(name: string): boolean | null {
    const value = this.bound.get(name);
    if (value?.kind !== 'constant' || typeof value.value === 'string') return null;
    return Boolean(value.value);
  }

  isNone(name: string): boolean | null {
    const value = this.bound.get(name);
    if (value === undefined || value.kind === 'unknown') return null;
    return value.kind === 'constant' && value.value === null;
  }

  string(name: string): string | null {
    const value = this.bound.get(name);
    return value?.kind === 'constant' && typeof value.value === 'string' ? value.value : null;
  }

  /** `n` whole numbers, from one number or from a tuple or list of `n`. */
  integers(name: string, n: number): readonly number[] | null {
    const value = this.bound.get(name);
    const single = wholeNumber(value);
    if (single !== null) return Array.from({ length: n }, () => single);
    const all = this.shape(name);
    return all?.length === n ? all : null;
  }

  /** Whole numbers of a tuple or list of any length; one number counts as one. */
  shape(name: string): readonly number[] | null {
    const value = this.bound.get(name);
    const single = wholeNumber(value);
    if (single !== null) return [single];
    if (value?.kind !== 'sequence' || value.open) return null;
    const sizes = value.items.map(wholeNumber);
    return sizes.includes(null) ? null : sizes.filter((size) => size !== null);
  }

  /** The argument as it should stand in a shape: its number, or the parameter's name. */
  text(name: string): string {
    return String(this.integer(name) ?? name);
  }
}

function wholeNumber(value: Value | undefined): number | null {
  if (value?.kind !== 'constant' || typeof value.value !== 'number' || value.float) return null;
  return Number.isSafeInteger(value.value) && value.value >= 0 ? value.value : null;
}
