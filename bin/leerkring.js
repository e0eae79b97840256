#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/server/leerkring.js', import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write('Leerkring is not built yet. Type: npm run build\n');
  process.exitCode = 1;
}
