import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Manifest } from '../../src/core/models/manifest';
import type { ExtensionApi } from '../../src/extension/api';
import { COMMANDS, VIEWS } from '../../src/extension/contributions';
import { modelsDocument } from '../../src/extension/views/modelsDocument';
import { savePng } from '../../src/extension/views/savePng';
import { activated, closeAllTabs, inWorkspace, problem, remove, until, write } from './sandbox';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

/** Labels of the open panels of a type. */
function panels(type: string): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(type))
    .map(({ label }) => label);
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(process.cwd(), 'models', 'manifest.json'), 'utf8')) as Manifest;
}

describe('the views of the models', () => {
  let api: ExtensionApi;

  before(async () => {
    api = await activated();
  });

  afterEach(closeAllTabs);

  for (const [command, type, argument] of [
    [COMMANDS.sampleModels, VIEWS.samples, { seed: 3, count: 16 }],
    [COMMANDS.showAttentionMap, VIEWS.attention, 'Good morning.'],
  ] as const) {
    it(`${command} opens one panel, however often it is run`, async () => {
      await vscode.commands.executeCommand(command);
      await until('a panel', () => panels(type).length === 1);
      await vscode.commands.executeCommand(command, argument);
      await vscode.commands.executeCommand(command, { unforeseen: true });
      assert.equal(panels(type).length, 1);
      await closeAllTabs();
      await until('no panel', () => panels(type).length === 0);
      await vscode.commands.executeCommand(command);
      await until('a panel again', () => panels(type).length === 1);
    });
  }

  it('lists every bundled model and data file under its family with file, hash, check, data and licence', async () => {
    await vscode.commands.executeCommand(COMMANDS.showModels);
    const document = await until('the list', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'drylab-models'),
    );
    const text = document.getText().replaceAll('\\', '');
    const { families, models, data } = manifest();
    for (const model of models) {
      for (const part of [
        model.id,
        model.title,
        model.file,
        model.sha256,
        model.data,
        model.licence,
        model.trainedBy,
      ]) {
        assert.ok(text.includes(part), `${model.id}: ${part}`);
      }
    }
    for (const row of data) {
      for (const part of [row.id, row.title, row.file, row.sha256, row.source, row.licence]) {
        assert.ok(text.includes(part), `${row.id}: ${part}`);
      }
    }
    assert.equal(text.match(/✓ as built/g)?.length, models.length + data.length);
    const titles = Object.entries(families).flatMap(([id, title]) =>
      models.some((m) => m.family === id) ? title : [],
    );
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(headings.slice(0, titles.length), titles);
  });

  it('says which file failed its check, and lists everything all the same', () => {
    const { families, models } = manifest();
    const [model] = models;
    assert.ok(model);
    const altered = {
      code: 'model.altered',
      data: { file: 'models/vae-decoder.onnx', actual: 'abc', expected: 'def' },
    } as const;
    const row = {
      ...model,
      title: 'A | <b>title</b>',
      verified: null,
      metrics: { tiny: 6.1e-7, testName: 'a|b' },
      bytes: 444,
    };
    const held = { ...row, source: 'https://example.org/a|b', file: 'data/x.tsv', id: 'pairs' };
    const text = modelsDocument({ families, models: [row], data: [held] }, '/models', altered);
    assert.match(text, /^\| `\S+` .*\| 0\.4 KB \|.*\*\*6\.1E-7\*\*/m);
    assert.match(text, /^> ⚠ .*vae/m);
    assert.doesNotMatch(text, /✓|[^\\]<b/);
    const rows = text.match(/^\|.*\| not checked \|$/gm) ?? [];
    assert.deepEqual(
      rows.map((line) => line.match(/(?<!\\)\|/g)?.length),
      [7, 7],
    );
    assert.match(text, /^\| `pairs` \|/m);
  });

  it('starts the lab again in a new process', async () => {
    await api.lab.call('runtime', null);
    const before = api.lab.pid;
    assert.ok(before);
    await vscode.commands.executeCommand(COMMANDS.restartLab);
    assert.ok(api.lab.pid);
    assert.notEqual(api.lab.pid, before);
  });

  describe('saving a picture', () => {
    const { showSaveDialog } = vscode.window;
    let proposed: vscode.SaveDialogOptions | undefined;

    /** Answers the dialog as a person would. */
    function choose(uri: vscode.Uri | undefined): void {
      vscode.window.showSaveDialog = (options) => {
        proposed = options;
        return Promise.resolve(uri);
      };
    }

    afterEach(() => {
      vscode.window.showSaveDialog = showSaveDialog;
    });

    it('writes the bytes to the place that was chosen, and proposes a name in the workspace', async () => {
      const place = inWorkspace('grid.png');
      choose(place);
      assert.deepEqual(await savePng({ png: PNG, name: 'drylab-samples-seed7.png' }), { path: place.fsPath });
      assert.deepEqual(new Uint8Array(await vscode.workspace.fs.readFile(place)), PNG);
      assert.equal(proposed?.defaultUri?.toString(), inWorkspace('drylab-samples-seed7.png').toString());
      await remove(place);
    });

    it('writes nothing when the person changed their mind', async () => {
      choose(undefined);
      assert.equal(await savePng({ png: PNG, name: 'grid.png' }), null);
    });

    it('says where it could not be written', async () => {
      const file = await write('no-folder', 'a file');
      const place = vscode.Uri.joinPath(file, 'grid.png');
      choose(place);
      await assert.rejects(savePng({ png: PNG, name: 'grid.png' }), problem('picture.write', { file: place.fsPath }));
      await remove(file);
    });

    it('refuses what is no PNG before it asks', async () => {
      choose(inWorkspace('never.png'));
      proposed = undefined;
      await assert.rejects(savePng({ png: Uint8Array.of(1, 2, 3), name: 'never.png' }), problem('internal'));
      assert.equal(proposed, undefined);
    });
  });
});
