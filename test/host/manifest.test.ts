import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { COMMANDS, VIEWS, type Settings } from '../../src/extension/contributions';

interface Manifest {
  icon: string;
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string }[];
    menus: Record<string, { command: string }[]>;
    keybindings: { command: string }[];
    views: Record<string, { id: string; type: string; icon: string }[]>;
    viewsContainers: Record<string, { id: string; icon: string }[]>;
    configuration: { properties: Record<string, { default: unknown; enum?: unknown[] }> };
    walkthroughs: {
      icon: string;
      steps: { completionEvents?: string[]; description: string; media: { svg: string } }[];
    }[];
  };
}

/** The compiler asks for every setting, and for values of its type. */
const DEFAULTS: Settings = {
  'drylab.assignment': '',
  'drylab.author': '',
  'drylab.check.automatic': true,
  'drylab.check.codeLens': true,
  'drylab.hover.enabled': true,
  'drylab.languageModel.enabled': false,
  'drylab.lab.runtime': 'auto',
};

describe('package.json', () => {
  const manifest = vscode.extensions.getExtension('drylab.drylab')?.packageJSON as Manifest;
  const { contributes } = manifest;
  const ids = Object.values<string>(COMMANDS).sort();

  it('contributes the commands that the code declares', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), ids);
  });

  it('refers to no other commands of its own', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const used = [
      ...Object.values(contributes.menus)
        .flat()
        .map(({ command }) => command),
      ...contributes.keybindings.map(({ command }) => command),
      ...steps.flatMap(({ completionEvents = [] }) => completionEvents.map((event) => event.replace('onCommand:', ''))),
      ...steps.flatMap(({ description }) =>
        [...description.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1] ?? ''),
      ),
    ];
    assert.ok(used.length > 0);
    assert.deepEqual(
      used.filter((command) => !ids.includes(command)),
      [],
    );
  });

  it('contributes the views, and is woken for every panel', () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(
      views.map(({ id, type }) => ({ id, type })),
      [{ id: VIEWS.questions, type: 'webview' }],
    );
    const panels = Object.values<string>(VIEWS).filter((view) => view !== VIEWS.questions);
    const woken = manifest.activationEvents.filter((event) => event.startsWith('onWebviewPanel:'));
    assert.deepEqual(woken.sort(), panels.map((view) => `onWebviewPanel:${view}`).sort());
  });

  it('gives the settings that the code declares, with defaults of their types', () => {
    const declared = Object.entries(contributes.configuration.properties).map(([key, { default: value }]) => [
      key,
      value,
    ]);
    assert.deepEqual(Object.fromEntries(declared), DEFAULTS);
  });

  it('refers to pictures that exist', () => {
    const pictures = [
      manifest.icon,
      ...Object.values(contributes.views)
        .flat()
        .map(({ icon }) => icon),
      ...Object.values(contributes.viewsContainers)
        .flat()
        .map(({ icon }) => icon),
      ...contributes.walkthroughs.flatMap(({ icon, steps }) => [icon, ...steps.map(({ media }) => media.svg)]),
    ];
    assert.deepEqual(
      pictures.filter((picture) => !existsSync(picture)),
      [],
    );
  });

  it('has a text for every key, in every language, and no text without a key', () => {
    const keys = [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? '');
    for (const file of ['package.nls.json', 'package.nls.fr.json']) {
      const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      assert.deepEqual(Object.keys(texts).sort(), [...new Set(keys)].sort(), file);
    }
  });
});
