import type { FormulaContext } from './formulaContext';
import { AS_WRITTEN } from './growth';
import { parseExpression } from './parseFormula';
import { readSize, type Size } from './sizes';

/** The sizes of an assignment's matrices, with its own letters. */
export function givenSizes(symbols: FormulaContext['symbols']): Map<string, Size> {
  const sizes = new Map<string, Size>();
  for (const [symbol, dimensions] of Object.entries(symbols)) {
    const [rows = null, columns = null] = dimensions.map(parseExpression);
    const size = dimensions.length === 2 && rows && columns && readSize(rows, columns, AS_WRITTEN);
    if (size) sizes.set(symbol, size);
  }
  return sizes;
}
