/** One row of the benchmark table; the runner reads rows as lines of JSON. */
export interface Row {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  readonly unit: string;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export function summarise(name: string, values: readonly number[], unit: string): Row {
  const sorted = [...values].sort((a, b) => a - b);
  return { name, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), unit };
}

export function printRow(row: Row): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
