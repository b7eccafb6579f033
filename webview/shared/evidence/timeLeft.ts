/** Of the whole: below this, the pace of a run says less than how long the last one took. */
const EARLY = 0.08;
const EARLY_SECONDS = 1;

export interface Pace {
  readonly done: number;
  readonly total: number;
  /** Since the run began. */
  readonly seconds: number;
  /** That the last run of the same experiment took; `null` when there was none. */
  readonly lastSeconds: number | null;
}

/** Share of the work that is done, 0 to 1. */
export function share({ done, total }: Pick<Pace, 'done' | 'total'>): number {
  return total > 0 ? Math.min(Math.max(done / total, 0), 1) : 0;
}

/** Seconds that are left, or `null` while nothing can be said: by the run's own pace, at first by the last run. */
export function secondsLeft(pace: Pace): number | null {
  const done = share(pace);
  const { seconds, lastSeconds } = pace;
  if (done < EARLY || seconds < EARLY_SECONDS) {
    if (lastSeconds === null) return null;
    return lastSeconds > seconds ? lastSeconds - seconds : null;
  }
  return (seconds / done) * (1 - done);
}
