import eslint from '@eslint/js';
import sfPlugin from 'eslint-plugin-sf-plugin';
import tseslint from 'typescript-eslint';

/** What the stages may not know of: how the sf CLI works, and how an org is reached (DESIGN.md, "Where to put what"). */
const onlyAtTheEdge = {
  group: ['@salesforce/*', '@oclif/*', '@inquirer/*', '**/commands/**', '**/cli/**', '**/org/salesforce*'],
  message: 'Only src/commands, src/cli and src/org/salesforce* know the sf CLI.',
};

export default tseslint.config(
  { ignores: ['**/.*', 'lib/', 'coverage/', '.cache/', 'test/golden/**/expected/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'test/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // sf-plugins-core and node:test style APIs take async callbacks where the types say void.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // Every `%s` and template place is meant to take numbers, too.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.{ts,js,mjs}'],
    rules: {
      'max-lines': ['error', { max: 250 }],
      complexity: ['error', 10],
      eqeqeq: 'error',
      'no-console': 'off',
    },
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/{config,keys,artifacts,plan,verify,local-org}/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [onlyAtTheEdge] }] },
  },
  {
    files: ['src/commands/**/*.ts', 'src/cli/**/*.ts'],
    plugins: { 'sf-plugin': sfPlugin },
    rules: {
      'sf-plugin/esm-message-import': 'error',
      'sf-plugin/no-messages-load': 'error',
      'sf-plugin/no-missing-messages': 'error',
    },
  },
  {
    files: ['src/commands/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['node:crypto', 'node:fs', 'node:fs/promises'].map((name) => ({
            name,
            message: 'Commands only steer: no crypto, no files.',
          })),
        },
      ],
    },
  },
  {
    // Scenarios get their types from the list that they stand in.
    files: ['conformance/scenarios/*.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // chai's assertions are property reads.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // Fakes keep the signature of what they stand for.
      '@typescript-eslint/require-await': 'off',
    },
  },
);
