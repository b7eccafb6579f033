/** Every identifier that package.json contributes, declared once; a test holds the two together. */

export const COMMANDS = {
  openReport: 'drylab.openReport',
  sampleModels: 'drylab.sampleModels',
  showAttentionMap: 'drylab.showAttentionMap',
  showModels: 'drylab.showModels',
  runExperiment: 'drylab.runExperiment',
  addNote: 'drylab.addNote',
  createNote: 'drylab.note.create',
  discardNote: 'drylab.note.discard',
  replyToNote: 'drylab.note.reply',
  editComment: 'drylab.note.edit',
  saveComment: 'drylab.note.save',
  cancelEditing: 'drylab.note.cancelEdit',
  deleteComment: 'drylab.note.delete',
  resolveNote: 'drylab.note.resolve',
  reopenNote: 'drylab.note.reopen',
  showInReport: 'drylab.showInReport',
  nextPart: 'drylab.nextPart',
  previousPart: 'drylab.previousPart',
  newAssignment: 'drylab.newAssignment',
  showLog: 'drylab.showLog',
  restartLab: 'drylab.restartLab',
  checkReport: 'drylab.checkReport',
  showEvidence: 'drylab.finding.showEvidence',
  showFinding: 'drylab.finding.showInReport',
  noteFinding: 'drylab.finding.addNote',
  dismissFinding: 'drylab.finding.dismiss',
  restoreFindings: 'drylab.restoreFindings',
  askLanguageModel: 'drylab.askLanguageModel',
  discardOpinions: 'drylab.discardOpinions',
} as const;

/** Webview panels and views by their type. */
export const VIEWS = {
  report: 'drylab.report',
  samples: 'drylab.samples',
  attention: 'drylab.attention',
  experiment: 'drylab.experiment',
  questions: 'drylab.questions',
} as const;

/** Of the Comments API; the menus of package.json ask for it. */
export const COMMENT_CONTROLLER = 'drylab.notes';

/** Settings and the type of their values. */
export interface Settings {
  'drylab.assignment': string;
  'drylab.author': string;
  'drylab.check.automatic': boolean;
  'drylab.check.codeLens': boolean;
  'drylab.hover.enabled': boolean;
  'drylab.languageModel.enabled': boolean;
  'drylab.lab.runtime': 'auto' | 'native' | 'wasm';
}
