import type { Reporter } from '../reporter.ts'
import { RESULT_SHAPE } from '../result-shape.ts'
import { inOrder } from '../ordered-json.ts'
import { escapeInJson } from '../safe-text.ts'

/** The result as JSON: keys in the order of the documented shape, numbers with all their digits. */
export const jsonReport: Reporter = (result) =>
  `${escapeInJson(JSON.stringify(inOrder(result, RESULT_SHAPE, 'result'), null, 2))}\n`
