import type { PyNode } from './node.ts'
import { OPCODES } from './opcodes.ts'
import { decimalOf, floatOf, latin1Of, longOf, unsignedOf } from './operands.ts'

const NONE: PyNode = { kind: 'none' }
const TRUE: PyNode = { kind: 'bool', value: true }
const FALSE: PyNode = { kind: 'bool', value: false }

/**
 * The value of an instruction that needs nothing but its operand.
 *
 * @returns `undefined` for all other instructions.
 * @throws Unreadable for an operand that Python would not read.
 */
export function ownValue(code: number, operand: Uint8Array, offset: number): PyNode | undefined {
  switch (code) {
    case OPCODES.NONE:
      return NONE
    case OPCODES.NEWTRUE:
      return TRUE
    case OPCODES.NEWFALSE:
      return FALSE
    case OPCODES.INT:
      return integerLine(latin1Of(operand), offset)
    case OPCODES.LONG:
      return { kind: 'int', value: decimalOf(latin1Of(operand), offset) }
    case OPCODES.BININT:
    case OPCODES.LONG1:
    case OPCODES.LONG4:
      return { kind: 'int', value: longOf(operand, offset) }
    case OPCODES.BININT1:
    case OPCODES.BININT2:
      return { kind: 'int', value: unsignedOf(operand) }
    case OPCODES.FLOAT:
      return { kind: 'float', value: floatOf(latin1Of(operand), offset) }
    case OPCODES.BINFLOAT: {
      const view = new DataView(operand.buffer, operand.byteOffset, 8)
      return { kind: 'float', value: view.getFloat64(0) }
    }
    case OPCODES.EMPTY_LIST:
      return { kind: 'list', items: [] }
    case OPCODES.EMPTY_TUPLE:
      return { kind: 'tuple', items: [] }
    case OPCODES.EMPTY_DICT:
      return { kind: 'dict', entries: [] }
    case OPCODES.EMPTY_SET:
      return { kind: 'set', items: [], frozen: false }
    default:
      return undefined
  }
}

/** Protocol 0 writes booleans as numbers of two digits. */
function integerLine(line: string, offset: number): PyNode {
  if (line === '01') return TRUE
  if (line === '00') return FALSE
  return { kind: 'int', value: decimalOf(line, offset) }
}
