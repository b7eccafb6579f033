import assert from 'node:assert/strict';
import { headline, objections, summaryOf, summarySum } from '../../../src/core/check/summary';
import { IN_ENGLISH, sayPhrase, type Phrase } from '../../../src/core/explain/phrase';
import {
  CONTRADICTED,
  DENIED,
  finding,
  MISCONCEPTION,
  MISSING,
  partWith,
  PENDING,
  STATED,
  UNMENTIONED,
  UNSURE,
  WRONG_FORMULA,
} from './someFindings';

const nobody = (): boolean => false;
const say = (phrases: readonly Phrase[]): string[] => phrases.map((each) => sayPhrase(each, IN_ENGLISH));

describe('summaries of findings', () => {
  it('count the expected claims that an answer makes', () => {
    const made = [finding(), STATED, PENDING];
    const not = [MISSING, CONTRADICTED, DENIED];
    const { expected, made: count } = summaryOf(partWith([...made, ...not, UNMENTIONED, MISCONCEPTION]), nobody);
    assert.deepEqual([expected, count], [6, 3]);
  });

  it('take an unsure claim for made, as points do', () => {
    const maybe = finding({ id: '7b.maybe', stance: 'silent', confidence: 0.4 });
    assert.equal(summaryOf(partWith([UNSURE, maybe]), nobody).made, 2);
  });

  it('stand over an answer in one line', () => {
    const summary = summaryOf(partWith([finding(), MISSING, MISCONCEPTION]), nobody);
    assert.deepEqual(say(headline(summary)), ['1 of 2 expected claims', '1 misconception', '2/5 points suggested']);
  });

  it('have no word for what is not there', () => {
    const summary = summaryOf(partWith([UNMENTIONED]), nobody);
    assert.deepEqual(say(headline(summary)), ['5/5 points suggested']);
    assert.deepEqual(objections(summary.tally), []);
  });

  it('add up, and use the plural', () => {
    const part = partWith([MISCONCEPTION, CONTRADICTED, MISSING], [WRONG_FORMULA]);
    const one = summaryOf(part, nobody);
    const single = ['1 misconception', '1 contradicted claim', '1 missing claim', '1 wrong formula'];
    assert.deepEqual(say(objections(one.tally)), single);
    const both = summarySum([one, one]);
    const plural = ['2 misconceptions', '2 contradicted claims', '2 missing claims', '2 wrong formulas'];
    assert.deepEqual(say(objections(both.tally)), plural);
    assert.deepEqual([both.points, both.expected, both.made], [10, 4, 0]);
    assert.equal(both.suggested, 2 * one.suggested);
  });

  it('count nothing but points of a part without an answer', () => {
    const part = { ...partWith([MISSING, MISSING]), isAnswered: false };
    const { tally, expected, points } = summaryOf(part, nobody);
    assert.deepEqual([objections(tally), expected, points], [[], 0, 5]);
  });

  it('leave out what a person dismissed', () => {
    const isDismissed = ({ claim, stance }: { claim: string; stance: string }): boolean =>
      claim === MISCONCEPTION.claim && stance === 'asserts';
    assert.deepEqual(objections(summaryOf(partWith([MISCONCEPTION]), isDismissed).tally), []);
  });
});
