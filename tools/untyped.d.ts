/// <reference types="vite/types/importMeta.d.ts" />

/** Has no types of its own. */
declare module 'eslint-plugin-lit-a11y' {
  const plugin: import('eslint').ESLint.Plugin;
  export default plugin;
}

/** Describes its configuration alone, and not what this project calls. */
declare module '@custom-elements-manifest/analyzer' {
  export const ts: typeof import('typescript');
  export type Source = import('typescript').SourceFile;

  export interface DescribedPart {
    readonly name: string;
    readonly privacy?: string;
    readonly static?: boolean;
    readonly fieldName?: string;
    readonly description?: string;
    readonly inheritedFrom?: unknown;
  }
  export interface Described extends DescribedPart {
    readonly summary?: string;
    readonly members?: readonly DescribedPart[];
    readonly attributes?: readonly DescribedPart[];
    readonly events?: readonly DescribedPart[];
  }
  export function create(options: { modules: readonly Source[]; plugins: readonly unknown[] }): {
    readonly modules: readonly { readonly path: string; readonly declarations: readonly Described[] }[];
  };
}
declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  export function litPlugin(): readonly unknown[];
}
