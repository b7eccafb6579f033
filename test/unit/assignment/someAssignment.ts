import assert from 'node:assert/strict';
import type { Assignment, AssignmentFlaw } from '../../../src/core/assignment/assignment';
import { loadAssignment } from '../../../src/core/assignment/loadAssignment';
import { IN_ENGLISH, sayPhrase } from '../../../src/core/explain/phrase';

/** The shortest file that is right; line numbers in the tests below count from its first line. */
export const SMALL = `id: small
title: Small
questions:
  - id: '1'
    title: One
    parts:
      - id: 1a
        prompt: Why?
        points: 2
        claims:
          - id: 1a.because
            kind: E
            statement: Because.
            predicate: null
      - id: 1b
        prompt: How?
        points: 1.5
        claims: []
`;

export function load(text: string): Assignment {
  const loaded = loadAssignment(text, 'a.yaml');
  if ('errors' in loaded) assert.fail(listed(loaded.errors).join('\n'));
  return loaded.assignment;
}

/** One-based line and message of every error. */
export function errorsOf(text: string): [number, string][] {
  const loaded = loadAssignment(text, 'a.yaml');
  return 'errors' in loaded ? listed(loaded.errors) : [];
}

/** As `errorsOf`. */
export function warningsOf(text: string): [number, string][] {
  return listed(loadAssignment(text, 'a.yaml').warnings);
}

function listed(flaws: readonly AssignmentFlaw[]): [number, string][] {
  return flaws.map(({ message, range }) => [range.start.line + 1, sayPhrase(message, IN_ENGLISH)]);
}
