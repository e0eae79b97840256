/// <reference types="vite/types/importMeta.d.ts" />

/** Has no types of its own. */
declare module 'eslint-plugin-lit-a11y' {
  const plugin: import('eslint').ESLint.Plugin;
  export default plugin;
}
