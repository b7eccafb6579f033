import * as vscode from 'vscode';
import { COMMANDS } from '../contributions';
import { showProblem } from '../problems';
import type { Services } from '../services';
import { AssignmentCompletion } from './assignmentCompletion';
import { AssignmentDiagnostics } from './assignmentDiagnostics';
import { YAML } from './assignmentFiles';
import { AssignmentHover } from './assignmentHover';
import { newAssignment } from './newAssignment';

/** Help for those who write assignments; the lab does all that takes a parser. */
export function registerAssignments({ context, lab, log }: Services): vscode.Disposable {
  const { languages, commands } = vscode;
  return vscode.Disposable.from(
    new AssignmentDiagnostics(lab, log),
    languages.registerCompletionItemProvider(YAML, new AssignmentCompletion(lab, log), '-', ' '),
    languages.registerHoverProvider(YAML, new AssignmentHover(lab, log)),
    commands.registerCommand(COMMANDS.newAssignment, () =>
      newAssignment(context.extensionUri).catch((thrown: unknown) => showProblem(thrown, log)),
    ),
  );
}
