import fc from 'fast-check';
import type { Annotation, Reply } from '../../../src/core/annotation/annotation';
import type { Pen } from '../../../src/core/annotation/noteBook';
import type { Sidecar } from '../../../src/core/annotation/sidecar';

export function someNote(change: Partial<Annotation> = {}): Annotation {
  return {
    id: 'n1',
    part: '7b',
    kind: 'note',
    anchor: { exact: 'linear cost', prefix: 'It has ', suffix: ' in n.', start: 7, end: 18 },
    body: 'Says who?',
    author: 'Ada',
    created: '2026-01-01T10:00:00.000Z',
    modified: '2026-01-01T10:00:00.000Z',
    resolved: false,
    replies: [],
    ...change,
  };
}

export function someReply(change: Partial<Reply> = {}): Reply {
  const at = '2026-01-02T10:00:00.000Z';
  return { id: 'r1', body: 'I do.', author: 'Bob', created: at, modified: at, ...change };
}

/** Ids and times count up. */
export function countingPen(author = 'Ada'): Pen {
  let count = 0;
  return {
    newId: () => `id-${++count}`,
    now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, ++count)).toISOString(),
    author: () => author,
  };
}

const time = fc.integer({ min: 0, max: 5 }).map((hour) => `2026-01-01T0${hour}:00:00.000Z`);
const words = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '\n', '"', 'é', '😀', '\ud800'), maxLength: 6 });
const unknown = fc.dictionary(fc.constantFrom('x-colour', 'x-weight', '__proto__'), fc.jsonValue({ maxDepth: 1 }));

const reply = (id: string): fc.Arbitrary<Reply> =>
  fc.record({ id: fc.constant(id), body: words, author: words, created: time, modified: time });

function someOf<T>(ids: readonly string[], make: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.subarray([...ids]).chain((chosen) => fc.tuple(...chosen.map(make)) as fc.Arbitrary<T[]>);
}

const note = (id: string): fc.Arbitrary<Annotation> =>
  fc
    .record({
      part: fc.constantFrom('7b', null),
      anchor: fc.record({
        exact: fc.constantFrom('a', 'b c'),
        prefix: words,
        suffix: words,
        start: fc.nat(9),
        end: fc.nat(9),
      }),
      body: words,
      author: words,
      created: time,
      modified: time,
      resolved: fc.boolean(),
      replies: someOf(['r1', 'r2', 'r3'], reply),
      extra: unknown,
    })
    .map(({ extra, ...known }) => ({ ...extra, ...known, id, kind: 'note' as const }));

/** A file's notes: few ids, so that files share them. */
export const anySidecar: fc.Arbitrary<Sidecar> = fc.record({
  annotations: someOf(['n1', 'n2', 'n3', 'n4'], note),
  extra: unknown,
});
