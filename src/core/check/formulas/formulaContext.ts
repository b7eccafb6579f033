/** What an assignment says about the formulas of an answer. */
export interface FormulaContext {
  /** Rows and columns of matrices by their letter, `Q: ['n', 'd']`; one dimension for vectors. */
  readonly symbols: Readonly<Record<string, readonly string[]>>;
  /** Claims about a cost, with the growth rate in TeX: `n^2 d`. */
  readonly costs: readonly { readonly claim: string; readonly growth: string }[];
}
