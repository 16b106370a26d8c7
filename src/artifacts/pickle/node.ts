/**
 * What a pickle describes, as inert data: nothing is imported, called or constructed. Containers are
 * filled while the machine runs, and may contain themselves.
 */
export type PyNode =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'list'; readonly items: PyNode[] }
  | { readonly kind: 'tuple'; readonly items: readonly PyNode[] }
  | { readonly kind: 'set'; readonly items: PyNode[]; readonly frozen: boolean }
  | { readonly kind: 'dict'; readonly entries: (readonly [PyNode, PyNode])[] }
  | PyGlobal
  | PyObject
  | { readonly kind: 'persistent'; readonly id: PyNode }
  | PyArray

/** A reference to something importable: `sklearn.preprocessing._data` and `StandardScaler`. */
export interface PyGlobal {
  readonly kind: 'global'
  readonly module: string
  readonly name: string
}

/** What a call would give: `callable(*args, **kwargs)`, then its state, items and entries. */
export interface PyObject {
  readonly kind: 'object'
  readonly made: 'reduce' | 'newobj' | 'inst'
  readonly callable: PyNode
  readonly args: readonly PyNode[]
  readonly kwargs: PyNode | undefined
  /** What BUILD gave, the last one if there were several. */
  state: PyNode | undefined
  /** What APPEND, APPENDS and ADDITEMS gave. */
  readonly items: PyNode[]
  /** What SETITEM and SETITEMS gave. */
  readonly entries: (readonly [PyNode, PyNode])[]
}

/** An array whose bytes were found in or beside the pickle. */
export interface PyArray {
  readonly kind: 'array'
  readonly dtype: string
  readonly shape: readonly number[]
  /** Elements of an object array; otherwise the bytes tell them. */
  readonly objects: readonly PyNode[] | undefined
  /** In C order; `undefined` when the array was skipped because it is too large to keep. */
  readonly bytes: Uint8Array | undefined
  /** Of the bytes in C order; `undefined` for object arrays and skipped ones. */
  readonly sha256: string | undefined
}
