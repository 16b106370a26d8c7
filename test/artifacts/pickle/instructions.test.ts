import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import { bytesStream } from '../../../src/artifacts/byte-stream.ts'
import { runPickle } from '../../../src/artifacts/pickle/machine.ts'
import type { PyNode } from '../../../src/artifacts/pickle/node.ts'
import type { OPCODES } from '../../../src/artifacts/pickle/opcodes.ts'
import { OPERANDS } from '../../../src/artifacts/pickle/opcodes.ts'
import { startBudget, type PickleRun } from '../../../src/artifacts/pickle/run.ts'

function read(pickle: string, nodes?: number, now: () => number = () => 0): Promise<PickleRun> {
  const limits = { ...DEFAULT_INSPECTION_LIMITS, ...(nodes === undefined ? {} : { nodes }) }
  return runPickle(bytesStream(Buffer.from(pickle, 'latin1')), { budget: startBudget(limits, now) })
}

/** A node as plain data: the notation of the tables below. */
function shown(node: PyNode): unknown {
  switch (node.kind) {
    case 'none':
      return null
    case 'bool':
    case 'int':
    case 'float':
    case 'text':
      return node.value
    case 'bytes':
      return { bytes: Buffer.from(node.value).toString('latin1') }
    case 'list':
      return node.items.map(shown)
    case 'tuple':
      return { tuple: node.items.map(shown) }
    case 'set':
      return { [node.frozen ? 'frozen' : 'set']: node.items.map(shown) }
    case 'dict':
      return { dict: node.entries.map((pair) => pair.map(shown)) }
    case 'global':
      return { global: `${node.module}.${node.name}` }
    case 'persistent':
      return { persistent: shown(node.id) }
    case 'array':
      return { array: node.dtype }
    case 'object': {
      const { made, callable, args, kwargs, state, items, entries } = node
      return {
        [made]: [shown(callable), ...args.map(shown)],
        ...(kwargs === undefined ? {} : { kwargs: shown(kwargs) }),
        ...(state === undefined ? {} : { state: shown(state) }),
        ...(items.length === 0 ? {} : { items: items.map(shown) }),
        ...(entries.length === 0 ? {} : { entries: entries.map((pair) => pair.map(shown)) }),
      }
    }
  }
}

const CLASS = 'cpackage\nThing\n'
const thing = { global: 'package.Thing' }

