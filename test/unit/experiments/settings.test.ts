import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { EXPERIMENTS } from '../../../src/core/experiments/registry';
import { checkedSettings, type SettingDeclarations } from '../../../src/core/experiments/settings';
import { phrase } from '../../../src/core/explain/phrase';
import { Problem } from '../../../src/core/problem';

const LABEL = phrase('Label');

interface Settings {
  readonly [name: string]: string | number;
}

const DECLARED: SettingDeclarations<Settings> = {
  rate: { kind: 'number', label: LABEL, least: 0.1, greatest: 0.9, initial: 0.5, isWhole: false },
  steps: { kind: 'number', label: LABEL, least: 1, greatest: 10, initial: 3, isWhole: true },
  schedule: { kind: 'choice', label: LABEL, choices: { linear: LABEL, cosine: LABEL }, initial: 'linear' },
  sentence: { kind: 'text', label: LABEL, initial: 'Hello.', longest: 12 },
};
const INITIAL = { rate: 0.5, steps: 3, schedule: 'linear', sentence: 'Hello.' };

/** What the declarations above say in words. */
function isAllowed(values: Readonly<Record<string, unknown>>): boolean {
  const { rate, steps, schedule, sentence } = values;
  return (
    typeof rate === 'number' &&
    0.1 <= rate &&
    rate <= 0.9 &&
    typeof steps === 'number' &&
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].includes(steps) &&
    (schedule === 'linear' || schedule === 'cosine') &&
    typeof sentence === 'string' &&
    sentence.length <= 12 &&
    /\S/.test(sentence)
  );
}

const refused = (name: string) => (thrown: unknown) =>
  thrown instanceof Problem && thrown.code === 'experiment.setting' && thrown.data.setting === name;

describe('settings', () => {
  it('are the initial ones when none is given', () => {
    assert.deepEqual(checkedSettings(DECLARED, {}), INITIAL);
  });

  it('replace one value and leave the others', () => {
    assert.deepEqual(checkedSettings(DECLARED, { steps: 10 }), { ...INITIAL, steps: 10 });
    assert.deepEqual(checkedSettings(DECLARED, { rate: 0.1, schedule: 'cosine' }), {
      ...INITIAL,
      rate: 0.1,
      schedule: 'cosine',
    });
  });

  const bad: [name: string, value: unknown][] = [
    ['rate', 0.0999],
    ['rate', 0.9001],
    ['rate', NaN],
    ['rate', Infinity],
    ['rate', '0.5'],
    ['rate', null],
    ['rate', undefined],
    ['rate', 1n],
    ['steps', 0],
    ['steps', 11],
    ['steps', 2.5],
    ['steps', NaN],
    ['steps', [3]],
    ['schedule', 'sine'],
    ['schedule', ''],
    ['schedule', 'toString'],
    ['schedule', 0],
    ['schedule', ['linear']],
    ['sentence', ''],
    ['sentence', ' \n'],
    ['sentence', 'thirteen char'],
    ['sentence', 5],
  ];
  for (const [name, value] of bad) {
    it(`refuse ${inspect(value)} for ${name}`, () => {
      assert.throws(() => checkedSettings(DECLARED, { [name]: value }), refused(name));
    });
  }

  it('refuse names that are not declared, also those that every object has', () => {
    for (const name of ['rates', 'toString', 'constructor', '__proto__', '']) {
      assert.throws(() => checkedSettings(DECLARED, Object.fromEntries([[name, 1]])), refused(name));
      assert.throws(() => checkedSettings({}, Object.fromEntries([[name, 1]])), refused(name));
    }
  });

  it('let nothing through that is out of range, whatever is given', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }),
      fc.double(),
      fc.integer({ min: -1, max: 12 }),
      fc.constantFrom('linear', 'cosine', 'Hello.', 0.1, 0.9),
    );
    const given = fc.record(
      { rate: anything, steps: anything, schedule: anything, sentence: anything },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(given, (values) => {
        let checked: Settings;
        try {
          checked = checkedSettings(DECLARED, values);
        } catch (thrown) {
          assert.ok(thrown instanceof Problem && thrown.code === 'experiment.setting', String(thrown));
          assert.ok(!isAllowed({ ...INITIAL, ...values }));
          return;
        }
        assert.deepEqual(checked, { ...INITIAL, ...values });
        assert.ok(isAllowed(checked));
      }),
      { numRuns: 1_000 },
    );
  });

  it('of every experiment are within their own bounds from the start', () => {
    for (const { id, settings } of EXPERIMENTS) {
      const initial = Object.fromEntries(Object.entries(settings).map(([name, { initial: value }]) => [name, value]));
      assert.deepEqual(checkedSettings(settings, {}), initial, id);
      assert.deepEqual(checkedSettings(settings, initial), initial, id);
    }
  });
});
