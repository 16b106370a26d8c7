import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as pep440 from '@renovatebot/pep440'
import { judgePin } from '../../src/locks/pin-rules.ts'
import { parseRequirementLine } from '../../src/locks/requirement-line.ts'

const SHA256 = 'a'.repeat(64)
const COMMIT = '0123456789abcdef0123456789abcdef01234567'

function pin(line: string): string {
  const parsed = parseRequirementLine(line)
  assert.equal(parsed.kind, 'requirement', line)
  const { pinned, code } = judgePin(parsed.requirement, pep440)
  return `${pinned} ${code}`
}

const CASES: readonly (readonly [law: string, lines: readonly string[], expected: string])[] = [
  [
    'one full version is pinned',
    [
      'numpy==2.1.3',
      'numpy == 2.1.3',
      'numpy (==2.1.3)',
      'numpy==1!2.0.post1',
      'torch==2.4.0+cu118',
      'uvicorn[standard]==0.30.6',
      'numpy==2.1.3 ; python_version >= "3.9" and sys_platform != \'win32\'',
      'numpy===2.1.3-custom',
    ],
    'yes REQUIREMENT_PINNED',
  ],
  ['no version is not pinned', ['numpy', 'uvicorn[standard]'], 'no REQUIREMENT_UNPINNED'],
  [
    'a range is not pinned',
    ['numpy>=2', 'numpy~=2.1.0', 'numpy!=2.1', 'numpy<3'],
    'no REQUIREMENT_RANGE',
  ],
  [
    'a wildcard is not pinned',
    ['numpy==1.4.*', 'numpy == 1.*', 'numpy===1.4.*'],
    'no REQUIREMENT_WILDCARD',
  ],
  [
    'several specifiers are not pinned',
    ['numpy>=2,<3', 'numpy==2.1.3,!=2.1.4'],
    'no REQUIREMENT_SEVERAL_SPECIFIERS',
  ],
  [
    'what is no version is invalid',
    ['numpy==two', 'numpy=2.1.3', 'numpy==', '!!!', 'numpy 2.1.3', 'numpy==2.1.3 \\'],
    'no REQUIREMENT_INVALID',
  ],
  [
    'a version from the environment is not pinned',
    ['numpy==${NUMPY_VERSION}', 'git+https://host/a/b.git@${REVISION}', 'https://host/a-${V}.whl'],
    'no REQUIREMENT_VARIABLE',
  ],
  [
    'a digest binds the bytes',
    [
      `numpy==2.1.3 --hash=sha256:${SHA256}`,
      `numpy==2.1.3 --hash sha256:${SHA256}`,
      `https://host/numpy-2.1.3.whl#sha256=${SHA256}`,
      `https://\${TOKEN}@host/numpy-2.1.3.whl#sha256=${SHA256}`,
      `numpy @ https://host/numpy-2.1.3.whl#egg=numpy&sha256=${SHA256}`,
      `./wheels/numpy-2.1.3.whl --hash=sha256:${SHA256}`,
    ],
    'hashed REQUIREMENT_HASHED',
  ],
  [
    'a digest does not make a range exact',
    [`numpy>=2.1.3 --hash=sha256:${SHA256}`],
    'no REQUIREMENT_RANGE',
  ],
  [
    'a weak digest is refused by pip',
    ['numpy==2.1.3 --hash=md5:d41d8cd98f00b204e9800998ecf8427e', `numpy==2 --hash=sha1:abc`],
    'no REQUIREMENT_WEAK_HASH',
  ],
  [
    'a digest of the wrong length is none',
    ['numpy==2.1.3 --hash=sha256:abc', 'numpy==2.1.3 --hash=constructor:abc'],
    'no REQUIREMENT_HASH_INVALID',
  ],
  [
    'a weak digest in an address binds weakly',
    ['https://host/numpy-2.1.3.whl#md5=d41d8cd98f00b204e9800998ecf8427e'],
    'warn REQUIREMENT_URL_WEAK_HASH',
  ],
  [
    'an address without a digest is not pinned',
    ['https://host/numpy-2.1.3.whl', 'numpy @ https://host/x.tar.gz', './wheels/numpy-2.1.3.whl'],
    'no REQUIREMENT_URL_WITHOUT_HASH',
  ],
  [
    'a full commit is exact and cannot be verified',
    [
      `git+https://host/a/b.git@${COMMIT}#egg=b`,
      `b @ git+ssh://git@host/a/b.git@${COMMIT}`,
      `-e git+https://host/a/b.git@${COMMIT}`,
    ],
    'warn REQUIREMENT_VCS_COMMIT',
  ],
  [
    'a branch, a tag or a short commit is not pinned',
    [
      'git+https://host/a/b.git',
      'git+https://host/a/b.git@main',
      'git+https://host/a/b.git@v1.0.0#egg=b',
      'git+https://host/a/b.git@0123456',
      'git+ssh://git@host/a/b.git',
    ],
    'no REQUIREMENT_VCS_NOT_COMMIT',
  ],
  [
    'an editable folder has no version',
    ['-e .', '--editable=./lib', '-e./lib'],
    'no REQUIREMENT_EDITABLE',
  ],
  [
    'a folder has no version',
    ['.', './lib', '../lib[extra]', 'file:///opt/lib'],
    'no REQUIREMENT_LOCAL_PATH',
  ],
  [
    'a marker pip cannot read is refused',
    ['numpy==2.1.3 ; python_version >', 'numpy==2.1.3 ; pyhton_version > "3"', 'numpy==2 ; '],
    'no REQUIREMENT_MARKER_INVALID',
  ],
]

for (const [law, lines, expected] of CASES) {
  test(law, () => {
    for (const line of lines) assert.equal(pin(line), expected, line)
  })
}
