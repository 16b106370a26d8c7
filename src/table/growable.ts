/** A typed array that grows by doubling; `values()` is a copy of exactly what was added. */
export interface Growable<T extends Float64Array | Uint32Array> {
  /** Adds a number at the end, rounded as the array rounds it. Complexity: O(1) on average. */
  push(value: number): void
  readonly length: number
  /** What was added, in order. Complexity: O(length). */
  values(): T
}

function growable<T extends Float64Array | Uint32Array>(make: (size: number) => T): Growable<T> {
  let store = make(1024)
  let length = 0
  return {
    push: (value) => {
      if (length === store.length) {
        const larger = make(store.length * 2)
        larger.set(store)
        store = larger
      }
      store[length++] = value
    },
    get length() {
      return length
    },
    values: () => store.slice(0, length) as T,
  }
}

/** Starts with no numbers; each takes 8 bytes. */
export function growableDoubles(): Growable<Float64Array> {
  return growable((size) => new Float64Array(size))
}

/** Starts with no numbers; each is taken modulo 2^32 and takes 4 bytes. */
export function growableIntegers(): Growable<Uint32Array> {
  return growable((size) => new Uint32Array(size))
}
