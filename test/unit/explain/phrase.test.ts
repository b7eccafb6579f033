import assert from 'node:assert/strict';
import { IN_ENGLISH, phrase, sayPhrase } from '../../../src/core/explain/phrase';

describe('phrases', () => {
  it('are translated before their braces are filled', () => {
    const french = (template: string): string => ({ '{count} rows': '{count} lignes' })[template] ?? template;
    assert.equal(sayPhrase(phrase('{count} rows', { count: 3 }), french), '3 lignes');
  });

  it('have units in the same language, and no gap where there is none', () => {
    const french = (template: string): string => (template === 'rows' ? 'lignes' : template);
    assert.equal(sayPhrase(phrase('It is {effect} {unit}.', { effect: 3, unit: 'rows' }), french), 'It is 3 lignes.');
    assert.equal(sayPhrase(phrase('It is {effect} {unit}.', { effect: 3, unit: '' }), IN_ENGLISH), 'It is 3.');
  });

  it('keep braces that nothing is given for', () => {
    assert.equal(sayPhrase(phrase('a {b} {c}', { c: 0 }), IN_ENGLISH), 'a {b} 0');
  });
});
