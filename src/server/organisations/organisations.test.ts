import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { THRESHOLDS } from '../../domain/report.ts';
import { INSTRUMENTS } from '../../domain/instruments.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import {
  allOf,
  CADENCE,
  personOf,
  rosterOf,
  testOrganisation,
  testServer,
  type TestServer,
} from '../../../test/support/server.ts';
import { importInstrument, parseInstrument } from '../instruments/instruments.ts';
import { runDueWork } from '../jobs/clockwork.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster, loadRoster } from '../roster/roster.ts';
import { listRounds, listSeries, startSeries, stopSeries } from '../rounds/series.ts';
import { migrate } from '../store/migrations.ts';
import { openStore } from '../store/store.ts';
import { AdministrationError, findOrganisation, makeOrganisation, raiseThresholds } from './organisations.ts';

onEachDatabase('an organisation', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf, '2026-11-02T12:00:00Z');
  });
  after(() => poprf.close());

  test('is made once, with a ballot key that is its own', async () => {
    const first = await testOrganisation(server, { a: 5 });
    const second = await testOrganisation(server, { a: 5 });
    await assert.rejects(makeOrganisation(server.services, { id: first, name: 'Again' }), AdministrationError);
    await assert.rejects(makeOrganisation(server.services, { id: 'Not A Key', name: 'x' }), AdministrationError);
    const response = await server.app.request('/.well-known/leerkring-ballot-keys');
    const { keys } = (await response.json()) as { keys: { organisation: string; publicKey: string }[] };
    const found = keys.filter(({ organisation }) => organisation === first || organisation === second);
    assert.equal(new Set(found.map(({ publicKey }) => publicKey)).size, 2);
    await assert.rejects(findOrganisation(server.services.database), /--organisation/);
    await assert.rejects(findOrganisation(server.services.database, 'nowhere'), /no organisation nowhere/);
    assert.equal(await findOrganisation(server.services.database, first), first);
  });

  test('keeps apart from others in which people and teams have the same keys', async () => {
    const first = await testOrganisation(server, { a: 6 });
    const second = await testOrganisation(server, { a: 6 });
    await runDueWork(server.services, 600);
    for (let index = 1; index <= 6; index += 1) await personOf(server, first, `a-${String(index)}`).answer(allOf(4));
    assert.equal((await personOf(server, first, 'a-lead').reports('a')).open?.ballots, 6);
    assert.equal((await personOf(server, second, 'a-lead').reports('a')).open?.ballots, null);
    assert.equal((await personOf(server, second, 'a-1').openRound()).paper, 'available');
  });

  test('raises its thresholds for rounds to come, and never lowers them', async () => {
    const organisation = await testOrganisation(server, { a: 8 });
    await runDueWork(server.services, 600);
    assert.equal((await raiseThresholds(server.services, organisation, { mean: 7 })).mean, 7);
    await assert.rejects(raiseThresholds(server.services, organisation, { mean: 6 }), /never lowered/);
    await assert.rejects(raiseThresholds(server.services, organisation, { comments: 9 }), /never lowered/);
    const person = personOf(server, organisation, 'a-1');
    assert.equal((await person.openRound()).threshold, THRESHOLDS.mean, 'an open round keeps those it opened with');
    server.setNow('2026-12-02T12:00:00Z');
    await runDueWork(server.services, 600);
    assert.equal((await person.openRound()).threshold, 7);
    server.setNow('2026-11-02T12:00:00Z');
  });

  test('takes a new roster whole or not at all, and tells what changes', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const { database: db, now } = server.services;
    const before = await loadRoster(db, organisation);
    const next = rosterOf({ a: 4, b: 3 });
    const tried = await importRoster(db, organisation, next, { at: now(), dryRun: true });
    assert.deepEqual(await loadRoster(db, organisation), before);
    const done = await importRoster(db, organisation, next, { at: now(), dryRun: false });
    assert.deepEqual(done, tried);
    assert.deepEqual(tried.people.removed.map(({ person }) => person.id), ['a-5']);
    const broken = { ...next, memberships: [...next.memberships, { person: 'nobody', team: 'a', role: 'member' as const }] };
    const kept = await loadRoster(db, organisation);
    await assert.rejects(importRoster(db, organisation, broken, { at: now(), dryRun: false }));
    assert.deepEqual(await loadRoster(db, organisation), kept);
  });

  test('keeps the electorate of an open round when the roster changes', async () => {
    const organisation = await testOrganisation(server, { a: 6 });
    await runDueWork(server.services, 600);
    await importRoster(server.services.database, organisation, rosterOf({ a: 2, b: 9 }), {
      at: server.services.now(),
      dryRun: false,
    });
    assert.equal((await personOf(server, organisation, 'a-6').openRound()).electorate, 6);
    await assert.rejects(personOf(server, organisation, 'b-1').openRound(), /not asked/);
  });

  test('imports instruments of its own, and never another content under a version that was used', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const { database: db, now } = server.services;
    const [pulse] = INSTRUMENTS;
    assert.ok(pulse);
    assert.equal(await importInstrument(db, organisation, pulse, now()), false);
    const changed = { ...pulse, title: { nl: 'Anders', en: 'Different' } };
    await assert.rejects(importInstrument(db, organisation, changed, now()), /higher version/);
    assert.equal(await importInstrument(db, organisation, { ...changed, version: 2 }, now()), true);
    const broken = parseInstrument(JSON.stringify({ ...pulse, items: [{ ...pulse.items[0], construct: 'unheard' }] }));
    assert.ok('errors' in broken && broken.errors.some(({ path }) => path === 'items.0.construct'));
    assert.ok('errors' in parseInstrument('{'));
  });

  test('starts series of teams that exist, each asked once', async () => {
    const organisation = await testOrganisation(server, { a: 5, b: 5 });
    const start = (teams: string[], instrument = 'learning-pulse') =>
      startSeries(server.services, organisation, { instrument, teams, cadence: CADENCE });
    await assert.rejects(start(['nowhere']), /no team nowhere/);
    await assert.rejects(start(['a']), /another series/);
    const [running] = await listSeries(server.services.database, organisation);
    await stopSeries(server.services, organisation, running?.id ?? '');
    await assert.rejects(start(['all', 'a']), /asked twice/);
    await assert.rejects(start(['a'], 'unheard'), /no instrument unheard/);
    await start(['all']);
    await runDueWork(server.services, 600);
    const [round] = await listRounds(server.services, organisation);
    assert.equal(round?.state, 'open');
    assert.equal(round?.electorate, 12);
  });

  test('finds its schema made by whichever server was first', async () => {
    const place = database.place();
    if (place.kind === 'memory') {
      await migrate(server.services.database);
      return;
    }
    const stores = await Promise.all([openStore(place), openStore(place), openStore(place)]);
    await Promise.all(stores.map((store) => store.close()));
  });
});
