import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { partIds } from '../../src/core/assignment/assignment';
import type { Problem } from '../../src/core/problem';
import { Assignments } from '../../src/extension/reports/assignments';
import { activated, inWorkspace, remove, write } from './sandbox';

/** One question with one part, in the format of assignment files. */
const ASSIGNMENT = `id: small
title: A small one
questions:
  - id: '1'
    title: Only one
    prompt: ''
    experiment: null
    parts:
      - id: '1'
        prompt: Why?
        points: 5
        claims: []
`;

describe('assignments', () => {
  const told: Problem[] = [];
  let assignments: Assignments;

  async function configure(path: string | undefined): Promise<void> {
    const settings = vscode.workspace.getConfiguration(undefined, inWorkspace(''));
    await settings.update('drylab.assignment', path, vscode.ConfigurationTarget.Workspace);
  }

  beforeEach(async () => {
    told.length = 0;
    const { lab } = await activated();
    assignments = new Assignments(vscode.Uri.file(process.cwd()), lab, (problem) => told.push(problem));
  });

  afterEach(async () => {
    assignments.dispose();
    await configure(undefined);
  });

  it('are the built-in one without a setting', async () => {
    const assignment = await assignments.for(inWorkspace('report-good.md'));
    assert.equal(assignment.questions.length, 10);
    assert.equal(partIds(assignment).length, 21);
    assert.deepEqual(told, []);
  });

  it('are the file that the setting names', async () => {
    const file = await write('small.yaml', ASSIGNMENT);
    await configure('small.yaml');
    assert.deepEqual(partIds(await assignments.for(inWorkspace('report-good.md'))), ['1']);
    assert.deepEqual(told, []);
    await remove(file);
  });

  it('with errors are told once, with the line, and replaced by the built-in one', async () => {
    const file = await write('broken.yaml', ASSIGNMENT.replace('points: 5', 'points: many'));
    await configure('broken.yaml');
    for (let time = 0; time < 2; time++) assert.equal((await assignments.for()).questions.length, 10);
    assert.deepEqual(
      told.map(({ code, data }) => ({ code, file: data['file'], line: data['line'] })),
      [{ code: 'assignment.invalid', file: 'broken.yaml', line: 11 }],
    );
    await remove(file);
  });

  for (const path of ['../outside.yaml', '/etc/hosts', 'a/../../outside.yaml', 'C:\\outside.yaml']) {
    it(`never leave the workspace: ${path}`, async () => {
      await configure(path);
      assert.equal((await assignments.for()).questions.length, 10);
      assert.deepEqual(
        told.map(({ code }) => code),
        ['assignment.outside'],
      );
    });
  }
});
