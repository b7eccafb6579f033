export interface KeyboardTarget {
  move(by: 1 | -1): void;
  /** Shows the part in which the focus is, or the current one, in the editor. */
  openSource(): void;
  addNote(): void;
  /** To the next or previous finding. */
  moveFinding(by: 1 | -1): void;
  focusFilter(): void;
  escape(): void;
}

/**
 * Single keys for reading, which work wherever nothing is being typed. Alt+PageDown and Alt+PageUp are VS Code
 * keybindings: they arrive as `move`, and would count twice if they were handled here as well.
 */
export function listenToKeys(target: KeyboardTarget): void {
  const actions: Record<string, () => void> = {
    j: () => target.move(1),
    k: () => target.move(-1),
    o: () => target.openSource(),
    n: () => target.addNote(),
    v: () => target.moveFinding(1),
    'shift+v': () => target.moveFinding(-1),
    '/': () => target.focusFilter(),
    Escape: () => target.escape(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTyping(event)) return;
    const onHeading = event.target instanceof HTMLHeadingElement || event.target === document.body;
    const action = event.key === 'Enter' && onHeading ? actions['o'] : actions[nameOf(event)];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/** The key, letters with Shift where it is held, whatever Caps Lock makes of them. */
function nameOf({ key, shiftKey }: KeyboardEvent): string {
  if (!/^[a-z]$/i.test(key)) return key;
  return shiftKey ? `shift+${key.toLowerCase()}` : key.toLowerCase();
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
