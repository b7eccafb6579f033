import * as l10n from '@vscode/l10n';
import type { Channel } from '../../src/protocol/rpc';

// The extension puts the texts of the reader's language into the page before any of this runs.
const texts = document.getElementById('drylab-texts')?.textContent;
if (texts) l10n.config({ contents: texts });

/** The text in the reader's language; `{name}` is filled from `args`. */
export function t(message: string, args: Record<string, string | number> = {}): string {
  return l10n.t(message, args);
}

const vscode = acquireVsCodeApi<unknown>();

/** Messages to and from the extension. */
export const host: Channel = {
  post: (message) => vscode.postMessage(message),
  onMessage(listener) {
    const onMessage = (event: MessageEvent<unknown>): void => listener(event.data);
    window.addEventListener('message', onMessage);
    return { dispose: () => window.removeEventListener('message', onMessage) };
  },
};

/** State that VS Code keeps across hiding and window reloads; `undefined` at first. */
export function savedState<T>(): Partial<T> | undefined {
  return vscode.getState() as Partial<T> | undefined;
}

export function saveState<T>(state: T): void {
  vscode.setState(state);
}
