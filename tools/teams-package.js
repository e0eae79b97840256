import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.js';

const main = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');

// From the sources: they need nothing built but the icons and the schemas.
if ((await build({ only: 'teams' })) === 'failed') process.exit(1);
const words = ['--import', import.meta.resolve('tsx'), main, 'teams', 'package', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 1;
