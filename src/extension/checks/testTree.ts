import type * as vscode from 'vscode';
import type { Part, Question } from '../../core/assignment/assignment';
import { plainStatement } from '../../core/check/plainStatement';
import type { ReportSession } from '../reports/reportSession';
import { fileLabel } from '../reports/reportFile';
import type { FindingPlaces } from './findingPlaces';

/** What an item is to look like. */
interface Wanted {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly location: vscode.Location | undefined;
}

/** The tests: reports, in each its parts, in each its claims. The ids of items are URIs, parts and claims. */
export class TestTree {
  constructor(
    private readonly controller: vscode.TestController,
    private readonly places: FindingPlaces,
  ) {}

  get reports(): readonly vscode.TestItem[] {
    return [...this.controller.items].map(([, item]) => item);
  }

  /** The item of a report, whose parts are found when it is unfolded or run. */
  report(uri: vscode.Uri): vscode.TestItem {
    const id = uri.toString();
    const known = this.controller.items.get(id);
    if (known) return known;
    const item = this.controller.createTestItem(id, uri.path.slice(uri.path.lastIndexOf('/') + 1), uri);
    item.canResolveChildren = true;
    const label = fileLabel(uri);
    if (label !== item.label) item.description = label.slice(0, -item.label.length - 1);
    this.controller.items.add(item);
    return item;
  }

  drop(report: vscode.TestItem): void {
    this.controller.items.delete(report.id);
  }

  /** Gives a report the parts and claims of its assignment; items that are there already stay, and so do their results. */
  fill(session: ReportSession): vscode.TestItem {
    const report = this.report(session.uri);
    const parts = session.assignment.questions.flatMap((question) =>
      question.parts.map((part) => ({ question, part })),
    );
    this.sync(
      report,
      parts.map(({ question, part }) => this.wantedPart(session, question, part)),
    );
    for (const { part } of parts) {
      const item = report.children.get(part.id);
      if (item) this.sync(item, this.wantedClaims(session, part));
    }
    report.canResolveChildren = false;
    return report;
  }

  /** The claims at or below an item. */
  claims(item: vscode.TestItem): vscode.TestItem[] {
    if (item.parent?.parent) return [item];
    return [...item.children].flatMap(([, child]) => this.claims(child));
  }

  reportOf(item: vscode.TestItem): vscode.TestItem {
    return item.parent ? this.reportOf(item.parent) : item;
  }

  private wantedPart(session: ReportSession, { title }: Question, { id }: Part): Wanted {
    const location = this.places.answer(session, id)?.location ?? undefined;
    return { id, label: id, description: title, location };
  }

  private wantedClaims(session: ReportSession, part: Part): Wanted[] {
    const beginning = this.places.answer(session, part.id)?.location ?? undefined;
    const notices = new Map(this.places.notices(session).map(({ notice, places }) => [notice.id, places[0]?.location]));
    return part.claims.map(({ id, statement }) => {
      const location = notices.get(id) ?? beginning;
      return { id, label: plainStatement(statement), description: id, location };
    });
  }

  private sync(parent: vscode.TestItem, wanted: readonly Wanted[]): void {
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id] of parent.children) if (!ids.has(id)) parent.children.delete(id);
    for (const [index, { id, label, description, location }] of wanted.entries()) {
      const uri = location?.uri ?? parent.uri;
      const known = parent.children.get(id);
      const isSame = known?.uri?.toString() === uri?.toString();
      const item = known && isSame ? known : this.controller.createTestItem(id, label, uri);
      item.label = label;
      item.description = description;
      item.range = location?.range;
      item.sortText = String(index).padStart(4, '0');
      if (item !== known) parent.children.add(item);
    }
  }
}
