import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { entryPath, helpsPath, LOG_ENTRIES_PATH, LOG_PATH, type ChangedEntry, type Entry, type Log, type NewEntry } from '../../contract/learning-log.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster } from '../roster/roster.ts';

onEachDatabase('the log', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  let minutes = 0;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());

  const start = () => testOrganisation(server, { a: 6, b: 5 });
  const team = { scope: 'team', team: 'a' } as const;
  const all = { scope: 'organisation' } as const;

  /** Each a minute after the one before. */
  async function write(organisation: string, person: string, entry: Partial<NewEntry> = {}): Promise<Entry> {
    minutes += 1;
    server.setNow(new Date(Date.parse('2026-11-02T09:00:00Z') + minutes * 60_000).toISOString());
    const response = await personOf(server, organisation, person).send('POST', LOG_ENTRIES_PATH, {
      key: randomUUID(),
      kind: 'insight',
      text: 'We zagen het te laat.',
      ...entry,
    });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Entry;
  }

  const ask = (organisation: string, person: string, query: Record<string, string>) =>
    personOf(server, organisation, person).get(`${LOG_PATH}?${new URLSearchParams(query).toString()}`);

  async function read(organisation: string, person: string, query: Record<string, string> = {}): Promise<Log> {
    const response = await ask(organisation, person, query);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Log;
  }

  const texts = async (organisation: string, person: string, query: Record<string, string> = {}) =>
    (await read(organisation, person, query)).entries.map(({ excerpt }) => excerpt);

  it('shows to each what they may see, the newest first', async () => {
    const organisation = await start();
    await write(organisation, 'a-1', { text: 'van mij' });
    await write(organisation, 'a-1', { text: 'voor het team', audience: team });
    await write(organisation, 'a-1', { text: 'voor b-1', audience: { scope: 'people', people: ['b-1'] } });
    await write(organisation, 'b-2', { text: 'voor allen', audience: all });
    assert.deepEqual(await texts(organisation, 'a-1'), ['voor allen', 'voor b-1', 'voor het team', 'van mij']);
    assert.deepEqual(await texts(organisation, 'a-2'), ['voor allen', 'voor het team']);
    assert.deepEqual(await texts(organisation, 'a-lead'), ['voor allen', 'voor het team']);
    assert.deepEqual(await texts(organisation, 'b-1'), ['voor allen', 'voor b-1']);
    assert.deepEqual(await texts(organisation, 'chief'), ['voor allen']);
    assert.deepEqual(await texts(organisation, 'a-1', { list: 'mine' }), ['voor b-1', 'voor het team', 'van mij']);
    assert.equal((await ask(organisation, 'nobody', {})).status, 403);
  });

  it('marks what a leader shares, with the reader’s own team where the leader leads more', async () => {
    const { people, memberships, ...rest } = rosterOf({ a: 6, b: 5 });
    const roster = {
      ...rest,
      people: people.filter(({ id }) => id !== 'b-lead'),
      memberships: memberships.map((one) => (one.person === 'b-lead' ? { ...one, person: 'a-lead' } : one)),
    };
    const organisation = await testOrganisation(server, {}, { roster });
    await write(organisation, 'a-lead', { text: 'voor mij' });
    await write(organisation, 'a-lead', { text: 'voor team b', audience: { scope: 'team', team: 'b' } });
    await write(organisation, 'a-lead', { text: 'voor allen', audience: all });
    await write(organisation, 'a-1', { text: 'van een lid', audience: all });
    const marks = async (person: string) => (await read(organisation, person)).entries.map(({ excerpt, leads }) => [excerpt, leads]);
    assert.deepEqual(await marks('a-2'), [['van een lid', null], ['voor allen', 'Team a']]);
    assert.deepEqual(await marks('b-2'), [['van een lid', null], ['voor allen', 'Team b'], ['voor team b', 'Team b']]);
    assert.deepEqual((await marks('a-lead')).at(-1), ['voor mij', null]);
  });

  it('shows an entry once, along however many ways it comes', async () => {
    const organisation = await start();
    await write(organisation, 'a-1', { text: 'dubbel', audience: { ...team, people: ['a-2', 'b-1'] } });
    await write(organisation, 'a-1', { text: 'driedubbel', audience: { ...all, people: ['a-2'] } });
    for (const query of [{}, { search: 'dubbel' }, { list: 'concerning' }]) {
      assert.deepEqual(await texts(organisation, 'a-2', query), ['driedubbel', 'dubbel']);
    }
    assert.deepEqual(await texts(organisation, 'a-1'), ['driedubbel', 'dubbel']);
  });

  it('keeps apart what concerns somebody from what is for all', async () => {
    const organisation = await start();
    await write(organisation, 'a-2', { text: 'voor allen', audience: all });
    await write(organisation, 'a-2', { text: 'voor het team', audience: team });
    await write(organisation, 'b-1', { text: 'voor a-1', audience: { scope: 'people', people: ['a-1'] } });
    const answered = await write(organisation, 'a-1', { text: 'beantwoord', audience: all });
    await write(organisation, 'a-1', { text: 'onbeantwoord', audience: all });
    const asked = await write(organisation, 'b-1', { text: 'help', audience: all });
    const declined = await write(organisation, 'b-1', { text: 'afgeslagen', audience: all });
    const { database: tables } = server.services;
    await tables
      .insertInto('log_post')
      .values({ organisation, id: randomUUID(), entry: answered.id, author: 'a-2', key: randomUUID(), key_digest: '', step: 'reply', parts: '["Ja."]', created_at: server.services.now() })
      .execute();
    for (const [entry, state] of [[asked, 'asked'], [declined, 'declined']] as const) {
      const help = randomUUID();
      await tables
        .insertInto('log_help')
        .values({ organisation, id: help, entry: entry.id, key: randomUUID(), key_digest: '', kind: 'peer-review', state: 'asked', created_at: server.services.now() })
        .execute();
      await tables.insertInto('log_participant').values({ organisation, help, person: 'a-1', state }).execute();
    }
    assert.deepEqual(await texts(organisation, 'a-1', { list: 'concerning' }), ['help', 'beantwoord', 'voor a-1', 'voor het team']);
    assert.deepEqual(await texts(organisation, 'a-1', { list: 'concerning', search: 'voor' }), ['voor a-1', 'voor het team']);
    assert.deepEqual(await texts(organisation, 'a-1', { list: 'concerning', search: 'help' }), ['help']);
  });

  for (const limit of [1, 3, 4, 5, 6, 30]) {
    it(`shows what waits for somebody’s help first, and leaves nothing out, where a page has room for ${String(limit)}`, async () => {
      const organisation = await start();
      await write(organisation, 'a-2', { text: 'gewoon', audience: team });
      const waiting: string[] = [];
      for (let number = 0; number < 5; number += 1) {
        const { id } = await write(organisation, 'b-1', { text: `hulp ${String(number)}` });
        const asked = await personOf(server, organisation, 'b-1').send('POST', helpsPath(id), { key: randomUUID(), kind: 'peer-review', people: ['a-1'] });
        assert.equal(asked.status, 200);
        waiting.unshift(`hulp ${String(number)}`);
      }
      await write(organisation, 'a-2', { text: 'nog gewoner', audience: team });
      const pages: string[][] = [];
      let after: string | null = null;
      do {
        const page: Log = await read(organisation, 'a-1', { list: 'concerning', limit: String(limit), ...(after === null ? {} : { after }) });
        pages.push(page.entries.map(({ excerpt }) => excerpt));
        after = page.next;
      } while (after !== null && pages.length < 10);
      assert.deepEqual(pages[0]?.slice(0, 5), waiting.slice(0, limit));
      assert.deepEqual(pages.flat().sort(), [...waiting, 'gewoon', 'nog gewoner'].sort());
      for (const page of pages.slice(0, -1)) assert.equal(page.length, limit);
    });
  }

  it('goes on where the page ended, without a gap and without a thing twice', async () => {
    const organisation = await start();
    const audiences: NewEntry['audience'][] = [team, all, { scope: 'me' }, { scope: 'people', people: ['b-1'] }];
    const written: string[] = [];
    for (let number = 0; number < 11; number += 1) {
      const text = `zin ${String(number)}`;
      await write(organisation, 'a-1', { text, audience: audiences[number % audiences.length] ?? all });
      written.unshift(text);
    }
    for (const query of [{}, { search: 'zin' }, { kind: 'insight' }]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Log = await read(organisation, 'a-1', { ...query, limit: '3', ...(after === null ? {} : { after }) });
        seen.push(...page.entries.map(({ excerpt }) => excerpt));
        after = page.next;
        // What comes while somebody reads stands before what was read.
        if (seen.length === 3) await write(organisation, 'a-1', { text: 'zin tussendoor' });
      } while (after !== null);
      assert.deepEqual(seen, written, JSON.stringify(query));
      written.unshift('zin tussendoor');
    }
  });

  it('pages through entries of one moment', async () => {
    const organisation = await start();
    for (let number = 0; number < 5; number += 1) {
      minutes -= 1;
      await write(organisation, 'a-1', { text: String(number), audience: team });
    }
    const first = await read(organisation, 'a-2', { limit: '2' });
    const second = await read(organisation, 'a-2', { limit: '3', after: first.next ?? '' });
    assert.equal(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size, 5);
    assert.equal(second.next, null);
  });

  it('takes no other cursor than its own', async () => {
    const organisation = await start();
    await write(organisation, 'a-1');
    const sealed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const strange = ['', 'x', '====', '\u{1F600}', sealed([]), sealed([1]), sealed(['a', 'b']), sealed([1e300, 'x']), sealed([-1e15, 'x']), sealed([1, '\0']), sealed([1.5, 'x']), sealed(null)];
    for (const after of strange) {
      const response = await ask(organisation, 'a-1', { after });
      assert.equal(response.status, 400, JSON.stringify(after));
      assert.match(await response.text(), /\?after/);
    }
    assert.equal((await ask(organisation, 'a-1', { from: '2026-02-31T99:00:00Z' })).status, 400);
  });

  it('filters by kind, project, label, person and time', async () => {
    const organisation = await start();
    await write(organisation, 'a-1', { text: 'een', kind: 'mistake', project: 'Nieuwe Kas', tags: ['proef', 'klant'], audience: team });
    const { createdAt } = await write(organisation, 'a-1', { text: 'twee', kind: 'question', project: 'Nieuwe Kast', tags: ['proef'] });
    await write(organisation, 'a-2', { text: 'drie', kind: 'mistake', tags: ['klant'], audience: all });
    const see = (query: Record<string, string>) => texts(organisation, 'a-1', query);
    assert.deepEqual(await see({ kind: 'mistake' }), ['drie', 'een']);
    assert.deepEqual(await see({ kind: 'question' }), ['twee']);
    assert.deepEqual(await see({ project: 'nieuwe kas' }), ['een']);
    assert.deepEqual(await see({ project: 'NIEUWE KAST' }), ['twee']);
    assert.deepEqual(await see({ tag: 'proef' }), ['twee', 'een']);
    assert.deepEqual(await see({ tag: 'klant', kind: 'mistake' }), ['drie', 'een']);
    // In capitals or not: of what is shared, and of what is private.
    assert.deepEqual(await see({ tag: 'Proef' }), ['twee', 'een']);
    await write(organisation, 'a-1', { text: 'vier', tags: ['ECHT', 'Anders'], audience: team });
    await write(organisation, 'a-1', { text: 'vijf', tags: ['echT'] });
    assert.deepEqual(await see({ tag: 'Echt' }), ['vijf', 'vier']);
    await personOf(server, organisation, 'a-1').send('DELETE', entryPath((await read(organisation, 'a-1')).entries[0]?.id ?? ''));
    await personOf(server, organisation, 'a-1').send('DELETE', entryPath((await read(organisation, 'a-1')).entries[0]?.id ?? ''));
    assert.deepEqual(await see({ person: 'a-2' }), ['drie']);
    assert.deepEqual(await see({ person: 'a-2', tag: 'proef' }), []);
    assert.deepEqual(await see({ from: createdAt }), ['drie', 'twee']);
    assert.deepEqual(await see({ until: createdAt }), ['een']);
    assert.deepEqual(await see({ from: '0000-01-01T00:00:00Z', until: '9999-12-31T23:59:59Z', tag: 'proef' }), ['twee', 'een']);
    // Of a private entry, nobody else learns what it is about.
    for (const query of [{ tag: 'proef' }, { project: 'Nieuwe Kast' }, { kind: 'question' }, { person: 'a-1' }]) {
      assert.ok(!(await texts(organisation, 'a-2', query)).includes('twee'));
    }
  });

  it('goes by the date that the reader is shown: no month tells when something was written that was shared later', async () => {
    const organisation = await start();
    const me = personOf(server, organisation, 'a-1');
    const share = async ({ id, kind, text }: Entry, audience: ChangedEntry['audience']) => {
      minutes += 1;
      server.setNow(new Date(Date.parse('2026-11-02T09:00:00Z') + minutes * 60_000).toISOString());
      const response = await me.send('PUT', entryPath(id), { kind, text, audience }, { 'if-match': '"1"' });
      assert.equal(response.status, 200, await response.text());
    };
    const secret = await write(organisation, 'a-1', { text: 'eerst voor mij' });
    const widened = await write(organisation, 'a-1', { text: 'eerst voor a-2', audience: { scope: 'people', people: ['a-2'] } });
    const { createdAt: between } = await write(organisation, 'a-3', { text: 'ertussen', audience: team });
    await share(secret, team);
    await share(widened, all);
    const shown = (await read(organisation, 'a-2')).entries.map(({ excerpt, createdAt }) => [excerpt, createdAt >= between]);
    assert.deepEqual(shown, [['eerst voor a-2', true], ['eerst voor mij', true], ['ertussen', true]]);
    for (const about of [{}, { search: 'eerst' }, { list: 'concerning' }, { person: 'a-1' }, { kind: 'insight' }]) {
      const see = (person: string, period: Record<string, string>) => texts(organisation, person, { ...about, ...period });
      const others = (await see('a-2', {})).filter((text) => text !== 'ertussen');
      assert.ok(others.length > 0);
      assert.deepEqual((await see('a-2', { from: between })).filter((text) => text !== 'ertussen'), others, JSON.stringify(about));
      assert.deepEqual(await see('a-2', { until: between }), [], JSON.stringify(about));
    }
    // Its author goes on finding it where it began.
    assert.deepEqual(await texts(organisation, 'a-1', { list: 'mine', until: between }), ['eerst voor a-2', 'eerst voor mij']);
    assert.deepEqual(await texts(organisation, 'a-1', { until: between }), ['eerst voor a-2', 'eerst voor mij']);
    assert.deepEqual(await texts(organisation, 'a-1', { from: between }), ['ertussen']);
  });

  for (const [audience, reader] of [[{ scope: 'me' }, 'a-1'], [{ scope: 'team', team: 'a' }, 'a-2']] as const) {
    it(`finds words in what is for ${audience.scope}`, async () => {
      const organisation = await start();
      await write(organisation, 'a-1', { text: 'Het teamoverleg in het Café duurde te lang.', audience });
      await write(organisation, 'a-1', { text: 'We were learning by experiments, 100% of the time.', different: 'Eerder vragen stellen.', project: 'Zonnepark', tags: ['gesprekken'], audience });
      const see = (search: string) => texts(organisation, reader, { search });
      const cafe = ['Het teamoverleg in het Café duurde te lang.'];
      const learning = ['We were learning by experiments, 100% of the time.'];
      for (const search of ['teamoverleg', 'overleg', 'OVERLEG', 'cafe', 'café', 'CAFE\u0301', 'duurde overleg', 'het', '"te lang"', '“te lang”', '"het teamoverleg"', '"overleg in het"', 'teamoverleg "']) {
        assert.deepEqual(await see(search), cafe, search);
      }
      for (const search of ['experiment', 'learned', 'vraag', 'zonnepark', 'park', 'gesprek', '100%', '"by experiments"']) {
        assert.deepEqual(await see(search), learning, search);
      }
      for (const search of ['overlegd cafe experiment', 'cafe experiments', '"lang te"', 'fe', '%%%%', '____', '\\\\\\\\', '!!!', '"overleg duurde"']) {
        assert.deepEqual(await see(search), [], search);
      }
      assert.deepEqual(await see(''), [...learning, ...cafe]);
      assert.deepEqual(await see('""'), [...learning, ...cafe]);
      assert.deepEqual(await see('in'), [...learning, ...cafe].filter((text) => text.includes('in')));
    });
  }

  it('finds entries by the name of their author too, as far as they may be seen', async () => {
    const roster = rosterOf({ a: 4, b: 3 });
    const people = roster.people.map((one) => (one.id === 'a-2' ? { ...one, name: 'Zoë van der Linden' } : one.id === 'b-1' ? { ...one, name: 'Zoë Linders' } : one));
    const organisation = await testOrganisation(server, {}, { roster: { ...roster, people } });
    await write(organisation, 'a-2', { text: 'De planning klopte niet.', audience: team });
    await write(organisation, 'a-2', { text: 'Een vraag voor allen.', audience: all, tags: ['planning'] });
    await write(organisation, 'a-2', { text: 'Voor mij alleen, over de planning.' });
    await write(organisation, 'a-3', { text: 'Ik vroeg het Zoe, over planning.', audience: team });
    await write(organisation, 'b-1', { text: 'Voor het andere team.', audience: { scope: 'team', team: 'b' } });
    const shared = ['Een vraag voor allen.', 'De planning klopte niet.'];
    const see = (person: string, search: string) => texts(organisation, person, { search });
    for (const search of ['van der linden', 'Linden', 'LIND', '"Zoë van der"', 'linden zoë']) assert.deepEqual(await see('a-1', search), shared, search);
    assert.deepEqual(await see('a-1', 'zoe'), ['Ik vroeg het Zoe, over planning.', ...shared]);
    assert.deepEqual(await see('a-1', 'zoë planning'), ['Ik vroeg het Zoe, over planning.', ...shared]);
    assert.deepEqual(await see('a-1', 'linden vraag'), ['Een vraag voor allen.']);
    for (const search of ['inden', 'linden niemand', '%', 'lin_en']) assert.deepEqual(await see('a-1', search), [], search);
    assert.deepEqual(await see('a-2', 'linden'), ['Voor mij alleen, over de planning.', ...shared]);
    assert.deepEqual(await see('a-2', 'linden "mij alleen"'), ['Voor mij alleen, over de planning.']);
    assert.deepEqual(await see('b-2', 'linden'), ['Een vraag voor allen.']);
    assert.deepEqual(await see('b-2', 'linders'), ['Voor het andere team.']);
    assert.deepEqual(await see('a-1', 'linders'), []);
    // Of who left, the name is nowhere any more.
    const stayed = (one: { readonly id: string }) => one.id !== 'a-2';
    const left = { ...roster, people: people.filter(stayed), memberships: roster.memberships.filter(({ person }) => person !== 'a-2') };
    await importRoster(server.services.database, organisation, left, { at: server.services.now(), dryRun: false });
    assert.deepEqual(await see('a-1', 'linden'), []);
    assert.deepEqual(await see('a-1', 'vraag'), shared.slice(0, 1));
  });

  it('finds what stands in few entries among many that say something else, and what stands in most', async () => {
    const organisation = await start();
    const { id } = await write(organisation, 'a-1', { text: 'Een zeldzaamheid.', audience: all });
    await write(organisation, 'b-1', { text: 'Ook een zeldzaamheid, voor een ander team.', audience: { scope: 'team', team: 'b' } });
    await write(organisation, 'a-1', { text: 'Een geheime zeldzaamheid.' });
    await sql`
      insert into log_entry (organisation, id, author, key, key_digest, scope, kind, text, leavers, search, vector, version, created_at, shared_at)
      select ${organisation}, 'made-' || number, 'a-2', 'made-' || number, '', 'organisation', 'insight', 'gewoonte', 'keep', 'gewoonte', to_tsvector('dutch', 'gewoonte'), 1,
        timestamptz '2026-12-01' + make_interval(secs => number), timestamptz '2026-12-01' + make_interval(secs => number)
      from generate_series(1, 1200) as number`.execute(server.services.database);
    assert.deepEqual((await read(organisation, 'a-3', { search: 'zeldzaam' })).entries.map((entry) => entry.id), [id]);
    assert.deepEqual(await texts(organisation, 'a-1', { search: 'zeldzaam' }), ['Een geheime zeldzaamheid.', 'Een zeldzaamheid.']);
    const common = await read(organisation, 'a-3', { search: 'gewoonten', limit: '2' });
    assert.deepEqual(common.entries.map((entry) => entry.id), ['made-1200', 'made-1199']);
    assert.notEqual(common.next, null);
    assert.deepEqual(await texts(organisation, 'a-1', { search: 'zeldzaam', list: 'mine' }), ['Een geheime zeldzaamheid.', 'Een zeldzaamheid.']);
    assert.deepEqual(await texts(organisation, 'a-3', { search: 'zeldzaam', list: 'mine' }), []);
  });

  it('reads through all private entries of somebody, however many', async () => {
    const organisation = await start();
    await write(organisation, 'a-1', { text: 'naald' });
    for (let number = 0; number < 101; number += 1) await write(organisation, 'a-1', { text: 'hooi' });
    assert.deepEqual(await texts(organisation, 'a-1', { search: 'naald' }), ['naald']);
    const first = await read(organisation, 'a-1', { search: 'hooi', limit: '100' });
    assert.equal(first.entries.length, 100);
    assert.deepEqual(await texts(organisation, 'a-1', { search: 'hooi', after: first.next ?? '' }), ['hooi']);
  });

  it('answers whatever is looked for', async () => {
    const organisation = await start();
    await write(organisation, 'a-1', { text: 'Feest \u{1F389}! مرحبا بالعالم', audience: team });
    const see = async (search: string) => (await texts(organisation, 'a-2', { search })).length;
    assert.equal(await see('\u{1F389}'), 1);
    assert.equal(await see('مرحبا'), 1);
    assert.equal(await see('\u{1F600}'), 0);
    const strange = ['\0', 'a\0b', '\ud800', '\u202e', "'", "''';--", ':*', '& | ! ( )', '<->', 'a:*&b', '\\', '"', '\u{1F389}'.repeat(100), 'x '.repeat(100), Array.from({ length: 100 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(' ')];
    for (const search of strange) {
      const { status } = await ask(organisation, 'a-2', { search });
      assert.ok(status === 200 || status === 400, `${JSON.stringify(search)}: ${String(status)}`);
    }
    assert.equal((await ask(organisation, 'a-2', { search: 'x'.repeat(201) })).status, 400);
  });

  it('forgets what was deleted, made private, or is a former team’s', async () => {
    const organisation = await start();
    const { id, version, kind, text } = await write(organisation, 'a-1', { text: 'vindbaar', audience: team });
    const gone = await write(organisation, 'a-1', { text: 'vindbaar, maar weg', audience: team });
    await personOf(server, organisation, 'a-1').send('DELETE', entryPath(gone.id));
    assert.deepEqual(await texts(organisation, 'a-2', { search: 'vindbaar' }), ['vindbaar']);
    await server.services.database.deleteFrom('membership').where('organisation', '=', organisation).where('person', '=', 'a-2').execute();
    assert.deepEqual(await texts(organisation, 'a-2', { search: 'vindbaar' }), []);
    assert.deepEqual(await texts(organisation, 'a-2'), []);
    const change: ChangedEntry = { kind, text, audience: { scope: 'me' } };
    await personOf(server, organisation, 'a-1').send('PUT', entryPath(id), change, { 'if-match': `"${String(version)}"` });
    assert.deepEqual(await texts(organisation, 'a-3', { search: 'vindbaar' }), []);
    assert.deepEqual(await texts(organisation, 'a-1', { search: 'vindbaar' }), ['vindbaar']);
  });
});
