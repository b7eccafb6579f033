/** Every identifier that package.json contributes, declared once; a test holds the two together. */

export const COMMANDS = {
  openReport: 'drylab.openReport',
  sampleModels: 'drylab.sampleModels',
  showAttentionMap: 'drylab.showAttentionMap',
  showModels: 'drylab.showModels',
  addNote: 'drylab.addNote',
  showInReport: 'drylab.showInReport',
  nextPart: 'drylab.nextPart',
  previousPart: 'drylab.previousPart',
  showLog: 'drylab.showLog',
  restartLab: 'drylab.restartLab',
} as const;

/** Webview panels and views by their type. */
export const VIEWS = {
  report: 'drylab.report',
  samples: 'drylab.samples',
  attention: 'drylab.attention',
  questions: 'drylab.questions',
} as const;

/** Settings and the type of their values. */
export interface Settings {
  'drylab.assignment': string;
  'drylab.author': string;
  'drylab.hover.enabled': boolean;
  'drylab.lab.runtime': 'auto' | 'native' | 'wasm';
}
