import tseslint from 'typescript-eslint'

const ENTRY_POINTS = [
  'src/cli/**',
  'src/index.ts',
  'scripts/**',
  'bench/**',
  'test/**',
  'fixtures/**',
]

const bans = {
  random: {
    object: 'Math',
    property: 'random',
    message: 'Results must be reproducible: use createRandom(seed) of stats/random.ts.',
  },
  now: {
    object: 'Date',
    property: 'now',
    message: 'The clock is injected, so that results and expiry dates can be tested.',
  },
  exit: {
    object: 'process',
    property: 'exit',
    message: 'Ending the process cuts off unwritten output: set process.exitCode in cli/io.ts.',
  },
}

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'coverage/**',
      'docs/**',
      'node_modules/**',
      'bin/**',
      '**/*.mjs',
      'eslint.config.js',
      'bench/out/**',
      '.cache/**',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      'no-restricted-properties': ['error', ...Object.values(bans)],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The clock is injected, so that results and expiry dates can be tested.',
        },
        {
          selector: "CallExpression[callee.property.name='localeCompare']",
          message: 'Order must not depend on the locale: compare code units with <.',
        },
        {
          selector: "CallExpression[callee.property.name='toLocaleString']",
          message: 'Output must not depend on the locale.',
        },
        { selector: 'TSEnumDeclaration', message: 'Use a const array and a union type.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'assert', message: 'Use node:assert/strict.' },
            { name: 'node:assert', message: 'Use node:assert/strict.' },
            {
              name: 'simple-statistics',
              allowImportNames: ['mean', 'sampleVariance', 'sum'],
              message:
                'Only these are accurate enough; its tails are tables (see docs/adr/0002-own-special-functions.md).',
            },
          ],
        },
      ],
    },
  },
  {
    files: ENTRY_POINTS,
    rules: {
      'no-console': 'off',
      'no-restricted-properties': ['error', bans.random, bans.exit],
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['test/**'],
    rules: {
      // node:test returns promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
