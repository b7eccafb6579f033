import type * as vscode from 'vscode';
import type { Cancellation } from '../../core/ports';

/** A token of VS Code as core knows cancellation. */
export function tokenCancellation(token: vscode.CancellationToken): Cancellation {
  return {
    get isCancelled() {
      return token.isCancellationRequested;
    },
    onCancel: (listener) => token.onCancellationRequested(listener),
  };
}
