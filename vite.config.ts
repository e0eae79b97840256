import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vite';
import { listModules, listWidgets, precompress, shortenTemplates } from './tools/vite-plugins.js';

const root = import.meta.dirname;

/** Every widget folder and every page is an entry, under a name that stays the same from version to version. */
function entries(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const folder of namesIn('widgets')) {
    const entry = join(root, 'widgets', folder, 'index.ts');
    if (existsSync(entry)) found[`kit/${folder}`] = entry;
  }
  for (const file of namesIn('src/pages')) {
    if (/^[^.]+\.ts$/.test(file)) found[`pages/${basename(file, '.ts')}`] = join(root, 'src/pages', file);
  }
  return found;
}

function namesIn(folder: string): string[] {
  const path = join(root, folder);
  return existsSync(path) ? readdirSync(path).sort() : [];
}

export default defineConfig({
  root,
  base: './',
  publicDir: false,
  // A library's build replaces nothing by itself; what reads this gets its production half.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  plugins: [shortenTemplates(), listModules(), listWidgets(join(root, 'widgets')), precompress()],
  build: {
    outDir: 'dist/browser',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    license: { fileName: 'LICENSES.md' },
    reportCompressedSize: false,
    // Built as a library, since only so are dynamic imports left as they are: an application's would put <link> tags
    // into a page that is not ours.
    lib: { entry: entries(), formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'kit/chunks/[name]-[hash].js',
        assetFileNames: 'pages/[name]-[hash][extname]',
        // A library's build keeps white space; this one goes over the wire as it is.
        minify: true,
        comments: false,
      },
    },
  },
});
