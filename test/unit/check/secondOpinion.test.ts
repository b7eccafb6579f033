import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Part, Question } from '../../../src/core/assignment/assignment';
import { judgeClaim } from '../../../src/core/check/judge';
import { opinionRequest, readOpinions, withOpinions } from '../../../src/core/check/secondOpinion';
import type { Stance } from '../../../src/core/check/stance';

const claim = (id: string) => ({ id, kind: 'E', statement: `Statement ${id}.`, predicate: null }) as const;
const PART: Part = { id: '1', prompt: 'Why?', points: 2, claims: [claim('1.a'), claim('1.b')] };
const QUESTION: Question = { id: '1', title: 'Colours', prompt: '', experiment: null, parts: [PART] };
const ANSWER = 'Grass is **green**,\nand the sky\nis not red.';

const read = (reply: unknown) =>
  readOpinions(typeof reply === 'string' ? reply : JSON.stringify({ claims: reply }), PART.claims, ANSWER);

describe('a second opinion', () => {
  describe('is asked for', () => {
    it('with the question, every claim and the answer', () => {
      const request = opinionRequest(QUESTION, PART, ANSWER);
      for (const text of ['Why?', '1.a: Statement 1.a.', '1.b: Statement 1.b.', ANSWER])
        assert.ok(request.includes(text), text);
    });

    it('with an answer that cannot get out of its element', () => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom('<', '/', 'answer', 'ANSWER', '>', 'x', '<answer>', '</answer>')),
          (pieces) => {
            const request = opinionRequest(QUESTION, PART, pieces.join(''));
            assert.equal(request.match(/<\/answer/gi)?.length, 1);
            assert.ok(request.endsWith('\n</answer>'));
          },
        ),
      );
    });
  });

  describe('is read', () => {
    it('in a fence, and across line breaks and emphasis', () => {
      const reply = '```json\n{"claims": [{"id": "1.a", "stance": "asserts", "quotes": ["grass is green, and"]}]}\n```';
      assert.deepEqual(read(reply), [{ claim: '1.a', stance: 'asserts', quotes: ['grass is green, and'] }]);
    });

    it('without what it does not name, invents, or cannot quote', () => {
      const opinions = read([
        { id: '1.a', stance: 'asserts', quotes: ['the sky is blue'] },
        { id: '2.z', stance: 'asserts', quotes: ['Grass'] },
        { id: '1.b', stance: 'perhaps', quotes: ['Grass'] },
        { id: '1.b' },
        null,
        { id: '1.b', stance: 'silent', quotes: ['Grass'] },
      ]);
      assert.deepEqual(opinions, [{ claim: '1.b', stance: 'silent', quotes: [] }]);
    });

    it('as a problem where there is no such JSON', () => {
      for (const reply of ['', 'Sorry.', '{"claims": 3}', '{"claims": [', '[]', '{}{}'])
        assert.throws(() => read(reply), { code: 'opinion.unreadable' }, reply);
    });

    it('or refused as such, whatever comes', () => {
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.json()), (reply) => {
          try {
            read(reply);
          } catch (thrown) {
            assert.equal((thrown as { code?: string }).code, 'opinion.unreadable');
          }
        }),
      );
    });
  });

  describe('counts', () => {
    const stance: Stance = { claim: '1.a', stance: 'asserts', confidence: 0.6, spans: [{ start: 0, end: 5 }] };

    it('for more where both agree, and never makes sure', () => {
      fc.assert(
        fc.property(fc.double({ min: 1 / 3, max: 1 - 1e-9, noNaN: true }), (confidence) => {
          const opinion = { claim: '1.a', stance: 'asserts', quotes: ['Grass'] } as const;
          const [both] = withOpinions([{ ...stance, confidence }], [opinion], 'M');
          assert.ok(both && both.confidence > confidence && both.confidence < 1, String(both?.confidence));
          assert.equal(both.dispute, undefined);
        }),
      );
    });

    it('against nobody where they differ, and says who reads what', () => {
      const opinion = { claim: '1.a', stance: 'denies', quotes: ['not red'] } as const;
      const [disputed] = withOpinions([{ ...stance, confidence: 0.999 }], [opinion], 'M');
      assert.ok(disputed);
      const finding = judgeClaim('1', PART.claims[0] ?? claim('1.a'), disputed, null);
      assert.equal(finding.verdict, 'unverified');
      assert.match(finding.why.template, /finds that the answer says this; \{reader\} reads “\{quote\}” as denying it/);
      assert.deepEqual(finding.why.data, { reader: 'M', quote: 'not red' });
    });

    it('not beside a formula that was compared', () => {
      const computed = { ...stance, isComputed: true } as const;
      assert.deepEqual(withOpinions([computed], [{ claim: '1.a', stance: 'denies', quotes: ['not'] }], 'M'), [
        computed,
      ]);
    });
  });
});
