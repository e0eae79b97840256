import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import { openEmbedded } from './embedded.ts';
import { migrate, migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

it('people who were there before the learning log are found by their names', async () => {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: await openEmbedded(undefined) }) });
  const migrator = new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  await migrator.migrateTo('0002-box-count');
  await sql`insert into organisation (id, name, thresholds) values ('org', 'Organisation', '{}')`.execute(database);
  await sql`insert into person (organisation, id, name) values ('org', 'one', 'Zoë D’Hond'), ('org', 'two', 'Bo "B, \\" {Li}')`.execute(database);
  await migrate(database);
  const people = await database.selectFrom('person').select('search').orderBy('id').execute();
  assert.deepEqual(people, [{ search: ' zoe d’ hond' }, { search: ' bo " b, \\" { li}' }]);
  await database.destroy();
});