/** Each instruction in a pickle that needs it. What Python gives for them is in pickletools.py. */
const PROGRAMS: Readonly<Record<keyof typeof OPCODES, readonly [pickle: string, result: unknown]>> =
  {
    MARK: ['(I1\nt.', { tuple: [1] }],
    STOP: ['N.', null],
    POP: ['I1\nI2\n0.', 1],
    POP_MARK: ['I1\n(I2\nI3\n1.', 1],
    DUP: ['I1\n2\x86.', { tuple: [1, 1] }],
    FLOAT: ['F-1.5e3\n.', -1500],
    INT: ['I-7\n.', -7],
    BININT: ['J\xfe\xff\xff\xff.', -2],
    BININT1: ['K\xff.', 255],
    LONG: ['L123456789012345678901L\n.', 123456789012345678901n],
    BININT2: ['M\x01\x02.', 513],
    NONE: ['N.', null],
    PERSID: ['Pname\n.', { persistent: 'name' }],
    BINPERSID: ['K\x01Q.', { persistent: 1 }],
    REDUCE: [`${CLASS}(I1\ntR.`, { reduce: [thing, 1] }],
    STRING: ["S'a\\n\\x41\\101\\\\'\n.", 'a\nAA\\'],
    BINSTRING: ['T\x02\0\0\0ab.', 'ab'],
    SHORT_BINSTRING: ['U\x02ab.', 'ab'],
    UNICODE: ['Va\\u0062\\U0001f40d\xe9\n.', 'ab\u{1f40d}\u00e9'],
    BINUNICODE: ['X\x03\0\0\0\xe2\x82\xac.', '\u20ac'],
    APPEND: ['](lI1\na.', [1]],
    BUILD: [`${CLASS})R}b.`, { reduce: [thing], state: { dict: [] } }],
    GLOBAL: [`${CLASS}.`, thing],
    DICT: ['(I1\nI2\nd.', { dict: [[1, 2]] }],
    EMPTY_DICT: ['}.', { dict: [] }],
    APPENDS: ['](I1\nI2\ne.', [1, 2]],
    GET: ['I1\np7\n0g7\n.', 1],
    BINGET: ['I1\nq\x070h\x07.', 1],
    INST: ['(I1\nipackage\nThing\n.', { inst: [thing, 1] }],
    LONG_BINGET: ['I1\nr\x07\0\0\x010j\x07\0\0\x01.', 1],
    LIST: ['(I1\nl.', [1]],
    EMPTY_LIST: ['].', []],
    OBJ: [`(${CLASS}I1\no.`, { inst: [thing, 1] }],
    PUT: ['I1\np1\n0g1\n.', 1],
    BINPUT: ['I1\nq\x010h\x01.', 1],
    LONG_BINPUT: ['I1\nr\x01\0\0\x000h\x01.', 1],
    SETITEM: ['}I1\nI2\ns.', { dict: [[1, 2]] }],
    TUPLE: ['(I1\nI2\nt.', { tuple: [1, 2] }],
    EMPTY_TUPLE: [').', { tuple: [] }],
    SETITEMS: ['}(I1\nI2\nu.', { dict: [[1, 2]] }],
    BINFLOAT: ['G\xbf\xf8\0\0\0\0\0\0.', -1.5],
    BINBYTES: ['B\x02\0\0\0\0\xff.', { bytes: '\0\xff' }],
    SHORT_BINBYTES: ['C\x02\0\xff.', { bytes: '\0\xff' }],
    PROTO: ['\x80\x05N.', null],
    NEWOBJ: [`${CLASS}K\x01\x85\x81.`, { newobj: [thing, 1] }],
    EXT1: ['\x82\x05.', { persistent: 5 }],
    EXT2: ['\x83\x05\x01.', { persistent: 261 }],
    EXT4: ['\x84\x05\0\0\x01.', { persistent: 16777221 }],
    TUPLE1: ['I1\n\x85.', { tuple: [1] }],
    TUPLE2: ['I1\nI2\n\x86.', { tuple: [1, 2] }],
    TUPLE3: ['I1\nI2\nI3\n\x87.', { tuple: [1, 2, 3] }],
    NEWTRUE: ['\x88.', true],
    NEWFALSE: ['\x89.', false],
    LONG1: ['\x8a\x02\x00\xff.', -256],
    LONG4: ['\x8b\x09\0\0\0\0\0\0\0\0\0\0\0\x01.', 2n ** 64n],
    SHORT_BINUNICODE: ['\x8c\x02\xc3\xa9.', '\u00e9'],
    BINUNICODE8: ['\x8d\x02\0\0\0\0\0\0\0ab.', 'ab'],
    BINBYTES8: ['\x8e\x01\0\0\0\0\0\0\0\xff.', { bytes: '\xff' }],
    EMPTY_SET: ['\x8f.', { set: [] }],
    ADDITEMS: ['\x8f(I1\n\x90.', { set: [1] }],
    FROZENSET: ['(I1\n\x91.', { frozen: [1] }],
    NEWOBJ_EX: [`${CLASS})}\x92.`, { newobj: [thing], kwargs: { dict: [] } }],
    STACK_GLOBAL: ['\x8c\x07package\x8c\x05Thing\x93.', thing],
    MEMOIZE: ['I1\n\x940h\0.', 1],
    FRAME: ['\x95\x01\0\0\0\0\0\0\0N.', null],
    BYTEARRAY8: ['\x96\x01\0\0\0\0\0\0\0\xff.', { bytes: '\xff' }],
    NEXT_BUFFER: ['\x97.', { bytes: '' }],
    READONLY_BUFFER: ['\x97\x98.', { bytes: '' }],
  }

/** They need something that is not in the file. */
const INCOMPLETE = /^(PERSID|BINPERSID|EXT\d|NEXT_BUFFER|READONLY_BUFFER)$/

