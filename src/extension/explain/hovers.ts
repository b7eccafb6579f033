import * as vscode from 'vscode';
import { isBuiltIn } from '../../core/assignment/bundled';
import { Problem } from '../../core/problem';
import type { Services } from '../services';
import { setting } from '../settings';
import { ExplanationCache } from './explanations';
import { explanationMarkdown } from './explanationMarkdown';

const SELECTOR: vscode.DocumentSelector = [
  'file',
  'untitled',
  'vscode-vfs',
  'vscode-remote',
  'vscode-notebook-cell',
].map((scheme) => ({ language: 'python', scheme }));

/** Explains PyTorch code on hover, in scripts and notebook cells. */
export function registerHovers({ log }: Services): vscode.Disposable {
  const explanations = new ExplanationCache();
  const provider: vscode.HoverProvider = {
    async provideHover(document, position, token) {
      if (!setting('drylab.hover.enabled', document)) return undefined;
      try {
        return await hoverAt(explanations, document, position, token);
      } catch (thrown) {
        // A hover that fails must not disturb; the log says why.
        log.error(Problem.from(thrown).message);
        return undefined;
      }
    },
  };
  return vscode.Disposable.from(explanations, vscode.languages.registerHoverProvider(SELECTOR, provider));
}

async function hoverAt(
  explanations: ExplanationCache,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const { version } = document;
  const found = await explanations.get(document, token);
  if (found === null || document.version !== version) return undefined;
  const translate = (template: string): string => vscode.l10n.t(template);
  const at = found.document.explainAt(found.unit, document.offsetAt(position), translate);
  if (at === null) return undefined;
  const range = new vscode.Range(document.positionAt(at.span.start), document.positionAt(at.span.end));
  return new vscode.Hover(
    explanationMarkdown(at.explanation, isBuiltIn(setting('drylab.assignment', document))),
    range,
  );
}
