/** What commands about findings are told: a report, one of its parts, and perhaps a finding there. */
export interface FindingTarget {
  /** Of the report, as a string. */
  readonly report: string;
  readonly part: string;
  /** Of a notice; `null` for the part as a whole. */
  readonly id: string | null;
}

/**
 * For links: they are decoded once or twice or three times on their way, by where they are clicked, which these letters
 * do not mind.
 */
export function targetQuery(target: FindingTarget): string {
  return JSON.stringify([Buffer.from(JSON.stringify(target)).toString('base64url')]);
}

/** What a command was given, by a link or by another program; `undefined` when it is nothing of the kind. */
export function targetOf(argument: unknown): FindingTarget | undefined {
  const given = typeof argument === 'string' ? parsed(argument) : argument;
  if (typeof given !== 'object' || given === null) return undefined;
  const { report, part, id = null } = given as Readonly<Record<string, unknown>>;
  const isTarget = typeof report === 'string' && typeof part === 'string' && (id === null || typeof id === 'string');
  return isTarget ? { report, part, id } : undefined;
}

function parsed(query: string): unknown {
  try {
    return JSON.parse(Buffer.from(query, 'base64url').toString());
  } catch {
    return undefined;
  }
}