describe('an instruction of a pickle', () => {
  for (const [name, [pickle, result]] of Object.entries(PROGRAMS)) {
    it(`gives what Python gives: ${name}`, async () => {
      const run = await read(pickle)
      assert.deepEqual(shown(run.root), result)
      assert.equal(run.complete, true)
      assert.equal(run.bytes, pickle.length)
      assert.equal(run.problems.length > 0, INCOMPLETE.test(name), JSON.stringify(run.problems))
    })

    it(`is cut off anywhere without being understood: ${name}`, async () => {
      for (let length = 0; length < pickle.length; length += 1) {
        const run = await read(pickle.slice(0, length))
        assert.equal(run.complete, false)
        assert.deepEqual(run.root, { kind: 'none' })
        assert.ok(run.problems.some(({ severity }) => severity === 'inconclusive'))
      }
    })
  }

  it('is unknown when no protocol has it', async () => {
    for (let code = 0; code < 256; code += 1) {
      if (OPERANDS[code] !== undefined) continue
      const { problems } = await read(`${String.fromCharCode(code)}.`)
      assert.deepEqual(
        problems.map((problem) => problem.code),
        ['PICKLE_OPCODE_UNKNOWN'],
      )
    }
    assert.equal(OPERANDS.filter((operand) => operand !== undefined).length, 68)
  })

  it('fills objects as it fills lists and dictionaries', async () => {
    const { root } = await read(`${CLASS})\x81(I1\neI2\na(I3\nI4\nu.`)
    assert.deepEqual(shown(root), { newobj: [thing], items: [1, 2], entries: [[3, 4]] })
  })

  it('keeps a byte order mark and halves of pairs in a name', async () => {
    assert.deepEqual(shown((await read('\x8c\x05\xef\xbb\xbfos.')).root), '\ufeffos')
    assert.deepEqual(shown((await read('\x8c\x04a\xed\xa0\x80.')).root), 'a\ud800')
  })
})

describe('the reading of a pickle', () => {
  it('ends when there are too many objects', async () => {
    const { problems } = await read(`](${'N'.repeat(200)}e.`, 100)
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['PICKLE_TOO_MANY_OBJECTS'],
    )
  })

  it('ends before the objects of a small file take hundreds of megabytes', async () => {
    const heavy = ['}', 'C\x01a', 'K\x01\x85', `${CLASS})\x81`, 'ca\nb\n']
    for (const instruction of heavy) {
      const { problems } = await read(`(${instruction.repeat(510_000)}t.`)
      assert.ok(
        problems.some(({ code }) => code === 'PICKLE_TOO_MANY_OBJECTS'),
        instruction,
      )
    }
    const text = `X\0\0\x10\0${'a'.repeat(2 ** 20)}`
    const { problems } = await read(`(${text.repeat(130)}t.`)
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['PICKLE_TOO_MANY_OBJECTS'],
    )
  })

  it('takes linear time on a long line that is no number', async () => {
    const start = performance.now()
    for (const code of ['F', 'I', 'L']) await read(`${code}${'1'.repeat(200_000)}x\n.`)
    assert.ok(performance.now() - start < 1000)
  })

  it('tells frames that end inside of an instruction, a frame or nowhere', async () => {
    const frame = (length: number): string => `\x95${String.fromCharCode(length)}${'\0'.repeat(7)}`
    const programs = [
      [`${frame(2)}N.`, []],
      [`${frame(1)}N${frame(1)}.`, []],
      [`${frame(1)}N.`, []],
      [`${frame(0)}N.`, []],
      [`${frame(3)}N.`, ['PICKLE_FRAMES']],
      [`${frame(1)}K\x01.`, ['PICKLE_FRAMES']],
      [`${frame(12)}N0${frame(1)}N.`, ['PICKLE_FRAMES']],
    ] as const
    for (const [pickle, codes] of programs) {
      const { problems } = await read(pickle)
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
        JSON.stringify(pickle),
      )
    }
  })

  it('ends when it takes too long', async () => {
    let time = 0
    const { problems } = await read(`](${'N'.repeat(5000)}e.`, undefined, () => (time += 70_000))
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['INSPECTION_TIME_OUT'],
    )
  })
})
