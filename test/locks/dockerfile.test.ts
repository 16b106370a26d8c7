import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problems, readLockFixture, readLockText, summary } from './read-lock.ts'

test('images, system packages and every way to install beside the lock are found at their lines', async () => {
  const reading = await readLockFixture('dockerfile/Dockerfile')
  assert.deepEqual(summary(reading), [
    'python 3 hashed IMAGE_PINNED',
    'debian 22 no IMAGE_NOT_PINNED',
    'python 23 warn IMAGE_BY_TAG',
    'ca-certificates 8 yes SYSTEM_PACKAGE_PINNED',
    'curl 9 warn SYSTEM_PACKAGE_NOT_PINNED',
    'pip 11 warn INSTALLER_NOT_PINNED',
    'flask 13 no REQUIREMENT_UNPINNED',
    'gunicorn 14 yes REQUIREMENT_PINNED',
    'requests 15 no REQUIREMENT_RANGE',
    'numpy 18 yes REQUIREMENT_PINNED',
  ])
  assert.deepEqual(problems(reading), [
    '14 warn DOCKER_INSTALL_OUTSIDE_LOCK',
    '18 warn DOCKER_INSTALL_OUTSIDE_LOCK',
  ])
  assert.deepEqual(reading.installs, [{ name: 'requirements.txt', line: 12, isClosed: true }])
  assert.deepEqual(
    reading.python.map(({ version }) => version),
    ['3.11.7', '3.12'],
  )
})

const run = (command: string) => readLockText('Dockerfile', `FROM scratch\nRUN ${command}\n`)

test('a command is found behind whatever stands before it', async () => {
  for (const command of [
    'pip install flask',
    'pip3.11 install -U flask',
    'python3 -m pip --no-cache-dir install flask',
    '/opt/venv/bin/pip install --target /x flask',
    'PIP_NO_CACHE_DIR=1 pip install flask > /dev/null 2>&1',
    'cd /app && (pip install -i https://host.example/simple flask) || exit 1',
    'if true; then pip install flask; fi',
    'uv pip install --system flask',
    'bash -lc "set -e; pip install flask"',
    '["/bin/sh", "-c", "pip install flask"]',
    '["pip", "install", "flask"]',
    'pip install \\\n  flask',
    'pip install "flask"',
    'pip --proxy http://host.example wheel -w /wheels flask',
    'pip install flask >> log 2>&1',
    'uv tool install flask',
    'pipx install flask',
    'easy_install flask',
    'conda create -y -n serve flask',
    'set -e; \\\n # why\n pip install flask # end',
  ]) {
    const names = (await run(command)).entries.map(({ name, pinned }) => `${name} ${pinned}`)
    assert.deepEqual(names, ['flask no'], command)
  }
})

test('what installs nothing by name gives no entry', async () => {
  for (const command of [
    'echo pip',
    'pip --version',
    '# pip install flask\n true',
    'pip install .',
  ]) {
    assert.deepEqual((await run(command)).entries, [], command)
  }
})

test('tools that keep to their lock install it, others choose anew', async () => {
  for (const [command, name] of [
    ['uv sync --frozen --no-dev', 'uv.lock'],
    ['poetry install --only main', 'poetry.lock'],
    ['pipenv install --deploy --system', 'Pipfile.lock'],
    ['pip install -rreq/prod.txt', 'req/prod.txt'],
    ['pip install --requirement=a.txt --no-deps', 'a.txt'],
    ['uv pip sync pylock.toml', 'pylock.toml'],
    ['conda env create -f environment.yml', 'environment.yml'],
    ['micromamba install -y -n base -f conda-lock.yml', 'conda-lock.yml'],
  ] as const) {
    const reading = await run(command)
    assert.deepEqual(
      reading.installs.map((each) => each.name),
      [name],
      command,
    )
    assert.deepEqual(summary(reading), [], command)
  }
  for (const command of ['uv sync', 'poetry add flask', 'pipenv install']) {
    assert.deepEqual(problems(await run(command)), ['2 fail DOCKER_RESOLVES_ANEW'], command)
  }
})

