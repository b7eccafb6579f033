import * as vscode from 'vscode';
import type { Assignment } from '../../core/assignment/assignment';
import type { PartReading } from '../../core/check/finding';
import { opinionRequest, withOpinions, type Opinion } from '../../core/check/secondOpinion';
import type { Report } from '../../core/report/report';
import { sha256 } from '../../platform/sha256';

/** Who was asked about a part, what was asked, and what was said. */
export interface Given {
  readonly reader: string;
  /** The text; when kept, its SHA-256: an opinion on another answer, or on other claims, is none. */
  readonly request: string;
  readonly opinions: readonly Opinion[];
}

export type GivenByPart = ReadonlyMap<string, Given>;
export type KeptByPart = Readonly<Record<string, Given>>;
type Stored = Readonly<Record<string, KeptByPart>>;

const KEY = 'drylab.secondOpinions';

/** Opinions of language models on answers, by report and part, kept with the workspace until a person discards them. */
export class SecondOpinions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  /** In place of all that were given on the report before. */
  give(uri: vscode.Uri, given: GivenByPart): void {
    const kept = [...given].map(([part, one]) => [part, { ...one, request: hashOf(one.request) }] as const);
    this.store(uri, Object.fromEntries(kept));
  }

  /** Takes the opinions on a report away; `undefined` when there are none. */
  take(uri: vscode.Uri): KeptByPart | undefined {
    const kept = this.all(uri);
    if (kept) this.store(uri, undefined);
    return kept;
  }

  restore(uri: vscode.Uri, kept: KeptByPart): void {
    this.store(uri, kept);
  }

  /** What a report says, with the opinions on what is still the same. */
  applied(
    uri: vscode.Uri,
    report: Report,
    { questions }: Assignment,
    readings: readonly PartReading[],
  ): readonly PartReading[] {
    const kept = this.all(uri);
    if (!kept) return readings;
    const answers = new Map(report.parts.map(({ id, text }) => [id, text]));
    const asked = questions.flatMap((question) =>
      question.parts
        .filter(({ id }) => kept[id])
        .map((part) => [part.id, hashOf(opinionRequest(question, part, answers.get(part.id) ?? ''))] as const),
    );
    const current = new Map(asked);
    return readings.map((reading) => {
      const own = kept[reading.part];
      if (!own || own.request !== current.get(reading.part)) return reading;
      return { ...reading, stances: withOpinions(reading.stances, own.opinions, own.reader) };
    });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private all(uri: vscode.Uri): KeptByPart | undefined {
    return this.memento.get<Stored>(KEY, {})[uri.toString()];
  }

  private store(uri: vscode.Uri, kept: KeptByPart | undefined): void {
    // What is undefined is not stored.
    void this.memento.update(KEY, { ...this.memento.get<Stored>(KEY, {}), [uri.toString()]: kept });
    this.changed.fire(uri);
  }
}

function hashOf(text: string): string {
  return sha256(new TextEncoder().encode(text));
}
