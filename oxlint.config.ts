/** Lint rules, and the arrows between folders: what each may import is the table below, everything else is an error. */

import { defineConfig } from 'oxlint';
import type { OxlintOverride } from 'oxlint';

type ImportRule = NonNullable<NonNullable<OxlintOverride['rules']>['no-restricted-imports']>;

/** Folder of src/ -> the other folders of src/ that it may import. cli/ is missing because it may import all. */
export const arrows: Record<string, string[]> = {
  platform: [],
  papers: ['platform'],
  accounts: ['platform'],
  sources: ['papers', 'platform'],
  search: ['papers', 'platform'],
  discussion: ['papers', 'accounts', 'platform'],
  ranking: ['discussion', 'papers', 'accounts', 'platform'],
  subscriptions: ['search', 'papers', 'accounts', 'platform'],
  feed: ['ranking', 'search', 'discussion', 'papers', 'accounts', 'platform'],
  digest: ['feed', 'subscriptions', 'search', 'discussion', 'papers', 'accounts', 'platform'],
  hooks: ['feed', 'search', 'papers', 'accounts', 'platform'],
  api: ['feed', 'subscriptions', 'search', 'discussion', 'papers', 'accounts', 'platform'],
  web: ['feed', 'subscriptions', 'search', 'discussion', 'papers', 'accounts', 'platform'],
  migrations: ['platform'],
};

/** Folders may be this deep; deeper ones would escape the rule against climbing out. */
const MAX_DEPTH = 4;

/** Those above all folders: only cli/ reaches for them. */
const entryPoints = ['app', 'handler', 'main', 'schedule'].map((name) => `${name}\\.ts`);

/** `depth` is the number of folders between src/ and the file. Tests may also use test/. */
function importRules(folder: string, allowed: string[], depth: number, isTest: boolean): ImportRule {
  const reachable = [folder, ...allowed, ...(isTest ? ['migrations'] : [])];
  const forbidden = [...Object.keys(arrows), 'cli'].filter((name) => !reachable.includes(name));
  const up = '\\.\\./'.repeat(depth);
  const outside = isTest ? 'bench|bin' : 'bench|bin|starter|test';
  return [
    'error',
    {
      patterns: [
        {
          regex: `^#(?:(?:${forbidden.join('|')})/|${entryPoints.join('|')})`,
          message: `src/${folder} may import only ${allowed.map((name) => `#${name}`).join(', ') || 'itself'}.`,
        },
        {
          regex: `^${up}(?:[^.]|\\.\\./(?:${outside})/)`,
          message: 'A relative import stays inside its top folder; use #folder/file.ts across folders.',
        },
        {
          regex: '^#schema\\.ts$',
          allowTypeImports: folder !== 'platform',
          message: 'Only `import type` from #schema.ts, and not in platform.',
        },
      ],
    },
  ];
}

function boundaries(folder: string, allowed: string[]): OxlintOverride[] {
  return Array.from({ length: MAX_DEPTH }, (_, index) => `src/${folder}${'/*'.repeat(index + 1)}`).flatMap(
    (files, index) => [
      {
        files: [`${files}.ts`, `${files}.tsx`],
        rules: { 'no-restricted-imports': importRules(folder, allowed, index + 1, false) },
      },
      {
        files: [`${files}.test.ts`, `${files}.test.tsx`],
        rules: { 'no-restricted-imports': importRules(folder, allowed, index + 1, true) },
      },
    ],
  );
}

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'node', 'promise'],
  categories: { correctness: 'error' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['node_modules', 'data', 'tmp', 'dist'],
  rules: {
    eqeqeq: 'error',
    'max-lines': ['error', { max: 300 }],
    'max-lines-per-function': ['error', { max: 60 }],
    'no-console': 'error',
    'import/no-cycle': 'error',
    'no-throw-literal': 'error',
    'node/no-process-env': 'error',
    'promise/no-return-wrap': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    // [...text] is how code points are told apart, which is what TeX and initials need.
    'typescript/no-misused-spread': 'off',
    'typescript/no-non-null-assertion': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // Our interfaces are filled with closures, which have no `this` to lose.
    'typescript/unbound-method': 'off',
    'unicorn/prefer-node-protocol': 'error',
  },
  overrides: [
    ...Object.entries(arrows).flatMap(([folder, allowed]) => boundaries(folder, allowed)),
    {
      files: ['**/*.test.ts', '**/*.test.tsx', 'test/**', 'bench/**'],
      rules: {
        'max-lines': ['error', { max: 500 }],
        'max-lines-per-function': 'off',
        'node/no-process-env': 'off',
        // Long lists of cases are spread row by row.
        'unicorn/no-useless-spread': 'off',
        // describe() and test() hand back promises that the runner awaits.
        'typescript/no-floating-promises': [
          'error',
          {
            allowForKnownSafeCalls: [
              { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
            ],
          },
        ],
      },
    },
    { files: ['src/platform/config.ts', 'bin/**'], rules: { 'node/no-process-env': 'off' } },
    { files: ['src/cli/**', 'src/main.ts', 'bin/**', 'test/run.ts', 'bench/**'], rules: { 'no-console': 'off' } },
  ],
});
