import assert from 'node:assert/strict';
import type { Claim, ClaimKind } from '../../../src/core/assignment/assignment';
import type { KnownEvidence, Verdict } from '../../../src/core/check/finding';
import { judgeClaim, judgeReport } from '../../../src/core/check/judge';
import { suggestedPoints } from '../../../src/core/check/points';
import type { StanceKind } from '../../../src/core/check/stance';
import type { OutcomeKind } from '../../../src/core/experiments/evidence';
import { phrase } from '../../../src/core/explain/phrase';

const claim = (kind: ClaimKind): Claim => ({ id: '1.x', kind, statement: 'It is so.', predicate: 'Measured.' });

const found = (outcome: OutcomeKind): KnownEvidence => ({
  experiment: 'e',
  outcome,
  effect: 2,
  interval: [1, 3],
  unit: 'points',
  detail: phrase('detail'),
});

function verdict(kind: ClaimKind, stance: StanceKind, evidence: KnownEvidence, confidence = 1): Verdict {
  return judgeClaim('1', claim(kind), { claim: '1.x', stance, confidence, spans: [] }, evidence).verdict;
}

describe('the verdict on a claim', () => {
  const [holds, fails, unsure] = [found('holds'), found('fails'), found('inconclusive')];
  // Stance × evidence, as the domain defines it.
  const TABLE: readonly [ClaimKind, StanceKind, KnownEvidence, Verdict][] = [
    ['E', 'asserts', holds, 'supported'],
    ['E', 'asserts', fails, 'contradicted'],
    ['E', 'denies', holds, 'contradicted'],
    ['E', 'denies', fails, 'supported'],
    ['E', 'asserts', unsure, 'unverified'],
    ['E', 'denies', unsure, 'unverified'],
    ['E', 'asserts', 'pending', 'unverified'],
    ['E', 'asserts', null, 'stated'],
    ['E', 'denies', null, 'contradicted'],
    ['E', 'silent', holds, 'missing'],
    ['E', 'silent', null, 'missing'],
    ['O', 'silent', holds, 'not-mentioned'],
    ['O', 'asserts', holds, 'supported'],
    ['M', 'silent', fails, 'not-mentioned'],
    ['M', 'asserts', fails, 'misconception'],
    ['M', 'denies', fails, 'supported'],
    ['M', 'asserts', holds, 'supported'],
    ['M', 'asserts', unsure, 'unverified'],
    ['M', 'asserts', null, 'misconception'],
    ['M', 'denies', null, 'supported'],
  ];
  for (const [kind, stance, evidence, expected] of TABLE) {
    const says = evidence === null || evidence === 'pending' ? String(evidence) : evidence.outcome;
    it(`of kind ${kind} that the answer ${stance}, evidence ${says}, is ${expected}`, () => {
      assert.equal(verdict(kind, stance, evidence), expected);
    });
  }

  it('is unverified where the reading is unsure, sooner for an accusation than for an agreement', () => {
    assert.equal(verdict('E', 'asserts', holds, 0.6), 'supported');
    assert.equal(verdict('E', 'asserts', holds, 0.4), 'unverified');
    assert.equal(verdict('E', 'denies', holds, 0.9), 'unverified');
    assert.equal(verdict('M', 'asserts', fails, 0.5), 'unverified');
    assert.equal(verdict('E', 'silent', holds, 0.65), 'unverified');
    assert.equal(verdict('O', 'silent', holds, 0.65), 'not-mentioned');
    assert.equal(verdict('O', 'silent', holds, 0.35), 'unverified');
  });

  it('of a compared cost needs less: growth rates are computed, not read', () => {
    const stance = { claim: '1.x', stance: 'denies', confidence: 0.9, spans: [], isComputed: true } as const;
    assert.equal(judgeClaim('1', claim('E'), stance, holds).verdict, 'contradicted');
  });

  it('tells the numbers of the experiment', () => {
    const { why } = judgeClaim('1', claim('E'), { claim: '1.x', stance: 'asserts', confidence: 1, spans: [] }, holds);
    assert.deepEqual(
      [why.data['effect'], why.data['low'], why.data['high'], why.data['unit']],
      ['2', '1', '3', 'points'],
    );
  });
});

describe('the findings of a report', () => {
  const part = { id: '1', prompt: 'Why?', points: 10, claims: [claim('E')] };
  const assignment = {
    id: 'a',
    title: 'A',
    questions: [{ id: '1', title: 'Q', prompt: '', experiment: 'e', parts: [part] }],
  };

  it('miss every expected claim of a part without an answer, and suggest no points', () => {
    const [judged] = judgeReport(assignment, [], new Map());
    assert.equal(judged?.isAnswered, false);
    assert.equal(judged.suggested, 0);
    assert.deepEqual(
      judged.claims.map((finding) => finding.verdict),
      ['missing'],
    );
  });

  it('wait for an experiment that has not run, and have no evidence where it does not decide the claim', () => {
    const reading = {
      part: '1',
      stances: [{ claim: '1.x', stance: 'asserts', confidence: 1, spans: [] }],
      formulas: [],
    } as const;
    assert.equal(judgeReport(assignment, [reading], new Map())[0]?.claims[0]?.evidence, 'pending');
    const decided = judgeReport(assignment, [reading], new Map([['e', new Map()]]));
    assert.equal(decided[0]?.claims[0]?.evidence, null);
  });
});

describe('suggested points', () => {
  const E = (verdict: Verdict) => ({ kind: 'E', verdict }) as const;

  it('are the share of expected claims that are made, in halves', () => {
    assert.equal(suggestedPoints(5, [E('supported'), E('stated')]), 5);
    assert.equal(suggestedPoints(5, [E('supported'), E('missing')]), 2.5);
    assert.equal(suggestedPoints(10, [E('supported'), E('missing'), E('contradicted')]), 3.5);
  });

  it('fall for misconceptions and rise for optional claims, within all points', () => {
    const wrong = { kind: 'M', verdict: 'misconception' } as const;
    const more = { kind: 'O', verdict: 'supported' } as const;
    assert.equal(suggestedPoints(10, [E('supported'), wrong]), 8.5);
    assert.equal(suggestedPoints(10, [E('missing'), wrong]), 0);
    assert.equal(suggestedPoints(10, [E('supported'), more]), 10);
  });

  it('give the student what Drylab cannot tell', () => {
    assert.equal(suggestedPoints(4, [E('unverified')]), 4);
  });
});
