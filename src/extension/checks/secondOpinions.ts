import * as vscode from 'vscode';
import type { PartReading } from '../../core/check/finding';
import { withOpinions, type Opinion } from '../../core/check/secondOpinion';
import type { Report } from '../../core/report/report';
import { sha256 } from '../../platform/sha256';

/** What another reader said of the answer to a part. */
interface Given {
  /** SHA-256 of the answer that was read; an opinion on another text is none. */
  readonly answer: string;
  readonly reader: string;
  readonly opinions: readonly Opinion[];
}

type GivenByPart = Readonly<Record<string, Given>>;
type Stored = Readonly<Record<string, GivenByPart>>;

const KEY = 'drylab.secondOpinions';

/** Opinions of language models on answers, by report and part, kept with the workspace until a person discards them. */
export class SecondOpinions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  give(uri: vscode.Uri, part: string, answer: string, reader: string, opinions: readonly Opinion[]): void {
    this.store(uri, { ...this.all(uri), [part]: { answer: hashOf(answer), reader, opinions } });
  }

  discard(uri: vscode.Uri): void {
    this.store(uri, {});
  }

  /** What a report says, with the opinions on those answers that are still the same. */
  applied(uri: vscode.Uri, report: Report, readings: readonly PartReading[]): readonly PartReading[] {
    const all = this.all(uri);
    if (Object.keys(all).length === 0) return readings;
    const answers = new Map(report.parts.map(({ id, text }) => [id, text]));
    return readings.map((reading) => {
      const given = all[reading.part];
      if (!given || given.answer !== hashOf(answers.get(reading.part) ?? '')) return reading;
      return { ...reading, stances: withOpinions(reading.stances, given.opinions, given.reader) };
    });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private all(uri: vscode.Uri): GivenByPart {
    return this.memento.get<Stored>(KEY, {})[uri.toString()] ?? {};
  }

  private store(uri: vscode.Uri, given: GivenByPart): void {
    const all = { ...this.memento.get<Stored>(KEY, {}), [uri.toString()]: given };
    const kept = Object.fromEntries(Object.entries(all).filter(([, byPart]) => Object.keys(byPart).length > 0));
    void this.memento.update(KEY, kept);
    this.changed.fire(uri);
  }
}

function hashOf(text: string): string {
  return sha256(new TextEncoder().encode(text));
}
