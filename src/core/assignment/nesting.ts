import { Lexer } from 'yaml';

/** Brackets in brackets; an assignment has three. */
const DEEPEST = 50;
/** Columns before what a line begins with; each level of a block takes one at least. */
const WIDEST = 200;

/**
 * Whether values are nested so deep that a parser which calls itself would run out of stack, or out of patience. Takes
 * time in proportion to the text.
 */
export function isNestedTooDeep(yamlText: string): boolean {
  if (new RegExp(`^[ \\t?:-]{${WIDEST}}`, 'm').test(yamlText)) return true;
  let depth = 0;
  for (const token of new Lexer().lex(yamlText)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}
