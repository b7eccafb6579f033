import assert from 'node:assert/strict';
import { markerSpan } from '../../../src/core/report/markerSpan';

describe('the place of a marker', () => {
  const find = (source: string, heading: string, answer: string): string | null => {
    const start = source.indexOf(answer);
    assert.ok(start >= 0);
    const span = markerSpan(source, heading, start);
    return span && `${span.start}: ${source.slice(span.start, span.end)}`;
  };

  it('is right before the answer', () => {
    assert.equal(find('1. One\n\n7. (b) Two', '7. (b)', 'Two'), '8: 7. (b)');
  });

  it('may be lines above it', () => {
    assert.equal(find('## Question 7\n\n### b)\n\nTwo', '### b)', 'Two'), '15: ### b)');
  });

  it('may have the end of its emphasis behind it', () => {
    assert.equal(find('**7b. Two**', '7b.', 'Two'), '2: 7b.');
    assert.equal(find('**7b.** Two', '7b.', 'Two'), '2: 7b.');
  });

  it('is the last one of several', () => {
    assert.equal(find('b) see b) below\n\nb) Two', 'b)', 'Two'), '17: b)');
  });

  it('is none where other words stand between, and where there is no marker', () => {
    assert.equal(find('b) and then Two', 'b)', 'Two'), null);
    assert.equal(find('Two', 'b)', 'Two'), null);
    assert.equal(find('b) Two', '', 'Two'), null);
  });
});
