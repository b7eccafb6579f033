/** Writing an assignment by keyboard: what is offered, what is underlined, what it becomes. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAssignment } from '../../src/core/assignment/loadAssignment';
import { eventually, useWindow } from './vscodeWindow';

const BEGUN = `id: course
title: A course
questions:
  - id: '1'
    title: Learning rate
    parts:
      - id: 1a
        prompt: Why?
        points: 2
        claims:
          `;

describe('an assignment in the editor', () => {
  const window = useWindow();

  it('gets a claim from the list of what fits, and is right when its gaps are filled', async () => {
    const { page, workspace } = window();
    await writeFile(join(workspace, 'course.yaml'), BEGUN);
    await window().openFile('course.yaml');
    // A second try begins as the first did.
    await window().command('File: Revert File');
    const squiggle = page.locator('.squiggly-error').first();
    // There is no list of claims yet.
    await squiggle.waitFor();
    // The editor itself offers words of the text.
    const claim = page
      .locator('.suggest-widget.visible .monaco-list-row')
      .filter({ hasText: /^claim(?!s)/ })
      .first();
    await eventually(async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.press('ControlOrMeta+Space');
      await claim.waitFor({ timeout: 3000 });
    });
    await claim.click();
    await page.keyboard.press('End');
    await page.keyboard.type('diverges');
    await page.keyboard.press('Tab');
    const kind = page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: /^M/ }).first();
    // Goes on to the next gap by itself.
    await kind.click();
    await page.keyboard.type('It diverges.');
    for (const words of ['', 'It blows up.', 'It is fine.']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(words);
    }
    await page.keyboard.press('ControlOrMeta+S');
    const text = await eventually(async () => {
      const saved = await readFile(join(workspace, 'course.yaml'), 'utf8');
      assert.match(saved, /It is fine\./);
      return saved;
    });
    const loaded = loadAssignment(text, 'course.yaml');
    assert.ok('assignment' in loaded, text);
    assert.deepEqual(loaded.assignment.questions[0]?.parts[0]?.claims, [
      {
        id: '1a.diverges',
        kind: 'M',
        statement: 'It diverges.',
        predicate: null,
        cues: { asserts: ['It blows up.'], denies: ['It is fine.'] },
      },
    ]);
    await squiggle.waitFor({ state: 'detached' });
  });
});
