import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'coverage/']),
  {
    files: ['**/*.{ts,js,cjs}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['bin/*.js', '.*.js', '.*.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return leave();` in a function that returns nothing reads as what it is.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
      // Widening a global interface has no other form.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // Spreading a string gives its code points, which is what is meant.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      // With noPropertyAccessFromIndexSignature the compiler wants brackets where this rule wants a dot.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: ['src/domain/**/*.ts', 'src/contract/**/*.ts'],
    rules: {
      // These run in browser and server alike.
      'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'location', 'localStorage', 'fetch', 'process', 'Buffer'],
    },
  },
  {
    files: ['src/ui/**/*.ts', 'widgets/**/*.ts'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    extends: ['lit/recommended', 'wc/recommended', 'lit-a11y/recommended'],
    // These rules look at one file at a time, and cannot follow a class to its ancestors.
    settings: { wc: { elementBaseClasses: ['LitElement', 'KringElement'] } },
    // Lit calls a listener with its element as `this`.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      // Node's own runner waits for what describe and it return.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'suite'] }] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A callback changes what the compiler believes to be settled; a function is looked at without being called.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // chai asserts by reading a property.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    rules: {
      // What JSON.parse and configuration files bring is given its type by JSDoc.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
