import { withConditions } from './conditions';
import type { FormulaFinding } from './finding';
import type { FormulaContext } from './formulaContext';
import { growthFindings } from './growthFindings';
import { readAnswer } from './readAnswer';
import { sizeFindings } from './sizeFindings';

export { statedCosts } from './statedCosts';
export type { FormulaContext, FormulaFinding };

/**
 * What the formulas of an answer say that can be checked by themselves: relations between growth rates, sizes of
 * matrices, equal products. In the order of the text. What cannot be read is left out.
 * @param answer its Markdown
 */
export function checkFormulas(answer: { readonly text: string }, context: FormulaContext): FormulaFinding[] {
  const reading = readAnswer(answer.text, context);
  const findings = [...growthFindings(reading), ...sizeFindings(reading)].map((finding) =>
    withConditions(finding, reading),
  );
  return findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
