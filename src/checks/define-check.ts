import type { Check } from '../core/check.ts'
import type { ParamSpecs } from '../core/params.ts'
import type { FactMap } from '../facts/fact-map.ts'

/** Types a check by what it declares: `judge` sees the facts it needs and its parameters, no more. */
export function defineCheck<const Keys extends keyof FactMap, const S extends ParamSpecs>(
  check: Check<FactMap, Keys, S>,
): Check<FactMap, Keys, S> {
  return check
}
