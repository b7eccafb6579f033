import assert from 'node:assert/strict';
import type { Assignment, Claim } from '../../../src/core/assignment/assignment';
import { experimentsByClaim } from '../../../src/core/check/experimentsByClaim';

const claim = (id: string, predicate: string | null): Claim => ({ id, kind: 'E', statement: 'It is so.', predicate });
const part = (id: string, claims: readonly Claim[]) => ({ id, prompt: '', points: 1, claims });

describe('experiments by claim', () => {
  it('are those of the questions, for claims that are measured', () => {
    const assignment: Assignment = {
      id: 'a',
      title: 'A',
      questions: [
        {
          id: '1',
          title: 'One',
          prompt: '',
          experiment: 'first',
          parts: [
            part('1a', [claim('1a.x', 'Measured.'), claim('1a.y', null)]),
            part('1b', [claim('1b.z', 'Measured.')]),
          ],
        },
        { id: '2', title: 'Two', prompt: '', experiment: null, parts: [part('2', [claim('2.x', 'Measured.')])] },
      ],
    };
    assert.deepEqual(
      [...experimentsByClaim(assignment)],
      [
        ['1a.x', 'first'],
        ['1b.z', 'first'],
      ],
    );
  });
});
