// The import rules of docs/architecture.md are errors here: imports point downward only.
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const NODE_MODULES = ['node:*', 'fs', 'path', 'os', 'child_process', 'worker_threads', 'crypto', 'url', 'util'];
const RUNTIMES = ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common'];

/** Layer by layer, what may not be imported there, as gitignore-style patterns. */
const FORBIDDEN = {
  'src/core': [
    'vscode',
    ...NODE_MODULES,
    ...RUNTIMES,
    '**/protocol/**',
    '**/platform/**',
    '**/lab/**',
    '**/extension/**',
    '**/cli/**',
    '**/webview/**',
  ],
  'src/protocol': [
    'vscode',
    ...NODE_MODULES,
    ...RUNTIMES,
    '**/platform/**',
    '**/lab/**',
    '**/extension/**',
    '**/cli/**',
    '**/webview/**',
  ],
  'src/platform': [
    'vscode',
    ...RUNTIMES,
    '**/protocol/**',
    '**/lab/**',
    '**/extension/**',
    '**/cli/**',
    '**/webview/**',
  ],
  'src/lab': ['vscode', '**/extension/**', '**/cli/**', '**/webview/**'],
  'src/cli': ['vscode', ...RUNTIMES, '**/lab/main', '**/extension/**', '**/webview/**'],
  'src/extension': [...RUNTIMES, '**/lab/main', '**/cli/**', '**/webview/**'],
  webview: [
    'vscode',
    ...NODE_MODULES,
    ...RUNTIMES,
    '**/src/platform/**',
    '**/src/lab/**',
    '**/src/extension/**',
    '**/src/cli/**',
  ],
};

/** Packages that one file alone may import; everywhere else they are forbidden. */
const SOLE_IMPORTERS = { '@vscode/webview-ui-toolkit': 'webview/shared/controls.ts' };

const restriction = (patterns) => ({ 'no-restricted-imports': ['error', { patterns: [{ group: patterns }] }] });

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'runs/', '.cache/', 'node_modules/', 'test/fixtures/', 'samples/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
    },
  },
  ...Object.entries(FORBIDDEN).map(([folder, patterns]) => ({
    files: [`${folder}/**/*.ts`],
    rules: restriction([...patterns, ...Object.keys(SOLE_IMPORTERS)]),
  })),
  ...Object.entries(SOLE_IMPORTERS).map(([, file]) => ({ files: [file], rules: restriction(FORBIDDEN.webview) })),
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-unused-expressions': 'off' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
);
