import type * as vscode from 'vscode';

/** Documents that answers can stand in: files of reports, and the cells of notebooks. */
export const REPORT_SELECTOR: vscode.DocumentSelector = [
  ...['markdown', 'latex', 'tex', 'plaintext'].map((language) => ({ language })),
  { notebookType: 'jupyter-notebook', language: 'markdown' },
];
