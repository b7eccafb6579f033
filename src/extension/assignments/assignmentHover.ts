import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import type { LabClient } from '../../lab/client';
import { say } from '../checks/saying';
import { tokenCancellation } from '../checks/tokenCancellation';
import { isAssignment, isServedElsewhere } from './assignmentFiles';

/** What keys and values of assignment files mean, in the schema's words. */
export class AssignmentHover implements vscode.HoverProvider {
  constructor(
    private readonly lab: LabClient,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    if (!isAssignment(document) || isServedElsewhere(document)) return undefined;
    try {
      const request = { text: document.getText(), offset: document.offsetAt(position) };
      const found = await this.lab.call('describeAssignment', request, { cancellation: tokenCancellation(token) });
      if (!found) return undefined;
      const { title, text, span } = found;
      // Both are words of the schema; none of the file.
      const words = new vscode.MarkdownString(`**${title}** — ${say(text)}`);
      return new vscode.Hover(words, new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)));
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.code !== 'cancelled') this.log.error(problem.message);
      return undefined;
    }
  }
}
