import assert from 'node:assert/strict';
import type { PartFindings } from '../../../src/core/check/finding';
import { Problem } from '../../../src/core/problem';
import type { Checks, ReportCheck } from '../../../src/extension/checks/checks';
import type { Dismissal } from '../../../src/extension/checks/dismissals';
import type { ReportSession } from '../../../src/extension/reports/reportSession';
import { FindingsFeed } from '../../../src/extension/views/findingsFeed';
import { ANSWER, finding, MISCONCEPTION, partWith, WRONG_FORMULA } from '../check/someFindings';

/** As much of `Checks` as a feed looks at. */
class SomeChecks {
  parts: readonly PartFindings[] | null = null;
  pending: readonly string[] = ['attention-cost'];
  reading = false;
  problem: Problem | undefined;
  dismissed: readonly Dismissal[] = [];
  readonly dismissals = { all: () => this.dismissed };

  of(): Partial<ReportCheck> | undefined {
    if (!this.parts) return undefined;
    const answers = this.parts.map(({ part }) => ({ id: part, text: ANSWER }));
    return { report: { parts: answers } as unknown as ReportCheck['report'], parts: this.parts, pending: this.pending };
  }

  isReading(): boolean {
    return this.reading;
  }

  problemOf(): Problem | undefined {
    return this.problem;
  }
}

describe('the feed of findings', () => {
  const session = { uri: {} } as unknown as ReportSession;
  const [first, second] = [partWith([finding()]), { ...partWith([MISCONCEPTION], [WRONG_FORMULA]), part: '7c' }];
  let checks: SomeChecks;
  let feed: FindingsFeed;

  beforeEach(() => {
    checks = new SomeChecks();
    feed = new FindingsFeed(checks as unknown as Checks);
  });

  it('begins with all that is known', () => {
    assert.deepEqual(feed.first(session), { stage: 'unread', problem: null, pending: [], isFirst: true, parts: [] });
    checks.parts = [first, second];
    const { stage, pending, parts } = feed.first(session);
    assert.deepEqual([stage, pending, parts.map(({ part }) => part)], ['read', ['attention-cost'], ['7b', '7c']]);
  });

  it('tells nothing twice, and only of the parts that changed', () => {
    checks.parts = [first, second];
    feed.first(session);
    assert.equal(feed.next(session), null);
    checks.parts = [partWith([finding({ confidence: 0.8 })]), second];
    const update = feed.next(session);
    assert.deepEqual([update?.isFirst, update?.parts.map(({ part }) => part)], [false, ['7b']]);
    checks.pending = [];
    assert.deepEqual(feed.next(session), { stage: 'read', problem: null, pending: [], isFirst: false, parts: [] });
  });

  it('tells how reading goes, and why it did not', () => {
    checks.reading = true;
    assert.equal(feed.first(session).stage, 'reading');
    checks.reading = false;
    checks.problem = new Problem('model.missing', { file: 'x.onnx' });
    const { stage, problem } = feed.first(session);
    assert.deepEqual([stage, problem], ['problem', { code: 'model.missing', data: { file: 'x.onnx' } }]);
    checks.problem = new Problem('cancelled');
    assert.equal(feed.first(session).stage, 'unread');
  });

  it('has the words of each span, wrong formulas alone, and the reasons of dismissals', () => {
    const right = { ...WRONG_FORMULA, verdict: 'right' as const };
    checks.parts = [{ ...second, formulas: [WRONG_FORMULA, right] }];
    checks.dismissed = [
      { claim: MISCONCEPTION.claim, stance: 'asserts', reason: 'She means the mean.' },
      { claim: '7c $O(n^2 d)$', stance: 'wrong', reason: 'Taste.' },
    ];
    const [part] = feed.first(session).parts;
    assert.deepEqual(
      part?.claims.map(({ words, dismissed }) => ({ words, dismissed })),
      [{ words: ['The same', 'every token'], dismissed: 'She means the mean.' }],
    );
    assert.deepEqual(
      part.formulas.map(({ words, dismissed }) => ({ words, dismissed })),
      [{ words: '$O(n^2 d)$', dismissed: 'Taste.' }],
    );
  });

  it('forgets a dismissal when the answer takes another stance', () => {
    checks.parts = [first];
    checks.dismissed = [{ claim: '7b.cost', stance: 'denies', reason: 'No.' }];
    assert.equal(feed.first(session).parts[0]?.claims[0]?.dismissed, null);
  });
});
