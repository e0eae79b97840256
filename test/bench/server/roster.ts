import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.ts';
import { openServices } from '../../../src/server/main.ts';
import { makeOrganisation } from '../../../src/server/organisations/organisations.ts';
import type { StorePlace } from '../../../src/server/store/store.ts';
import { figure, type Figure } from '../figures.ts';
import { SECRET, type BenchServices } from './organisation.ts';

const ROWS = 100_000;
const ORGANISATION = 'import';

/** The command as it is typed: reading the file, comparing, and putting all of it into the database. */
export async function measureRoster(services: BenchServices, place: StorePlace, name: string): Promise<Figure[]> {
  await makeOrganisation(services, { id: ORGANISATION, name: 'Import' });
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-bench-'));
  try {
    const file = join(folder, 'people.csv');
    await writeFile(file, `person,name,team,role\n${Array.from({ length: ROWS }, (_, index) => rowOf(index)).join('\n')}\n`);
    const said: string[] = [];
    const began = performance.now();
    const code = await run(['roster', 'import', file, '--organisation', ORGANISATION, '--json'], {
      environment: { LEERKRING_SECRET: SECRET, ...environmentOf(place) },
      stdout: { write: () => undefined },
      stderr: { write: (text) => said.push(text) },
      cwd: folder,
      now: () => new Date(),
      open: (settings, secret) => (place.kind === 'postgres' ? openServices(settings, secret) : Promise.resolve(kept(services))),
      fetch,
      untilStopped: () => Promise.resolve(),
      showStacks: () => undefined,
    });
    const seconds = (performance.now() - began) / 1000;
    if (code !== 0) throw new Error(`The import was refused: ${said.join('')}`);
    return [
      figure({ part: 'server', what: `roster import of ${ROWS.toLocaleString('en')} rows, ${name}`, unit: 's' }, [seconds], { is: 'at most', limit: 60 }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The embedded database is open already, and stays so. */
function kept(services: BenchServices): Awaited<ReturnType<typeof openServices>> {
  return { ...services, close: () => Promise.resolve() };
}

function environmentOf(place: StorePlace): Record<string, string> {
  return place.kind === 'postgres' ? { DATABASE_URL: place.url } : {};
}

/** Teams of ten in a hundred departments; the first of each team leads it. */
function rowOf(index: number): string {
  const team = Math.floor(index / 10);
  const role = index % 10 === 0 ? 'leader' : 'member';
  return `p${String(index)}@example.org,Naam ${String(index)},Alles / Afdeling ${String(team % 100)} / Team ${String(team)},${role}`;
}
