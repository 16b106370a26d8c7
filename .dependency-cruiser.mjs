/** The stages in the order in which data flows; a stage sees what `may` names and nothing else. */
const stages = {
  core: { may: [], why: 'The vocabulary must not depend on anything that uses it.' },
  table: { may: ['core'], why: 'A table knows values and types, not files or statistics.' },
  stats: { may: ['core'], why: 'A statistic is a pure function of numbers.' },
  readers: { may: ['core', 'table'], why: 'A reader turns bytes into a table and judges nothing.' },
  documents: {
    may: ['core'],
    why: 'YAML and JSON with the place of every value; what stands in them is for others.',
  },
  artifacts: {
    may: ['core', 'documents'],
    why: 'A model file is read as data; what it means for a gate is decided in checks.',
  },
  locks: {
    may: ['core', 'documents'],
    why: 'A lock file is read as text; what it means for a gate is decided in checks.',
  },
  source: {
    may: ['core'],
    why: 'Source code is read as text; what it means for a gate is decided in checks.',
  },
  observability: {
    may: ['core', 'documents'],
    why: 'Rules, dashboards and routes are read as text; what they mean for a gate is decided in checks.',
  },
  rollout: {
    may: ['core', 'stats', 'documents'],
    why: 'Plans, flags, runbooks and exports are read as text, wherever they come from.',
  },
  runner: {
    may: ['core', 'stats'],
    why: 'The runner runs a command and reports; it judges nothing.',
  },
  config: {
    may: ['core', 'documents'],
    why: 'Configuration is validated against types, never against data.',
  },
  drift: {
    may: ['core', 'table', 'stats'],
    why: 'A comparison sees tables through the Snapshot seam alone.',
  },
  facts: {
    may: [
      'core',
      'table',
      'stats',
      'readers',
      'artifacts',
      'locks',
      'source',
      'observability',
      'rollout',
      'runner',
      'config',
      'drift',
    ],
    why: 'Facts are gathered before anything is judged.',
  },
  checks: {
    may: ['core', 'table', 'stats', 'facts'],
    why: 'A check is a pure function over facts.',
  },
  policy: {
    may: ['core'],
    why: 'Policy combines outcomes; it must not look at what they came from.',
  },
  report: { may: ['core'], why: 'A report is a view of the result and cannot change it.' },
  app: {
    may: [
      'core',
      'table',
      'stats',
      'readers',
      'artifacts',
      'locks',
      'source',
      'observability',
      'rollout',
      'runner',
      'config',
      'drift',
      'facts',
      'checks',
      'policy',
      'report',
    ],
    why: 'The app wires the stages; the command line sits on top of it.',
  },
  cli: {
    may: ['core', 'app', 'config', 'policy', 'report', 'checks', 'stats'],
    why: 'The command line starts the app, shows reports and explains registries.',
  },
}

const folders = Object.keys(stages)

const stageRules = folders.map((stage) => {
  const forbidden = folders.filter((other) => other !== stage && !stages[stage].may.includes(other))
  return {
    name: `${stage}-sees-only-what-is-left-of-it`,
    severity: 'error',
    comment: stages[stage].why,
    from: { path: `^src/${stage}/` },
    to: { path: `^src/(${forbidden.join('|')})/` },
  }
})

const only = (name, comment, packagePath, allowedFrom) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: allowedFrom },
  to: { path: packagePath },
})

export default {
  forbidden: [
    ...stageRules,
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle hides which of two files is the foundation.',
      from: { path: '^(src|scripts|test|bench)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'checks-see-facts-as-types-only',
      severity: 'error',
      comment: 'A check may know the shape of a fact, never the collector that opens files.',
      from: { path: '^src/checks/' },
      to: { path: '^src/facts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-stages-reach-no-machine',
      severity: 'error',
      comment: 'Disk, process, clock and network stay outside the stages that compute and decide.',
      from: {
        path: '^src/(core|table|stats|documents|observability|rollout|drift|checks|policy|report)/',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-imports-nothing',
      severity: 'error',
      comment: 'The vocabulary is free of packages, so every stage can share it.',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'nothing-listens-or-calls-out',
      severity: 'error',
      comment:
        'The tool is offline: the probe of a service under test, on the loopback interface, opens the only sockets.',
      from: { path: '^src/', pathNot: '^src/runner/programs/loopback-probe' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|dns)$', dependencyTypes: ['core'] },
    },
    only(
      'commander-only-in-cli',
      'Argument parsing belongs to the edge.',
      'node_modules/commander',
      '^src/cli/',
    ),
    only(
      'chalk-only-at-the-edge',
      'Colour is presentation.',
      'node_modules/chalk',
      '^src/(cli|report/reporters)/',
    ),
    only(
      'yaml-only-in-config',
      'Positions of YAML values are kept in documents; configuration and lock files have stricter readers of their own, and of an MLmodel no position is ever told.',
      'node_modules/yaml',
      '^src/(documents|config|locks|artifacts/mlflow)/',
    ),
    only(
      'zod-only-in-config',
      'Validation happens where files enter.',
      'node_modules/zod',
      '^src/config/',
    ),
    only(
      'formats-only-in-readers',
      'A format library behind the Snapshot seam can be replaced.',
      'node_modules/(csv-parse|hyparquet|hyparquet-compressors|apache-arrow)',
      '^src/readers/',
    ),
    only(
      'simple-statistics-only-in-tests',
      'The product has its own; it is an oracle of the tests.',
      'node_modules/simple-statistics',
      '^$',
    ),
    only(
      'pep440-only-in-locks',
      'Version rules are applied in one place.',
      'node_modules/@renovatebot',
      '^src/locks/',
    ),
    only(
      'lock-syntax-only-in-locks',
      'A parser behind values with lines can be replaced.',
      'node_modules/(toml-eslint-parser|dockerfile-ast)',
      '^src/locks/',
    ),
    only(
      'web-tree-sitter-only-in-source',
      'A parser behind plain syntax nodes can be replaced.',
      'node_modules/web-tree-sitter',
      '^src/source/',
    ),
    only(
      'promql-only-in-prometheus',
      'A grammar behind plain expressions can be replaced.',
      'node_modules/(@prometheus-io|@lezer)',
      '^src/observability/prometheus/',
    ),
    only(
      'yauzl-only-in-zip',
      'Bounds and ambiguous names of archives are handled in one place.',
      'node_modules/yauzl',
      '^src/artifacts/zip/',
    ),
    only(
      'jsfive-only-in-keras',
      'What the HDF5 library throws is turned into errors in one place.',
      'node_modules/jsfive',
      '^src/artifacts/keras/',
    ),
    only(
      'xml-only-where-files-are-read',
      'Facts see a report or a model as data, not as XML.',
      'node_modules/fast-xml-parser',
      '^src/(artifacts|source)/',
    ),
    only(
      'decompressors-only-in-compression',
      'What a small file may expand to is bounded in one place.',
      'node_modules/(unbzip2-stream|xz-decompress)',
      '^src/artifacts/compression/',
    ),
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      comment: 'Shipped code must run without development files.',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|fixtures)/' },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'An import that does not resolve fails only when its lazy chunk is loaded.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^(dist|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