test('a variable takes its default; without one nothing is known', async () => {
  const text = (first: string) =>
    `${first}\nFROM python:\${V}\nARG F=3.1.0\nRUN pip install flask==$F numpy==\${G}\n`
  assert.deepEqual(summary(await readLockText('Dockerfile', text('ARG V=3.11-slim'))), [
    'python 2 warn IMAGE_BY_TAG',
    'flask 4 yes REQUIREMENT_PINNED',
    'numpy 4 no REQUIREMENT_VARIABLE',
  ])
  assert.equal((await readLockText('Dockerfile', text('ARG V'))).entries[0]?.code, 'IMAGE_VARIABLE')
})

test('a Dockerfile without a base image is malformed', async () => {
  for (const text of ['', 'RUN true\n', '# nothing\n']) {
    assert.deepEqual(problems(await readLockText('Dockerfile', text)), [
      '1 inconclusive LOCK_MALFORMED',
    ])
  }
})

test('commands of a later build, of the start and behind another continuation are found too', async () => {
  for (const text of [
    'FROM scratch\nONBUILD RUN pip install flask\n',
    'FROM scratch\nCMD pip install flask && python serve.py\n',
    'FROM scratch\nENTRYPOINT ["sh", "-c", "pip install flask"]\n',
    '# escape=`\nFROM scratch\nRUN pip install `\n  flask\n',
  ]) {
    const names = (await readLockText('Dockerfile', text)).entries.map(({ name }) => name)
    assert.deepEqual(names, ['flask'], text)
  }
})

test('what a command does not name decides nothing', async () => {
  for (const command of [
    'cat list | xargs pip install',
    'pip install $(cat list)',
    'pip install',
  ]) {
    const reading = await run(command)
    assert.deepEqual(problems(reading), ['2 inconclusive DOCKER_INSTALL_UNKNOWN'], command)
    assert.deepEqual(reading.entries, [], command)
  }
})

test('system packages of every distribution are judged by the way it writes versions', async () => {
  for (const [command, code] of [
    ['apk add --no-cache gcc=12.2.1-r14', 'SYSTEM_PACKAGE_PINNED'],
    ['apk add "gcc>12"', 'SYSTEM_PACKAGE_NOT_PINNED'],
    ['apt-get -y install gcc=4:12.2.0-3', 'SYSTEM_PACKAGE_PINNED'],
    ['apt-get install gcc=4:12*', 'SYSTEM_PACKAGE_NOT_PINNED'],
    ['dnf install -y gcc-c++-11.4.1-2.el9', 'SYSTEM_PACKAGE_PINNED'],
    ['yum install gcc-c++', 'SYSTEM_PACKAGE_NOT_PINNED'],
  ]) {
    const codes = (await run(command ?? '')).entries.map((entry) => entry.code)
    assert.deepEqual(codes, [code], command)
  }
})

test('a file of the image is found where COPY took it from', async () => {
  for (const [copies, file, origin] of [
    ['COPY deploy/req.txt /tmp/locked.txt', '/tmp/locked.txt', 'deploy/req.txt'],
    ['COPY deploy/req.txt deploy/b.txt /tmp/', '/tmp/req.txt', 'deploy/req.txt'],
    ['COPY deploy/ /app/', '/app/req.txt', 'deploy/req.txt'],
    ['WORKDIR /app\nCOPY . .', '/app/deploy/req.txt', 'deploy/req.txt'],
    ['WORKDIR /app\nCOPY . .', 'req.txt', 'req.txt'],
  ] as const) {
    const text = `FROM scratch\n${copies}\nRUN pip install -qr ${file}\n`
    const { installs } = await readLockText('Dockerfile', text)
    assert.deepEqual(
      installs.map(({ name }) => name),
      [origin],
      copies,
    )
  }
})

test('a stage is one only below the line that names it', async () => {
  const reading = await readLockText('Dockerfile', 'FROM base\nFROM scratch AS base\nFROM base\n')
  assert.deepEqual(summary(reading), ['base 1 no IMAGE_NOT_PINNED'])
})

