import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/extension/contributions';
import { activated } from './sandbox';

describe('activation', () => {
  it('starts no lab process and opens no report', async () => {
    const { lab, reports } = await activated();
    assert.equal(lab.pid, undefined);
    assert.deepEqual(reports.all, []);
  });

  it('registers every command', async () => {
    await activated();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(COMMANDS).filter((id) => !registered.has(id)),
      [],
    );
  });
});
