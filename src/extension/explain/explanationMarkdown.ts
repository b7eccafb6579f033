import * as vscode from 'vscode';
import type { Explanation } from '../../core/explain/explanation';
import { COMMANDS } from '../contributions';

/** Commands that the links of a hover may run, and no others. */
const LINKED = [COMMANDS.openReport, COMMANDS.showAttentionMap, COMMANDS.sampleModels];

/** Views that show a matter at work, by the question that it belongs to. */
const VIEW_OF_QUESTION: Readonly<Record<string, { command: string; label: () => string }>> = {
  '8': { command: COMMANDS.showAttentionMap, label: () => vscode.l10n.t('Show Attention Map') },
  '10': { command: COMMANDS.sampleModels, label: () => vscode.l10n.t('Sample AE and VAE') },
};

/**
 * Our own sentences, with what Markdown would read otherwise escaped. `appendText` would make every space unbreakable,
 * and so every sentence one line. Of the code only numbers are in them.
 */
function prose(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+\-!~>|$.]/g, '\\$&');
}

/** The hover of an explanation. @param withQuestions whether the questions in force are those that it refers to */
export function explanationMarkdown(explanation: Explanation, withQuestions: boolean): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('', true);
  markdown.isTrusted = { enabledCommands: LINKED };
  const { title, symbol, summary, mistake } = explanation;
  markdown.appendMarkdown(`**${prose(title)}**`);
  if (symbol.startsWith('torch.')) markdown.appendMarkdown(' · ').appendText(symbol);
  markdown.appendMarkdown(`\n\n${prose(summary)}`);
  if (mistake !== null) markdown.appendMarkdown(`\n\n$(warning) ${prose(mistake)}`);
  for (const [label, text] of facts(explanation)) {
    markdown.appendMarkdown(`\n\n*${prose(label)}* ${prose(text)}`);
  }
  const links = linksOf(explanation, withQuestions);
  if (links.length > 0) markdown.appendMarkdown(`\n\n${links.join(' · ')}`);
  return markdown;
}

function facts(explanation: Explanation): readonly (readonly [string, string])[] {
  const { parameters, parametersFormula, inputShape, outputShape, cost } = explanation;
  const rows: (readonly [string, string])[] = [];
  if (parameters !== null) {
    const count = parameters.toLocaleString(vscode.env.language);
    const whole = parametersFormula === null ? count : `${count} = ${parametersFormula}`;
    rows.push([vscode.l10n.t('Parameters:'), whole]);
  }
  if (inputShape !== null && outputShape !== null) {
    rows.push([vscode.l10n.t('Shapes:'), `${inputShape} → ${outputShape}`]);
  }
  if (cost !== null) rows.push([vscode.l10n.t('Cost:'), cost]);
  return rows;
}

/** Labels and arguments are our own: nothing of the code is in them. */
function linksOf({ links }: Explanation, withQuestions: boolean): string[] {
  const questions = (withQuestions ? links : []).map(({ question }) => {
    const target = encodeURIComponent(JSON.stringify([{ question }]));
    return `[${vscode.l10n.t('Question {0}', question)}](command:${COMMANDS.openReport}?${target})`;
  });
  const views = links.flatMap(({ question }) => {
    const view = VIEW_OF_QUESTION[question];
    return view === undefined ? [] : [`[${view.label()}](command:${view.command})`];
  });
  return [...questions, ...views];
}
