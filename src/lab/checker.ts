import type { Assignment, Part } from '../core/assignment/assignment';
import { THRESHOLDS } from '../core/check/judge';
import { checkFormulas, statedCosts, type FormulaContext } from '../core/check/formulas/checkFormulas';
import type { PartReading } from '../core/check/finding';
import type { Stance } from '../core/check/stance';
import { StanceReader } from '../core/check/stanceReader';
import type { Cancellation, Models } from '../core/ports';
import type { Report } from '../core/report/report';

/** Reads what the answers of a report say. */
export class Checker {
  private readonly stances: StanceReader;

  constructor(models: Models) {
    this.stances = new StanceReader(models);
  }

  /**
   * A reading of every answer that is not empty, in the order of the assignment.
   * @throws Problem `cancelled`, and what the models throw
   */
  async read(report: Report, assignment: Assignment, cancellation: Cancellation): Promise<PartReading[]> {
    const answers = new Map(report.parts.map((answer) => [answer.id, answer]));
    const readings: PartReading[] = [];
    for (const { parts, symbols } of assignment.questions) {
      for (const part of parts) {
        const text = answers.get(part.id)?.text ?? '';
        if (text.trim() === '') continue;
        const context: FormulaContext = { symbols: symbols ?? {}, costs: costsOf(part) };
        const stances = await this.stances.read(text, part.claims, cancellation);
        readings.push({
          part: part.id,
          stances: withCosts(stances, text, context),
          formulas: checkFormulas({ text }, context),
        });
      }
    }
    return readings;
  }
}

/** From here on a compared cost counts, whatever the words sound like. */
const SURE_COST = 0.8;

function costsOf({ claims }: Part): FormulaContext['costs'] {
  return claims.flatMap(({ id, growth }) => (growth === undefined ? [] : [{ claim: id, growth }]));
}

/** A cost that the answer states is compared as a growth rate, which is surer than what the words sound like. */
function withCosts(stances: readonly Stance[], text: string, context: FormulaContext): Stance[] {
  const stated = new Map(statedCosts({ text }, context).map((cost) => [cost.claim, cost]));
  return stances.map((stance) => {
    const cost = stated.get(stance.claim);
    if (!cost) return stance;
    if (cost.confidence >= THRESHOLDS.computed) return { ...cost, isComputed: true };
    // Neither is sure by itself: where both say the same, the surer one counts, and else who sounds surer.
    if (cost.stance === stance.stance) return { ...cost, confidence: Math.max(cost.confidence, stance.confidence) };
    return cost.confidence >= Math.min(stance.confidence, SURE_COST) ? { ...cost, isComputed: true } : stance;
  });
}
