import { Problem, type ProblemReport } from '../problem';
import type { Annotation } from './annotation';
import { mergeSidecars } from './merge';
import { EMPTY_SIDECAR, formatSidecar, parseSidecar, type Sidecar } from './sidecar';
import type { Notes } from './noteBook';

/** The file of notes of one report, wherever it is kept. */
export interface SidecarFile {
  /** For messages. */
  readonly name: string;
  /** The whole text, or `null` if there is no such file. @throws Problem `sidecar.damaged` if it cannot be read. */
  read(): Promise<string | null>;
  /** Replaces the whole file or, if it throws, leaves it as it was. */
  write(text: string): Promise<void>;
}

/**
 * The notes of a report in memory and in their file. The file is read again before every write; what others wrote in
 * the meantime is merged; a damaged or newer file is never written.
 */
export class SidecarKeeper {
  /** As last read from the file or written to it: the common ancestor of later changes. */
  private base = EMPTY_SIDECAR;
  private mine = EMPTY_SIDECAR;
  private seen: string | null = null;
  /** What a newer file holds, shown instead. */
  private shown: Sidecar | null = null;
  private current: ProblemReport | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: SidecarFile,
    private readonly report: string,
  ) {}

  /** Sorted by id. */
  get annotations(): readonly Annotation[] {
    return (this.shown ?? this.mine).annotations;
  }

  /** Why notes are not written: `sidecar.damaged`, `sidecar.newer`, `sidecar.write`; `null` when all is well. */
  get problem(): ProblemReport | null {
    return this.current;
  }

  /** Whether nothing can be written until the file has been repaired. */
  get readOnly(): boolean {
    return this.current !== null && this.current.code !== 'sidecar.write';
  }

  /** Reads the file, at first and whenever it may have changed. Does not throw; see `problem`. */
  load(): Promise<void> {
    return this.inTurn(async () => {
      await this.sync();
      if (!this.readOnly) await this.write();
    });
  }

  /**
   * Applies a change to the notes as they are by then and writes them. Where the file cannot be written, the change
   * stays in memory, `problem` tells, and the next change or `load` tries again.
   * @throws Problem `sidecar.damaged`, `sidecar.newer`, and what `change` throws; nothing is changed then.
   */
  change(change: (notes: Notes) => Notes): Promise<void> {
    return this.inTurn(async () => {
      await this.sync();
      if (this.current && this.readOnly) throw new Problem(this.current.code, this.current.data);
      this.mine = { ...this.mine, annotations: change(this.mine.annotations) };
      await this.write();
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** Takes in what others wrote to the file since it was last seen. */
  private async sync(): Promise<void> {
    const unsaved = this.current?.code === 'sidecar.write' ? this.current : null;
    try {
      const text = await this.file.read();
      if (text === this.seen && !this.readOnly) return;
      const { sidecar, problem } =
        text === null ? { sidecar: EMPTY_SIDECAR, problem: null } : parseSidecar(text, this.file.name);
      this.shown = problem ? sidecar : null;
      this.current = problem ?? unsaved;
      if (problem) return;
      this.mine = mergeSidecars(this.base, this.mine, sidecar);
      this.base = sidecar;
      this.seen = text;
    } catch (thrown) {
      const { code, data } = Problem.from(thrown);
      this.current = { code, data };
    }
  }

  private async write(): Promise<void> {
    const text = formatSidecar(this.mine, this.report);
    const nothing = this.seen === null && this.mine.annotations.length === 0;
    if (nothing || !this.differs(text)) {
      this.current = null;
      return;
    }
    try {
      await this.file.write(text);
      this.base = this.mine;
      this.seen = text;
      this.current = null;
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      this.current = { code: 'sidecar.write', data: { file: this.file.name, detail } };
    }
  }

  /** Whether the file would say something else; how it is laid out does not matter. */
  private differs(text: string): boolean {
    return this.seen === null || text !== formatSidecar(this.base, this.report);
  }
}
