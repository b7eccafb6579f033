import type { Disposable } from '../../core/ports';
import { Problem } from '../../core/problem';
import type { LabClient } from '../../lab/client';

export type Lab = Pick<LabClient, 'call' | 'dispose'>;

/** Lab processes that work side by side; each is lent to one piece of work at a time. */
export class LabPool implements Disposable {
  private readonly all = new Set<Lab>();
  private readonly idle: Lab[] = [];

  constructor(private readonly start: () => Lab) {}

  /** What `work` gives, with a lab that nobody else uses meanwhile. A process that dies is no reason to fail yet. */
  async lend<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
    const lab = this.idle.pop() ?? this.started();
    try {
      const result = await work(lab).catch((thrown: unknown) => {
        if (Problem.from(thrown).code !== 'lab.died') throw thrown;
        return work(lab);
      });
      this.idle.push(lab);
      return result;
    } catch (thrown) {
      const { code } = Problem.from(thrown);
      // A client gives up after a few deaths in a row; the next report may be harmless again.
      if (code === 'lab.died' || code === 'lab.gave-up') this.drop(lab);
      else this.idle.push(lab);
      throw thrown;
    }
  }

  dispose(): void {
    for (const lab of this.all) this.drop(lab);
  }

  private started(): Lab {
    const lab = this.start();
    this.all.add(lab);
    return lab;
  }

  private drop(lab: Lab): void {
    this.all.delete(lab);
    lab.dispose();
  }
}
