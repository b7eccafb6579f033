import * as vscode from 'vscode';
import type { Completion } from '../../core/assignment/completions';
import { Problem } from '../../core/problem';
import type { LabClient } from '../../lab/client';
import { say } from '../checks/saying';
import { tokenCancellation } from '../checks/tokenCancellation';
import { isAssignment, isServedElsewhere } from './assignmentFiles';

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  example: vscode.CompletionItemKind.Snippet,
};

/** Keys, values and examples of assignment files, with what the schema says about them. */
export class AssignmentCompletion implements vscode.CompletionItemProvider {
  constructor(
    private readonly lab: LabClient,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    if (!isAssignment(document) || isServedElsewhere(document)) return [];
    try {
      const request = { text: document.getText(), offset: document.offsetAt(position) };
      const cancellation = tokenCancellation(token);
      const completions = await this.lab.call('completeAssignment', request, { cancellation });
      return completions.map((completion, index) => itemOf(completion, index, document));
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.code !== 'cancelled') this.log.error(problem.message);
      return [];
    }
  }
}

function itemOf(completion: Completion, index: number, document: vscode.TextDocument): vscode.CompletionItem {
  const { label, kind, description, insert, span, goesOn } = completion;
  const item = new vscode.CompletionItem(label, KINDS[kind]);
  item.documentation = say(description);
  item.insertText = new vscode.SnippetString(insert);
  item.range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  item.sortText = String(index).padStart(3, '0');
  if (goesOn) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}
