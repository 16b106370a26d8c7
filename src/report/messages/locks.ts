import type { Messages } from './message.ts'

/** What lock files, environments and Dockerfiles install, and what the project says against them. */
export const lockMessages: Messages = {
  LOCK_MALFORMED: {
    text: 'The file is not valid {format}: {reason}.',
    remedy: 'Write the file again with the tool that made it.',
  },
  LOCK_DEVELOPMENT_GROUPS: {
    text: '{count:count} locked for development alone: {names:list}.',
    remedy: 'Nothing has to be done; leave these groups out of the production image.',
  },
  LOCK_WITHOUT_CONTENT_HASH: {
    text: 'The lock does not say which pyproject.toml it was made from (metadata.content-hash).',
    remedy: 'Lock again: poetry lock.',
  },
  LOCK_STALE: {
    text: '{name}{specifier} is demanded here, and the lock has {locked:or_none}.',
    remedy: 'Lock again.',
  },
  LOCK_DEMAND_CHANGED: {
    text: '{name}{specifier} is demanded here, and the lock was made for {locked:or_none}.',
    remedy: 'Lock again.',
  },
  LOCK_DEMAND_GONE: {
    text: 'The lock was made for {name}{specifier}, which pyproject.toml does not demand any more.',
    remedy: 'Lock again.',
  },
  LOCK_PIPFILE_CHANGED: {
    text: 'The lock was not made from {file} as it is now.',
    remedy: 'Lock again: pipenv lock.',
    explain: 'pipenv writes a digest of what the Pipfile demands into the lock.',
  },
  LOCK_VERSIONS_DISAGREE: {
    text: '{name}{specifier} is pinned here, and {otherSpecifier} at {otherFile}:{otherLine:id}.',
    remedy: 'Lock both files from the same requirements.',
    explain: 'Which version is installed depends on the file that is used last.',
  },
  LOCK_INSTALL_NOT_NAMED: {
    text: 'This installs {file}, which was not read.',
    remedy: 'Name the file under dependencies.files.',
  },
  CONDA_PREFIX: {
    text: '{name}{specifier} is a prefix, not one version.',
    remedy: 'Name version and build, {name}=VERSION=BUILD, or lock with conda-lock.',
    explain: 'A single = of Conda matches every version that begins so: =1.26 matches 1.26.4.',
  },
  CONDA_WITHOUT_BUILD: {
    text: '{name}{specifier} names one version, and any build of it.',
    remedy: 'Add the build, {name}=VERSION=BUILD, or lock with conda-lock.',
    explain: 'A later build of the same version may link other libraries.',
  },
  CONDA_EXACT_BUILD: {
    text: '{name}{specifier} is one version and build, without a hash.',
    remedy: 'Lock with conda-lock, which records hashes.',
  },
  CONDA_WEAK_HASH: {
    text: '{name}{specifier} has an md5 digest only.',
    remedy: 'Lock again with a current conda-lock, which records sha256.',
  },
  CONDA_PLATFORM_NOT_LOCKED: {
    text: 'The metadata name the platform {platform}, and nothing is locked for it.',
    remedy: 'Lock again for all platforms, or remove the platform.',
  },
  IMAGE_PINNED: {
    text: 'The image {name} is named by its digest.',
    remedy: 'Nothing has to be done.',
  },
  IMAGE_BY_TAG: {
    text: 'The image {name}{specifier} is named by a tag, which can be moved.',
    remedy: 'Add the digest: {name}{specifier}@sha256:DIGEST.',
  },
  IMAGE_NOT_PINNED: {
    text: 'The image {name}{specifier} names no version.',
    remedy: 'Name a tag and the digest: {name}:TAG@sha256:DIGEST.',
  },
  IMAGE_VARIABLE: {
    text: 'The image {name}{specifier} depends on a variable without a default.',
    remedy: 'Give the ARG a default, or write the image out with its digest.',
  },
  SYSTEM_PACKAGE_PINNED: {
    text: 'The system package {name} is pinned to one version ({specifier}).',
    remedy: 'Nothing has to be done.',
  },
  SYSTEM_PACKAGE_NOT_PINNED: {
    text: 'The system package {name} names no exact version.',
    remedy: 'Name the version: {name}=VERSION.',
  },
  INSTALLER_NOT_PINNED: {
    text: '{name} itself is installed without an exact version.',
    remedy: 'Pin it, {name}==VERSION.',
  },
  DOCKER_INSTALL_OUTSIDE_LOCK: {
    text: '{name}{specifier} is installed beside the lock.',
    remedy: 'Move it into the locked requirements.',
    explain: 'What it needs in turn is chosen anew at each build.',
  },
  DOCKER_INSTALL_MAY_ADD: {
    text: '{file} is installed without hashes, so pip adds whatever else its packages need.',
    remedy: 'Install with --no-deps, or compile the file with hashes.',
  },
  DOCKER_INSTALL_UNKNOWN: {
    text: 'This command does not say what it installs.',
    remedy: 'Name the packages or the requirement file in the command itself.',
  },
  DOCKER_PROJECT_WITH_DEPENDENCIES: {
    text: 'The project is installed with its own dependencies ({folder}).',
    remedy: 'Install the lock first and the project with --no-deps.',
  },
  DOCKER_RESOLVES_ANEW: {
    text: '{command} chooses versions anew at each build.',
    remedy: 'Use uv sync --frozen, poetry install or pipenv sync, which keep to the lock.',
  },
  IMPORT_NOT_LOCKED: {
    text: 'The serving code imports {module}, and no requirement provides it ({distributions:list}).',
    remedy:
      'Add the distribution and lock again; where another one provides the module, name it in import_names.',
  },
  IMPORTS_NOT_READ: {
    text: '{file} could not be read as Python throughout, so what it imports is not known.',
    remedy: 'Correct the file, so that its imports can be held against the lock.',
  },
  IMPORT_OPTIONAL_NOT_LOCKED: {
    text: 'The serving code can do without {module}, which no requirement provides.',
    remedy: 'Add it to the requirements where production should have it.',
  },
  MODEL_LIBRARY_VERSION_DIFFERS: {
    text: 'The model file was written with {library} {version}, and {specifier} is locked.',
    remedy: 'Lock the version that wrote the model, or train it again with the locked one.',
  },
  MLFLOW_PACKAGE_IN_ONE_FILE: {
    text: '{name} is listed here, and {otherFile} does not list it.',
    remedy: 'Log the model again, so that MLflow writes its files together.',
    explain: 'MLflow restores a model from conda.yaml or from python_env.yaml.',
  },
  PYTHON_WITHOUT_PATCH: {
    text: 'Python is named without its patch version ({version:or_none}).',
    remedy: 'Name it to the patch, such as 3.11.7.',
  },
  PYTHON_OUTSIDE_RANGE: {
    text: 'Python {version} is named here, and {file} demands {specifier}.',
    remedy: 'Use a version of Python that the range includes, or lock again for this one.',
  },
  PYTHON_VERSIONS_DIFFER: {
    text: 'Python {version} is named here, and {other} in {otherFile}.',
    remedy: 'Name the same version in both places.',
  },
}
