/**
 * The instructions of protocols 0 to 5 by their byte.
 * Source: the table in CPython's Lib/pickletools.py, and PEP 307, 3154, 574.
 */
export const OPCODES = {
  MARK: 0x28,
  STOP: 0x2e,
  POP: 0x30,
  POP_MARK: 0x31,
  DUP: 0x32,
  FLOAT: 0x46,
  INT: 0x49,
  BININT: 0x4a,
  BININT1: 0x4b,
  LONG: 0x4c,
  BININT2: 0x4d,
  NONE: 0x4e,
  PERSID: 0x50,
  BINPERSID: 0x51,
  REDUCE: 0x52,
  STRING: 0x53,
  BINSTRING: 0x54,
  SHORT_BINSTRING: 0x55,
  UNICODE: 0x56,
  BINUNICODE: 0x58,
  APPEND: 0x61,
  BUILD: 0x62,
  GLOBAL: 0x63,
  DICT: 0x64,
  EMPTY_DICT: 0x7d,
  APPENDS: 0x65,
  GET: 0x67,
  BINGET: 0x68,
  INST: 0x69,
  LONG_BINGET: 0x6a,
  LIST: 0x6c,
  EMPTY_LIST: 0x5d,
  OBJ: 0x6f,
  PUT: 0x70,
  BINPUT: 0x71,
  LONG_BINPUT: 0x72,
  SETITEM: 0x73,
  TUPLE: 0x74,
  EMPTY_TUPLE: 0x29,
  SETITEMS: 0x75,
  BINFLOAT: 0x47,
  BINBYTES: 0x42,
  SHORT_BINBYTES: 0x43,
  PROTO: 0x80,
  NEWOBJ: 0x81,
  EXT1: 0x82,
  EXT2: 0x83,
  EXT4: 0x84,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
  TUPLE3: 0x87,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  LONG1: 0x8a,
  LONG4: 0x8b,
  SHORT_BINUNICODE: 0x8c,
  BINUNICODE8: 0x8d,
  BINBYTES8: 0x8e,
  EMPTY_SET: 0x8f,
  ADDITEMS: 0x90,
  FROZENSET: 0x91,
  NEWOBJ_EX: 0x92,
  STACK_GLOBAL: 0x93,
  MEMOIZE: 0x94,
  FRAME: 0x95,
  BYTEARRAY8: 0x96,
  NEXT_BUFFER: 0x97,
  READONLY_BUFFER: 0x98,
} as const

/** What follows an instruction: `fixed` bytes, a length of `prefix` bytes and that many, or lines. */
export interface Operand {
  readonly fixed: number
  readonly prefix: number
  readonly lines: number
  /** Whether a long operand may be digested instead of kept. */
  readonly isBinary: boolean
  /** The memory that what it makes takes, in that of a number. */
  readonly weight: number
}

const FIXED: Readonly<Record<number, readonly number[]>> = {
  1: [OPCODES.BININT1, OPCODES.BINGET, OPCODES.BINPUT, OPCODES.PROTO, OPCODES.EXT1],
  2: [OPCODES.BININT2, OPCODES.EXT2],
  4: [OPCODES.BININT, OPCODES.LONG_BINGET, OPCODES.LONG_BINPUT, OPCODES.EXT4],
  8: [OPCODES.BINFLOAT, OPCODES.FRAME],
}
const SIZED: Readonly<Record<number, readonly number[]>> = {
  1: [OPCODES.SHORT_BINSTRING, OPCODES.SHORT_BINBYTES, OPCODES.SHORT_BINUNICODE, OPCODES.LONG1],
  4: [OPCODES.BINSTRING, OPCODES.BINBYTES, OPCODES.BINUNICODE, OPCODES.LONG4],
  8: [OPCODES.BINUNICODE8, OPCODES.BINBYTES8, OPCODES.BYTEARRAY8],
}
const LINES: Readonly<Record<number, readonly number[]>> = {
  1: [
    OPCODES.FLOAT,
    OPCODES.INT,
    OPCODES.LONG,
    OPCODES.PERSID,
    OPCODES.STRING,
    OPCODES.UNICODE,
    OPCODES.GET,
    OPCODES.PUT,
  ],
  2: [OPCODES.GLOBAL, OPCODES.INST],
}
const BINARY: ReadonlySet<number> = new Set([
  OPCODES.BINBYTES,
  OPCODES.BINBYTES8,
  OPCODES.BYTEARRAY8,
  OPCODES.SHORT_BINBYTES,
])

const WEIGHTS: Readonly<Record<number, readonly number[]>> = {
  4: [
    OPCODES.EMPTY_DICT,
    OPCODES.EMPTY_LIST,
    OPCODES.EMPTY_SET,
    OPCODES.DICT,
    OPCODES.LIST,
    OPCODES.FROZENSET,
    OPCODES.TUPLE,
    OPCODES.TUPLE1,
    OPCODES.TUPLE2,
    OPCODES.TUPLE3,
    OPCODES.OBJ,
    OPCODES.REDUCE,
    OPCODES.NEWOBJ,
    OPCODES.NEWOBJ_EX,
  ],
  8: [...BINARY, OPCODES.GLOBAL, OPCODES.STACK_GLOBAL, OPCODES.INST],
}

/** By opcode; nothing for a byte that is no instruction. */
export const OPERANDS: readonly (Operand | undefined)[] = operands()

function operands(): (Operand | undefined)[] {
  const table: (Operand | undefined)[] = new Array<undefined>(256).fill(undefined)
  const sizeIn = (groups: Readonly<Record<number, readonly number[]>>, code: number): number =>
    Number(Object.entries(groups).find(([, codes]) => codes.includes(code))?.[0] ?? 0)
  for (const code of Object.values(OPCODES)) {
    table[code] = {
      fixed: sizeIn(FIXED, code),
      prefix: sizeIn(SIZED, code),
      lines: sizeIn(LINES, code),
      isBinary: BINARY.has(code),
      weight: sizeIn(WEIGHTS, code) || 1,
    }
  }
  return table
}
