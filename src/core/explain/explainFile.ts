import type { CodeUnit } from './codeUnits';
import { ExplanationDocument } from './explanationDocument';
import type { FileExplanation } from './explanation';
import { notebookCells } from './notebook';
import { IN_ENGLISH, type Translate } from './phrase';

function explainUnits(file: string, units: readonly CodeUnit[], translate: Translate): FileExplanation {
  const document = new ExplanationDocument(units);
  document.advance(() => false);
  return document.explainAll(file, translate);
}

/** Explains a Python script, in one go. Never throws, whatever the text. */
export function explainScript(file: string, text: string, translate: Translate = IN_ENGLISH): FileExplanation {
  return explainUnits(file, [{ cell: null, text }], translate);
}

/**
 * Explains the code cells of a notebook, which share their names in the order of the file.
 * @throws Problem `notebook.json`, `notebook.format`.
 */
export function explainNotebook(file: string, json: string, translate: Translate = IN_ENGLISH): FileExplanation {
  return explainUnits(file, notebookCells(file, json), translate);
}
