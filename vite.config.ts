import { defineConfig } from 'vite';
import { precompress, shareTrustedTypes, shortenTemplates } from './tools/vite-plugins.js';

/**
 * What all of the browser's builds share. There is one for each widget, so that its entry is a single file: what it
 * needs for its first paint is not found out about one file after the other. `tools/build.js` says which there are.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  // A library's build replaces nothing by itself; what reads this gets its production half.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  plugins: [shortenTemplates(), shareTrustedTypes(), precompress()],
  build: {
    outDir: 'dist/browser',
    emptyOutDir: false,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      // What comes later imports what it shares from the entry, which is there; a chunk for it would be one more hop.
      preserveEntrySignatures: 'allow-extension',
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
