import { join } from 'node:path';
import { build } from './build.js';

const main = join(import.meta.dirname, '..', 'dist', 'server', 'leerkring.js');

if ((await build({ only: 'runs' })) === 'failed') process.exit(1);
// The builder sets this as well, but only when there was something to build.
process.env['NODE_ENV'] ??= 'production';
process.env['LEERKRING_DEMO'] ??= '1';
// In this very process, so that signals and the exit code are the server's own.
process.argv.splice(1, Infinity, main, 'serve', ...process.argv.slice(2));
await import(new URL('../dist/server/leerkring.js', import.meta.url).href);
