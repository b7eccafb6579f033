/** Settings that a person may change, with their bounds: surfaces build controls from them, and all values are checked. */
import type { Phrase } from '../explain/phrase';
import { Problem } from '../problem';
import type { SettingValue, SettingValues } from './evidence';

interface Labelled {
  readonly label: Phrase;
}

export interface NumberSetting extends Labelled {
  readonly kind: 'number';
  readonly least: number;
  readonly greatest: number;
  readonly initial: number;
  readonly isWhole: boolean;
}

export interface ChoiceSetting extends Labelled {
  readonly kind: 'choice';
  readonly choices: Readonly<Record<string, Phrase>>;
  readonly initial: string;
}

export interface TextSetting extends Labelled {
  readonly kind: 'text';
  readonly initial: string;
  /** In UTF-16 characters. */
  readonly longest: number;
}

export type SettingDeclaration = NumberSetting | ChoiceSetting | TextSetting;
export type SettingDeclarations<Settings extends SettingValues> = {
  readonly [K in keyof Settings]: SettingDeclaration;
};

/** Characters of a refused value that a message repeats. */
const MOST_SHOWN = 60;

function flaw(declaration: SettingDeclaration, value: unknown): string | null {
  switch (declaration.kind) {
    case 'number': {
      const { least, greatest, isWhole } = declaration;
      const isFine =
        typeof value === 'number' && value >= least && value <= greatest && (!isWhole || Number.isInteger(value));
      return isFine ? null : `expected ${isWhole ? 'a whole number' : 'a number'} from ${least} to ${greatest}`;
    }
    case 'choice': {
      const known = Object.keys(declaration.choices);
      return typeof value === 'string' && known.includes(value) ? null : `expected one of ${known.join(', ')}`;
    }
    case 'text': {
      const { longest } = declaration;
      const isFine = typeof value === 'string' && value.trim() !== '' && value.length <= longest;
      return isFine ? null : `expected 1 to ${longest} characters`;
    }
  }
}

/** A value of any kind in a few words. */
function shown(value: unknown): string {
  const isPlain = value === null || !['object', 'function', 'symbol'].includes(typeof value);
  // Not every object has a text.
  const text = isPlain ? String(value) : typeof value;
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** The given values over the initial ones. @throws Problem `experiment.setting` for an unknown name or a value out of range. */
export function checkedSettings<Settings extends SettingValues>(
  declarations: SettingDeclarations<Settings>,
  given: Readonly<Record<string, unknown>>,
): Settings {
  const known: readonly string[] = Object.keys(declarations);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const detail = known.length === 0 ? 'there are no settings' : `expected one of ${known.join(', ')}`;
    throw new Problem('experiment.setting', { setting: name, value: '', detail });
  }
  const checked = Object.entries<SettingDeclaration>(declarations).map(
    ([name, declaration]): [string, SettingValue] => {
      const value = Object.hasOwn(given, name) ? given[name] : declaration.initial;
      const detail = flaw(declaration, value);
      if (detail !== null) throw new Problem('experiment.setting', { setting: name, value: shown(value), detail });
      return [name, value as SettingValue];
    },
  );
  return Object.fromEntries(checked) as unknown as Settings;
}
