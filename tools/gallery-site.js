import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { build } from './build.js';
import { BROWSER } from './bundle.js';

const root = join(import.meta.dirname, '..');
const GALLERY = join(root, 'dist', 'gallery');

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

/**
 * Builds the kit where it is stale, and the gallery beside it: on its own, since modules that kit and gallery had in
 * common would become files of their own, which every intranet then had to fetch.
 * @throws {Error} when the kit could not be built
 */
export async function buildGallery() {
  if ((await build()) === 'failed') throw new Error('The kit could not be built.');
  const { build: viteBuild } = await import('vite');
  await viteBuild({
    root: join(root, 'src', 'pages', 'gallery'),
    configFile: false,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    build: { outDir: GALLERY, emptyOutDir: true, target: 'es2022', reportCompressedSize: false, modulePreload: false },
  });
}

/**
 * Serves the built gallery and the kit beside it, on this machine alone.
 * @param {number} [port] any free one without it
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serveGallery(port = 0) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const folder = pathname.startsWith('/kit/') ? BROWSER : GALLERY;
    const path = join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname));
    if (!path.startsWith(folder + sep) || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'",
    });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    address: `http://127.0.0.1:${actual}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
