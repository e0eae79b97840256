import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPoprf } from '../../../src/server/keys/poprf.ts';
import { openStore, type StorePlace } from '../../../src/server/store/store.ts';
import { build } from '../../../tools/build.js';
import { startPostgresServer } from '../../support/databases.ts';
import { asText, type Figure } from '../figures.ts';
import { measureClosing } from './closing.ts';
import { servicesOn } from './organisation.ts';
import { measureReports } from './reports.ts';
import { measureRoster } from './roster.ts';
import { measureThroughput } from './throughput.ts';

interface Place {
  readonly name: string;
  readonly place: StorePlace;
  stop(): Promise<void>;
}

/** Both databases as they are run in earnest: on a disk, and PostgreSQL with `fsync`. */
async function places(): Promise<Place[]> {
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-bench-'));
  const postgres = await startPostgresServer(['fsync=on']);
  await postgres.query('create database leerkring');
  return [
    { name: 'PGlite', place: { kind: 'folder', folder }, stop: () => rm(folder, { recursive: true, force: true }) },
    { name: 'PostgreSQL', place: { kind: 'postgres', url: postgres.url('leerkring'), pool: 10 }, stop: () => postgres.stop() },
  ];
}

/**
 * Measures one thing after the other. What fails costs its own figures and no others: it is told at the end.
 * @param took is handed the figures as they come
 */
export async function measureServer(rounds: number, say: (line: string) => void, took: (figures: readonly Figure[]) => void): Promise<void> {
  const failures: unknown[] = [];
  if ((await build()) === 'failed') throw new Error('The build failed.');
  for (const { name, place, stop } of await places()) {
    // As it runs in earnest: built, and without the compiler of the tests.
    const poprf = startPoprf(new URL('../../../dist/server/poprf.worker.js', import.meta.url).href);
    const store = await openStore(place);
    const services = servicesOn(store, poprf);
    try {
      const parts = [
        () => measureThroughput(services, place, name, rounds),
        () => measureClosing(services, name),
        () => measureReports(services, name, rounds),
        () => measureRoster(services, place, name),
      ];
      for (const measure of parts) {
        try {
          const measured = await measure();
          took(measured);
          say(asText(measured));
        } catch (error) {
          say(`${name}: ${String(error)}`);
          failures.push(error);
        }
      }
    } finally {
      await store.close();
      await poprf.close();
      await stop();
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be measured.');
}
