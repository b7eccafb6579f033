import * as vscode from 'vscode';
import type { Notice } from '../../core/check/notice';
import { VERDICT_WORDS } from '../../core/check/notice';
import { sayPhrase, type Phrase } from '../../core/explain/phrase';

/** A phrase in the reader's language. */
export function say(phrase: Phrase): string {
  return sayPhrase(phrase, (template) => vscode.l10n.t(template));
}

/** Several in one line. */
export function sayAll(phrases: readonly Phrase[], separator: string): string {
  return phrases.map(say).join(separator);
}

/** A notice's verdict and statement, such as `Misconception: …`. */
export function sayNotice({ verdict, statement }: Notice): string {
  return say({ ...VERDICT_WORDS[verdict], data: { statement } });
}
