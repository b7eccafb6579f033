import type { CheckContext, CheckDocument } from './checkResult';
import { failureJson, reportJson } from './reportJson';

/** JSON Lines: one object a report, on a line of its own. */
export function jsonLines(context: CheckContext): CheckDocument {
  return {
    begin: () => '',
    add: (result) => `${JSON.stringify(result.problem ? failureJson(result) : reportJson(result, context))}\n`,
    end: () => '',
  };
}
