import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { BROWSER, kitEntries, readManifest, withStatic } from './bundle.js';

const root = join(import.meta.dirname, '..');
