import * as vscode from 'vscode';

/** Why a person does not want to see a finding any more. */
export interface Dismissal {
  readonly claim: string;
  /** Of the stance that was found: another stance later is another finding. */
  readonly stance: string;
  readonly reason: string;
}

const KEY = 'drylab.dismissals';

type Stored = Readonly<Record<string, readonly Dismissal[]>>;

/** Dismissed findings by report, kept with the workspace. */
export class Dismissals implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  all(uri: vscode.Uri): readonly Dismissal[] {
    return this.memento.get<Stored>(KEY, {})[uri.toString()] ?? [];
  }

  /** The dismissal of a finding, if it was dismissed. */
  of(uri: vscode.Uri, { claim, stance }: { readonly claim: string; readonly stance: string }): Dismissal | undefined {
    return this.all(uri).find((known) => known.claim === claim && known.stance === stance);
  }

  /** Tells of findings of a report whether they are dismissed. */
  tester(uri: vscode.Uri): (finding: { readonly claim: string; readonly stance: string }) => boolean {
    const all = this.all(uri);
    return ({ claim, stance }) => all.some((known) => known.claim === claim && known.stance === stance);
  }

  dismiss(uri: vscode.Uri, dismissal: Dismissal): void {
    this.store(uri, [...this.without(uri, dismissal.claim), dismissal]);
  }

  restore(uri: vscode.Uri, claim: string): void {
    this.store(uri, this.without(uri, claim));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private without(uri: vscode.Uri, claim: string): Dismissal[] {
    return this.all(uri).filter((known) => known.claim !== claim);
  }

  private store(uri: vscode.Uri, dismissals: readonly Dismissal[]): void {
    const all = { ...this.memento.get<Stored>(KEY, {}), [uri.toString()]: dismissals };
    const kept = Object.fromEntries(Object.entries(all).filter(([, list]) => list.length > 0));
    void this.memento.update(KEY, kept);
    this.changed.fire(uri);
  }
}