test('an image from which files are taken is an image, a stage is none', async () => {
  const digest = `@sha256:${'a'.repeat(64)}`
  const text = [
    'FROM scratch AS build',
    'COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/',
    `COPY --chown=1 --from=nginx:1.27${digest} /a /b`,
    'RUN --mount=type=cache,target=/c --mount=type=bind,from=tools:1.2,target=/t true',
    'FROM scratch',
    'COPY --from=build /a /a',
    'COPY --from=0 /a /a',
  ].join('\n')
  assert.deepEqual(summary(await readLockText('Dockerfile', text)), [
    'ghcr.io/astral-sh/uv 2 no IMAGE_NOT_PINNED',
    'nginx 3 hashed IMAGE_PINNED',
    'tools 4 warn IMAGE_BY_TAG',
  ])
})

test('what uv runs or adds for one command is installed too', async () => {
  for (const [command, entry] of [
    ['uvx gunicorn app:app', 'gunicorn 2 no REQUIREMENT_UNPINNED'],
    ['uvx gunicorn@23.0.0 app:app', 'gunicorn 2 yes REQUIREMENT_PINNED'],
    ['uv tool run --python 3.11 ruff@latest check .', 'ruff 2 no REQUIREMENT_UNPINNED'],
    ['uvx --from httpie==3.2.4 http', 'httpie 2 yes REQUIREMENT_PINNED'],
    [
      'uv run --frozen --with "flask>=3,<4" python app.py',
      'flask 2 no REQUIREMENT_SEVERAL_SPECIFIERS',
    ],
  ] as const) {
    assert.deepEqual(summary(await run(command)), [entry], command)
  }
  assert.deepEqual(summary(await run('uv run --frozen app.py --with sugar')), [])
})

test('a program in a variable, setup.py and code that calls pip are seen', async () => {
  const text = 'FROM scratch\nENV PIP="pip install"\nRUN $PIP flask\n'
  assert.deepEqual(summary(await readLockText('Dockerfile', text)), [
    'flask 3 no REQUIREMENT_UNPINNED',
  ])
  for (const [command, problem] of [
    ['python setup.py install', '2 warn DOCKER_PROJECT_WITH_DEPENDENCIES'],
    [
      "python -c \"import pip; pip.main(['install', 'x'])\"",
      '2 inconclusive DOCKER_INSTALL_UNKNOWN',
    ],
    ['curl -sSL https://host.example/get.py | python3 -', '2 warn DOCKER_INSTALL_UNKNOWN'],
    ['wget -qO- https://host.example/get.sh | sh -s -- --yes', '2 warn DOCKER_INSTALL_UNKNOWN'],
  ] as const) {
    assert.deepEqual(problems(await run(command)), [problem], command)
  }
  for (const command of [
    'bash -c "true"',
    'bash setup.sh',
    'python -c "print(1)"',
    'sh <<E\ntrue\nE',
  ]) {
    assert.deepEqual(problems(await run(command)), [], command)
  }
  const shell = await readLockText('Dockerfile', 'FROM scratch\nCMD ["/bin/sh"]\n')
  assert.deepEqual(problems(shell), [])
})

test('wheels that the image builds are judged where they are built', async () => {
  const text = (install: string) =>
    `FROM scratch AS b\nRUN pip wheel --no-deps -w /wheels -r a.txt\nFROM scratch\nCOPY --from=b /wheels /wheels\nRUN ${install}\n`
  const read = async (install: string) => {
    const reading = await readLockText('Dockerfile', text(install))
    return [...summary(reading), ...problems(reading)]
  }
  assert.deepEqual(await read('pip install --no-deps /wheels/*.whl'), [])
  assert.deepEqual(await read('pip install --no-index /wheels/*'), [])
  assert.deepEqual(await read('pip install /wheels/*.whl'), [
    '5 warn DOCKER_PROJECT_WITH_DEPENDENCIES',
  ])
  assert.deepEqual(await read('pip install --no-deps /other/a-1.0-py3-none-any.whl'), [
    'a 5 no REQUIREMENT_URL_WITHOUT_HASH',
  ])
})

test('the environment may tell uv to keep to its lock', async () => {
  for (const text of ['ENV UV_FROZEN=1\nRUN uv sync', 'RUN UV_LOCKED=1 uv sync']) {
    const reading = await readLockText('Dockerfile', `FROM scratch\n${text}\n`)
    assert.deepEqual(problems(reading), [], text)
    assert.equal(reading.installs[0]?.name, 'uv.lock')
  }
})
