import type { Messages } from './message.ts'

const COMPILE =
  'Compile the requirements to exact versions with hashes: pip-compile --generate-hashes or uv pip compile --generate-hashes.'
const PIN = 'Pin one exact version: {name}==VERSION.'

/** How exactly the requirement files pin what is installed. */
export const requirementMessages: Messages = {
  REQUIREMENT_PINNED: {
    text: '{name} is pinned to one version ({specifier}), without hashes.',
    remedy: COMPILE,
  },
  REQUIREMENT_HASHED: {
    text: '{name} is pinned with hashes ({specifier}).',
    remedy: 'Nothing has to be done.',
  },
  REQUIREMENT_CONSTRAINED: {
    text: '{name} is pinned by a constraint file ({specifier}).',
    remedy: COMPILE,
  },
  REQUIREMENT_HASH_NOT_ENFORCED: {
    text: '{name} has hashes that --no-require-hashes switches off.',
    remedy: 'Remove --no-require-hashes.',
  },
  REQUIREMENT_UNPINNED: {
    text: '{name} names no version.',
    remedy: PIN,
    explain: 'It resolves to whatever was published last.',
  },
  REQUIREMENT_RANGE: {
    text: '{name}{specifier} is a range.',
    remedy: PIN,
    explain: 'A range resolves to the newest version inside it, which changes without a commit.',
  },
  REQUIREMENT_WILDCARD: {
    text: '{name}{specifier} is a wildcard, not one version.',
    remedy: PIN,
    explain: 'pip itself calls ==1.4.* pinned; it still matches 1.4.1 today and 1.4.2 tomorrow.',
  },
  REQUIREMENT_SEVERAL_SPECIFIERS: {
    text: '{name}{specifier} combines several conditions.',
    remedy: PIN,
  },
  REQUIREMENT_VARIABLE: {
    text: '{name} depends on an environment variable ({specifier}).',
    remedy: 'Write the version or the revision itself into the file.',
    explain: 'Variables are not expanded: the verdict must not depend on the machine.',
  },
  REQUIREMENT_INVALID: {
    text: 'pip would refuse the requirement {name} ({specifier}).',
    remedy: 'Correct the line; PEP 508 has the grammar.',
  },
  REQUIREMENT_MARKER_INVALID: {
    text: 'The environment marker of {name} cannot be parsed.',
    remedy: 'Correct the part after the semicolon; PEP 508 has the grammar.',
  },
  REQUIREMENT_EDITABLE: {
    text: '{name} is installed from a folder that may change (-e).',
    remedy: 'Install a built wheel with a hash.',
  },
  REQUIREMENT_LOCAL_PATH: {
    text: '{name} is a local folder or file ({specifier}).',
    remedy: 'Install a built wheel with a hash.',
  },
  REQUIREMENT_HASH_INVALID: {
    text: '{name} has a hash that is not sha256, sha384 or sha512 in its full length.',
    remedy: COMPILE,
  },
  REQUIREMENT_WEAK_HASH: {
    text: '{name} has a hash of a weak algorithm (md5, sha1 or sha224).',
    remedy: COMPILE,
  },
  REQUIREMENT_URL_WEAK_HASH: {
    text: '{name} is bound to its address by a weak digest ({specifier}).',
    remedy: 'Replace the fragment of the address by --hash=sha256:DIGEST.',
  },
  REQUIREMENT_URL_WITHOUT_HASH: {
    text: '{name} comes from an address without a digest ({specifier}).',
    remedy: 'Add --hash=sha256:DIGEST to the line.',
  },
  REQUIREMENT_VCS_COMMIT: {
    text: '{name} is pinned to a full commit, which pip does not verify ({specifier}).',
    remedy: 'Install a built wheel with a hash where the content must be verified.',
  },
  REQUIREMENT_VCS_NOT_COMMIT: {
    text: '{name} follows a branch, a tag or a short commit ({specifier}).',
    remedy: 'Name the full commit of 40 digits after the last @.',
    explain: 'A branch or a tag can be moved to other content.',
  },
  REQUIREMENT_SWALLOWED: {
    text: 'This line belongs to the comment of the line above, which ends with a backslash: {text}',
    remedy: 'Remove the backslash at the end of the comment.',
    explain: 'pip joins lines before it removes comments, so the requirement is never installed.',
  },
  REQUIREMENT_REPEATED: {
    text: '{name}{specifier} is listed again; the first is at {otherFile}:{otherLine:id}.',
    remedy: 'Remove one of the two lines.',
  },
  REQUIREMENT_CONTRADICTED: {
    text: '{name}{specifier} contradicts {otherSpecifier:or_none} at {otherFile}:{otherLine:id}.',
    remedy: 'Keep one of the two lines.',
  },
  REQUIREMENTS_CONSTRAINT_CONFLICT: {
    text: '{name}{specifier} contradicts the constraint {constraint} at {file}:{line:id}.',
    remedy: 'Change one of the two.',
  },
  REQUIREMENTS_HASH_MODE_INCOMPLETE: {
    text: '{name} has no hash, and every requirement must have one.',
    remedy: COMPILE,
    explain:
      'One hash, or --require-hashes, switches pip to a mode in which every requirement must have one.',
  },
  REQUIREMENTS_HASHES_DISABLED: {
    text: 'This option switches hashes off (--no-require-hashes).',
    remedy: 'Remove the option.',
  },
  REQUIREMENTS_HASH_IGNORED: {
    text: 'This --hash belongs to no requirement.',
    remedy: 'Write it on the line of the requirement, or continue that line with a backslash.',
  },
  REQUIREMENTS_PRE_RELEASES: {
    text: 'This option allows pre-releases (--pre).',
    remedy: 'Pin the pre-release that is meant and remove --pre.',
  },
  REQUIREMENTS_EXTRA_INDEX: {
    text: 'This option adds a second index (--extra-index-url), and not every requirement has hashes.',
    remedy: 'Use one index, or hashes: a package of the same name in the other index may win.',
  },
  REQUIREMENTS_TRUSTED_HOST: {
    text: 'This option trusts a host without TLS (--trusted-host), and not every requirement has hashes.',
    remedy: 'Serve the index by HTTPS, or add hashes.',
  },
  REQUIREMENTS_INSECURE_INDEX: {
    text: 'This option reads the index over plain HTTP, and not every requirement has hashes.',
    remedy: 'Serve the index by HTTPS, or add hashes.',
  },
  REQUIREMENTS_OMITTED: {
    text: 'The compiler left packages out of the pins: {names:list}.',
    remedy: 'Compile with --allow-unsafe, which pins these packages too.',
    explain: 'pip-compile leaves out pip and setuptools unless it is told otherwise.',
  },
  REQUIREMENTS_STALE: {
    text: '{name}{specifier} is demanded here, and the compiled file has {locked:or_none}.',
    remedy: 'Compile the requirements again.',
  },
  REQUIREMENTS_WITHOUT_HASHES: {
    text: '{count:count} of {total:requirement} have an exact version without hashes: {names:list}.',
    remedy: COMPILE,
    explain: 'A version number names a release, a hash names its bytes.',
  },
  REQUIREMENTS_EMPTY: {
    text: 'No requirement in {files:list}.',
    remedy: 'Name the file that the model is installed from.',
  },
  REQUIREMENTS_FILE_MISSING: {
    text: '{file} does not exist.',
    remedy: 'Commit the file or correct the path.',
  },
  REQUIREMENTS_NOT_A_FILE: {
    text: '{file} is there, and is not a file.',
    remedy: 'Name a requirement file, not the folder that holds it.',
  },
  REQUIREMENTS_TOO_LARGE: {
    text: '{file} is larger than the {limit:bytes} that are read of a requirement file.',
    remedy: 'Split it, or name the file that the model is installed from.',
  },
  REQUIREMENTS_LINE_TOO_LONG: {
    text: 'The line has more than {limit:count} characters once its continuations are joined.',
    remedy: 'Write one requirement on a line.',
  },
  REQUIREMENTS_NOT_TEXT: {
    text: '{file} is not text.',
    remedy: 'Save it as UTF-8.',
  },
  REQUIREMENTS_LINE_INVALID: {
    text: 'pip would refuse this line: {reason}.',
    remedy: 'Correct the line.',
  },
  REQUIREMENTS_INCLUDE_CYCLE: {
    text: 'The files include each other: {chain}.',
    remedy: 'Remove one of the includes.',
  },
  REQUIREMENTS_INCLUDE_TOO_DEEP: {
    text: '{file} is included at a depth of more than {limit:count} files.',
    remedy: 'Flatten the includes.',
  },
  REQUIREMENTS_INCLUDE_OUTSIDE: {
    text: '{file} lies outside the repository and was not read.',
    remedy: 'Copy it into the repository, or pass --allow-outside.',
  },
  REQUIREMENTS_INCLUDE_REMOTE: {
    text: '{file} is on the network and was not read.',
    remedy: 'Commit a copy and include that.',
  },
  LOCK_FORMAT_UNSUPPORTED: {
    text: 'The format is not read: {format}.',
    remedy: 'Export it as a requirements file with hashes and name that.',
  },
}
