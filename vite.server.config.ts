import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/**
 * The command, and every worker thread under the name that its file has. All lie in one folder, chunks too, so that
 * `new URL('./<name>.worker.js', import.meta.url)` holds wherever the caller's code ends up.
 */
function entries(): Record<string, string> {
  const found: Record<string, string> = { leerkring: join(root, 'src/cli/main.ts') };
  const server = join(root, 'src/server');
  for (const file of existsSync(server) ? readdirSync(server, { recursive: true, encoding: 'utf8' }).sort() : []) {
    if (file.endsWith('.worker.ts')) found[basename(file, '.ts')] = join(server, file);
  }
  return found;
}

export default defineConfig({
  root,
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20.19',
    sourcemap: true,
    rolldownOptions: {
      input: entries(),
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
