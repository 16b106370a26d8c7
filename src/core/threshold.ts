/**
 * Whether a measured number reaches a threshold (`value >= threshold`). Every comparison of a
 * statistic with a limit goes through here, because `NaN >= 0.1` is false and would read as "fine".
 *
 * @throws RangeError when either number is not finite.
 */
export function reaches(value: number, threshold: number): boolean {
  requireFinite(value, 'value')
  requireFinite(threshold, 'threshold')
  return value >= threshold
}

/**
 * Whether a p-value is below a level (`p < alpha`).
 *
 * @throws RangeError when either number is not finite or lies outside 0 to 1.
 */
export function isSignificant(pValue: number, alpha: number): boolean {
  requireShare(pValue, 'p-value')
  requireShare(alpha, 'alpha')
  return pValue < alpha
}

function requireFinite(value: number, what: string): void {
  if (!Number.isFinite(value))
    throw new RangeError(`${what} is not a finite number: ${String(value)}`)
}

function requireShare(value: number, what: string): void {
  requireFinite(value, what)
  if (value < 0 || value > 1) throw new RangeError(`${what} is outside 0 to 1: ${String(value)}`)
}
