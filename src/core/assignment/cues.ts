import { phrase } from '../explain/phrase';
import type { Claim } from './assignment';
import type { Path, Remark } from './remark';
import { sameSentence } from './sameSentence';

/** A sentence that is to show both that an answer asserts a claim and that it denies it. */
export function contradictoryCues({ id, statement, cues }: Claim, path: Path): Remark[] {
  const asserting = new Set((cues?.asserts ?? []).map(sameSentence));
  return (cues?.denies ?? []).flatMap((cue, index) => {
    const at = [...path, 'cues', 'denies', index];
    if (asserting.has(sameSentence(cue))) {
      return [{ path: at, message: phrase('this cue asserts "{id}" too: keep it on one side', { id }) }];
    }
    if (sameSentence(cue) !== sameSentence(statement)) return [];
    return [
      { path: at, message: phrase('this is the statement of "{id}" itself, so it cannot deny it: remove it', { id }) },
    ];
  });
}

/** Cues that add nothing. */
export function idleCues({ statement, cues }: Claim, path: Path): Remark[] {
  return (['asserts', 'denies'] as const).flatMap((side) => {
    const seen = new Set<string>();
    return (cues?.[side] ?? []).flatMap((cue, index) => {
      const at = [...path, 'cues', side, index];
      const same = sameSentence(cue);
      if (seen.has(same)) return [{ path: at, message: phrase('this cue is given twice: remove one') }];
      seen.add(same);
      if (side === 'denies' || same !== sameSentence(statement)) return [];
      return [{ path: at, message: phrase('this cue repeats the statement: write it in other words, or remove it') }];
    });
  });
}
