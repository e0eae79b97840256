import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';

/** Files of the browser's build, in the compression that was made with them. What carries a digest in its name never changes. */
export function builtFiles(folder: string): MiddlewareHandler {
  return serveStatic({
    root: folder,
    precompressed: true,
    onFound: (path, context) => {
      const forever = /\/chunks\/.+-[\w-]{8}\.\w+/.test(path);
      context.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
      context.header('vary', 'accept-encoding', { append: true });
    },
  });
}
