import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Hono } from 'hono';
import { OperationNodeTransformer, PostgresQueryCompiler, type KyselyPlugin, type QueryId, type RawNode, type RootOperationNode } from 'kysely';
import {
  endorsementPath,
  entryPath,
  helpPath,
  helpsPath,
  LOG_COLLEAGUES_PATH,
  LOG_ENTRIES_PATH,
  LOG_EVALUATION_PATH,
  LOG_EXPORT_PATH,
  LOG_INTENTIONS_PATH,
  LOG_NEWS_PATH,
  LOG_PATH,
  LOG_PLACE_PATH,
  postPath,
  postsPath,
  tryPath,
  versionsPath,
  type Entry,
  type Intentions,
  type Log,
  type LogExport,
  type LogPlace,
  type News,
  type OpenedEntry,
  type Versions,
} from '../../src/contract/learning-log.ts';
import { ENDORSEMENTS, ENTRY_KINDS, SCOPES } from '../../src/domain/learning-log.ts';
import type { Roster } from '../../src/domain/roster.ts';
import { startPoprf, type Poprf } from '../../src/server/keys/poprf.ts';
import { makeOrganisation } from '../../src/server/organisations/organisations.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { openStore, type Store } from '../../src/server/store/store.ts';
import type { Database } from '../../src/server/store/tables.ts';
import { appForAnybody, asAnybody, askingOf, type Answered, type Ask } from '../support/as-anybody.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { concerns, datesFor, isIn, maySee, postsLeft, postsSeen, reachesMore, sayable, seenBy, type Plain, type PlainEntry } from './log-rule.ts';

/*
 * People write, share, ask for help, answer, change their minds, move, leave and come back, all by the routes. After each
 * step everybody asks everything that can be asked, and what comes back is held against the plain rule: what may be seen
 * is there, whole and in its order; of all else no word, no key and no trace, and what is not yours is not told from what
 * is not there.
 */

/** How many lives an organisation leads here. */
const LIVES = Number(process.env['LEERKRING_ATTACK_LIVES'] ?? 12);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_125);

const PEOPLE = ['anna', 'ben', 'carl', 'dora', 'eve', 'finn'] as const;
const TEAMS = ['top', 'left', 'right'] as const;
const STRANGER = 'nobody of ours';

/** What somebody does next: of what kind, and three numbers that say who, to what, and how. */
interface Step {
  readonly what: (typeof WHATS)[number];
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const WHATS = [
  'write', 'write', 'write', 'change', 'change', 'hide', 'delete', 'reply', 'reply', 'take back', 'help', 'help', 'answer', 'endorse', 'try', 'move', 'move', 'leave', 'return', 'let go',
] as const;

const step: fc.Arbitrary<Step> = fc.record({ what: fc.constantFrom(...WHATS), a: fc.nat(59), b: fc.nat(59), c: fc.nat(59) });

/** Every word here begins so, and ends in a letter that no dictionary takes off. */
const WORD = /qz[a-y]+z/g;
const KEY = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

class Life {
  readonly plain: Plain = { people: new Map(), entries: [] };
  #words = 0;
  #clock = Date.parse('2026-11-02T09:00:00Z');

  constructor(
    readonly ask: Ask,
    readonly app: Pick<Hono, 'request'>,
    readonly server: TestServer,
    readonly organisation: string,
  ) {}

  async begin(): Promise<void> {
    const { people } = this.plain;
    await makeOrganisation(this.server.services, { id: this.organisation, name: 'A life' });
    people.set('anna', { role: 'leader', teams: ['top', 'left'] });
    people.set('ben', { role: 'member', teams: ['left'] });
    people.set('carl', { role: 'member', teams: ['left'] });
    people.set('dora', { role: 'leader', teams: ['right'] });
    people.set('eve', { role: 'member', teams: ['right'] });
    people.set('finn', { role: 'member', teams: ['top'] });
    await this.#keepRoster();
  }

  async #keepRoster(): Promise<void> {
    const roster: Roster = {
      teams: TEAMS.map((id) => ({ id, name: `Team ${id}`, parent: id === 'top' ? null : 'top' })),
      people: [...this.plain.people.keys()].map((id) => ({ id, name: `Name of ${id}` })),
      memberships: [...this.plain.people].flatMap(([person, { role, teams }]) => teams.map((team) => ({ person, team, role }))),
    };
    await importRoster(this.server.services.database, this.organisation, roster, { at: this.server.services.now(), dryRun: false });
  }

  #word(): string {
    this.#words += 1;
    return `qz${[...String(this.#words).padStart(3, '0')].map((digit) => 'bcdfghjklm'.charAt(Number(digit)) + 'aeiou'.charAt(Number(digit) % 5)).join('')}z`;
  }

  async #does(person: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const answered = await this.ask(this.organisation, person, path, { method, body, headers });
    assert.equal(answered.status, 200, `${person} ${method} ${path}: ${answered.body}`);
    return JSON.parse(answered.body);
  }

  #tick(): number {
    this.#clock += 60_000;
    this.server.setNow(new Date(this.#clock).toISOString());
    return this.#clock;
  }

  /** An audience that this person may choose, by number. */
  #audience(person: string, number: number): Pick<PlainEntry, 'scope' | 'team' | 'named'> {
    const scope = SCOPES[number % SCOPES.length] ?? 'me';
    const teams = this.plain.people.get(person)?.teams ?? [];
    const others = [...this.plain.people.keys()].filter((one) => one !== person);
    const count = scope === 'me' || others.length === 0 ? 0 : scope === 'people' ? 1 + (number % 2) : number % 3 === 0 ? 1 : 0;
    const named = new Set(Array.from({ length: count }, (_, index) => others[(number + index) % others.length] ?? ''));
    if (scope === 'people' && named.size === 0) return { scope: 'me', team: undefined, named };
    return { scope, team: scope === 'team' ? teams[number % teams.length] : undefined, named };
  }

  /** What an entry says: its word everywhere, within a longer word too, and words that all of them have. */
  #written({ word, kind }: Pick<PlainEntry, 'word' | 'kind'>): object {
    return { kind, text: `Gezamenlijk ${word}\n\nvoor${word}werk`, different: `Anders ${word}`, project: `Plan ${word}`, tags: [word, 'allen'], link: `https://${word}.example.org/` };
  }

  /** Takes a step, where it can be taken. */
  async take({ what, a, b, c }: Step): Promise<void> {
    const { people, entries } = this.plain;
    const now = this.#tick();
    const there = [...people.keys()].sort();
    const person = there[a % there.length];
    if (person === undefined) return;
    const own = entries.filter((entry) => entry.author === person && !entry.deleted);
    const mine = own[b % own.length];
    const seen = seenBy(this.plain, person).filter((entry) => entry.author !== person);
    const theirs = seen[b % seen.length];
    switch (what) {
      case 'write': {
        const audience = this.#audience(person, b);
        const said = { word: this.#word(), kind: ENTRY_KINDS[c % ENTRY_KINDS.length] ?? 'insight' };
        const { id } = (await this.#does(person, 'POST', LOG_ENTRIES_PATH, { key: randomUUID(), ...this.#written(said), audience: asSent(audience) })) as Entry;
        entries.push({
          id, author: person, createdAt: now, sharedAt: now, changedAt: undefined, ...audience, ...said, earlier: [], version: 1, deleted: false,
          posts: [], helps: [], endorsed: new Map(), trying: new Set(), opened: new Set(),
        });
        return;
      }
      case 'change':
      case 'hide': {
        if (!mine) return;
        const audience = what === 'hide' ? { scope: 'me' as const, team: undefined, named: new Set<string>() } : this.#audience(person, c);
        mine.earlier.push(mine.word);
        if (reachesMore(mine, audience)) mine.sharedAt = now;
        Object.assign(mine, audience, { word: this.#word(), changedAt: now });
        await this.#does(person, 'PUT', entryPath(mine.id), { ...this.#written(mine), audience: asSent(audience) }, { 'if-match': `"${String(mine.version)}"` });
        mine.version += 1;
        return;
      }
      case 'delete':
        if (!mine) return;
        await this.#does(person, 'DELETE', entryPath(mine.id));
        mine.deleted = true;
        this.#forget(mine);
        return;
      case 'reply': {
        const entry = [theirs, mine].filter((one) => one && one.scope !== 'me')[c % 2] ?? theirs;
        if (entry) await this.#post(person, entry, 'reply', undefined);
        return;
      }
      case 'take back': {
        const posts = entries.flatMap((entry) => entry.posts.filter((post) => post.author === person && !post.deleted).map((post) => ({ entry, post })));
        const one = posts[b % posts.length];
        if (!one) return;
        await this.#does(person, 'DELETE', postPath(one.entry.id, one.post.id));
        one.post.deleted = true;
        return;
      }
      case 'help': {
        const others = there.filter((other) => other !== person);
        if (!mine || others.length === 0) return;
        const kind = c % 2 === 0 ? ('peer-review' as const) : ('intervision' as const);
        const asked = [...new Set([others[c % others.length] ?? '', ...(kind === 'intervision' ? [others[(c + 1) % others.length] ?? ''] : [])])];
        const word = kind === 'intervision' ? this.#word() : undefined;
        const entry = (await this.#does(person, 'POST', helpsPath(mine.id), { key: randomUUID(), kind, people: asked, ...(word === undefined ? {} : { question: `Wat ${word}?` }) })) as Entry;
        const known = new Set(mine.helps.map(({ id }) => id));
        const { id = '' } = entry.helps.find((help) => !known.has(help.id)) ?? {};
        mine.helps.push({ id, kind, word, asked });
        // Whoever is asked may see it from then on: named, where nothing else lets them.
        if (mine.scope === 'me') Object.assign(mine, { scope: 'people', sharedAt: now });
        for (const one of asked) if (!maySee(this.plain, mine, one)) mine.named.add(one);
        mine.version = entry.version;
        return;
      }
      case 'answer': {
        const open = seenBy(this.plain, person).flatMap((entry) => entry.helps.filter((help) => concerns(entry, help, person)).map((help) => ({ entry, help })));
        const one = open[b % open.length];
        if (!one) return;
        const opened = (await this.#does(person, 'GET', entryPath(one.entry.id))) as Entry;
        if (person !== one.entry.author) one.entry.opened.add(person);
        const { steps, may } = opened.helps.find(({ id }) => id === one.help.id) ?? assert.fail('a request for help that concerns somebody is shown');
        const next = steps[c % steps.length];
        if (next && c % 4 !== 3) await this.#post(person, one.entry, next, one.help.id);
        else {
          const act = (['decline', 'moveOn', 'withdraw'] as const).find((each) => may[each]);
          if (act) await this.#does(person, 'PUT', helpPath(one.entry.id, one.help.id), { act: act === 'moveOn' ? 'move-on' : act });
        }
        return;
      }
      case 'endorse': {
        const word = ENDORSEMENTS[c % ENDORSEMENTS.length] ?? 'recognise';
        if (!theirs) return;
        await this.#does(person, 'PUT', endorsementPath(theirs.id), { word });
        theirs.endorsed.set(person, word);
        return;
      }
      case 'try':
        if (!theirs) return;
        await this.#does(person, 'PUT', tryPath(theirs.id));
        theirs.trying.add(person);
        return;
      case 'move': {
        const team = TEAMS[b % TEAMS.length] ?? 'top';
        people.set(person, c % 4 === 0 ? { role: 'leader', teams: [...new Set([team, TEAMS[c % TEAMS.length] ?? team])] } : { role: 'member', teams: [team] });
        await this.#keepRoster();
        return;
      }
      case 'leave':
        if (people.size <= 3) return;
        people.delete(person);
        await this.#keepRoster();
        return;
      case 'return': {
        const gone = PEOPLE.filter((one) => !people.has(one));
        const back = gone[a % gone.length];
        if (back === undefined) return;
        people.set(back, { role: 'member', teams: [TEAMS[b % TEAMS.length] ?? 'top'] });
        await this.#keepRoster();
        return;
      }
      case 'let go':
        if (a % 3 !== 0) return;
        await this.#does(person, 'DELETE', LOG_PATH);
        for (const entry of entries) {
          for (const post of entry.posts) if (post.author === person) post.deleted = true;
          if (entry.author === person && !entry.deleted) {
            entry.deleted = true;
            this.#forget(entry);
          }
          entry.endorsed.delete(person);
          entry.trying.delete(person);
          entry.opened.delete(person);
        }
        return;
    }
  }

  /** What was said of an entry that is deleted goes with it. */
  #forget(entry: PlainEntry): void {
    entry.endorsed.clear();
    entry.trying.clear();
    entry.opened.clear();
    entry.helps.length = 0;
    for (const post of entry.posts) if (post.author === entry.author) post.deleted = true;
  }

  async #post(person: string, entry: PlainEntry, kind: 'reply' | 'review' | 'facts' | 'would-do' | 'takes', help: string | undefined): Promise<void> {
    const word = this.#word();
    const parts = kind === 'review' ? [word, word, word] : [`Antwoord ${word}`];
    const answer = (await this.#does(person, 'POST', postsPath(entry.id), { key: randomUUID(), step: kind, parts, ...(help === undefined ? {} : { help }) })) as Entry;
    const known = new Set(entry.posts.map(({ id }) => id));
    const { id = '' } = answer.posts.find((post) => post.mine && !known.has(post.id)) ?? {};
    entry.posts.push({ id, author: person, word, help, deleted: false });
  }

  /** Everybody asks everything. */
  async look(round: number): Promise<void> {
    for (const person of [...PEOPLE, STRANGER]) {
      if (this.plain.people.has(person)) await this.#lookAs(person, round);
      else await this.#lookFromOutside(person);
    }
    await this.#lookFromElsewhere(round);
  }

  /** Asks, and holds what comes back, whatever it is, against what may be said to this person at all. */
  async #asks(person: string, path: string, asking: { method?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<Answered> {
    const answered = await this.ask(this.organisation, person, path, asking);
    this.#assertSayable(person, path, answered);
    return answered;
  }

  #assertSayable(person: string, path: string, { body, headers, status }: Answered): void {
    const allowed = sayable(this.plain, person);
    const told = [...`${headers}${body}`.matchAll(WORD), ...`${headers}${body}`.matchAll(KEY)].map(([text]) => text);
    // The keys of one's own intentions, and of what has a key of its own besides, are told to nobody else.
    const known = new Set(this.plain.entries.flatMap(({ id, word, earlier, posts, helps }) => [id, word, ...earlier, ...posts.flatMap((post) => [post.id, post.word]), ...helps.flatMap((help) => [help.id, help.word ?? ''])]));
    assert.deepEqual(told.filter((text) => known.has(text) && !allowed.has(text)), [], `${person} is told by ${path}: ${body}`);
    assert.ok(status < 500, `${path}: ${body}`);
    assert.ok(headers.includes('["cache-control","no-store"]') && headers.includes('accept-language'), `${path}: ${headers}`);
  }

  async #gets<T>(person: string, path: string): Promise<T> {
    const { status, body } = await this.#asks(person, path);
    assert.equal(status, 200, `${person} ${path}: ${body}`);
    return JSON.parse(body) as T;
  }

  async #lookAs(person: string, round: number): Promise<void> {
    const { plain } = this;
    const seen = seenBy(plain, person);
    const idsOf = (entries: readonly PlainEntry[]) => entries.map(({ id }) => id);
    const lists = async (query: string, expected: readonly PlainEntry[]) => {
      const { entries, next } = await this.#gets<Log>(person, `${LOG_PATH}?${query}`);
      assert.deepEqual(entries.map(({ id }) => id), idsOf(expected), `${person} lists ${query}`);
      assert.equal(next, null, `${person} lists ${query}`);
    };
    await lists('limit=100', seen);
    await lists('list=mine&limit=100', seen.filter(({ author }) => author === person));
    await lists('search=gezamenlijk&limit=100', seen);
    await lists('tag=allen&limit=100', seen);
    const kind = ENTRY_KINDS[round % ENTRY_KINDS.length] ?? 'insight';
    await lists(`kind=${kind}&limit=100`, seen.filter((entry) => entry.kind === kind));
    const other = PEOPLE[round % PEOPLE.length] ?? 'anna';
    // By name as well: of who is in the roster, and nobody else.
    await lists(`search=${other}&limit=100`, plain.people.has(other) ? seen.filter(({ author }) => author === other) : []);
    if (plain.people.has(other)) await lists(`person=${other}&limit=100`, seen.filter(({ author }) => author === other));
    const began = (entry: PlainEntry) => datesFor(entry, person).began;
    const middle = plain.entries[round % Math.max(1, plain.entries.length)];
    for (const moment of middle ? [middle.createdAt, middle.sharedAt] : [0]) {
      await lists(`from=${new Date(moment).toISOString()}&limit=100`, seen.filter((entry) => began(entry) >= moment));
      await lists(`until=${new Date(moment).toISOString()}&search=gezamen&limit=100`, seen.filter((entry) => began(entry) < moment));
    }
    await this.#pages(person, round % 2 === 0 ? '' : 'search=gezamenlijk&', seen, 1 + (round % 3));
    await this.#concerning(person, seen);

    for (const [index, entry] of plain.entries.entries()) {
      await this.#reads(person, entry);
      // Each in its turn: a search is asked as often as there are entries.
      if ((index + round) % 3 !== 0) continue;
      const found = seen.includes(entry) ? [entry] : [];
      await lists(`search=${entry.word}`, found);
      await lists(`search=${entry.word.slice(1, -1)}`, found);
      await lists(`project=Plan%20${entry.word}`, found);
      await lists(`tag=${entry.word}`, found);
      for (const earlier of entry.earlier.slice(-1)) await lists(`search=${earlier}`, []);
      if (!seen.includes(entry) && !entry.deleted) await this.#triesAll(person, entry);
      else if (entry.author !== person) await this.#triesAsOwner(person, entry);
    }

    const place = await this.#gets<LogPlace>(person, LOG_PLACE_PATH);
    const offered = seen.filter((entry) => entry.author === person || (entry.scope === 'team' && isIn(plain, person, entry.team)));
    assert.deepEqual([...place.projects].sort(), offered.map(({ word }) => `Plan ${word}`).sort());
    assert.deepEqual([...place.tags].sort(), [...new Set(offered.flatMap(({ word }) => [word, 'allen']))].sort());
    assert.equal(place.colleagues, plain.people.size - 1);
    for (const { id, role, lastShared } of place.teams) {
      assert.ok(isIn(plain, person, id));
      const shared = seen.filter((entry) => entry.author === person && (entry.scope === 'organisation' || entry.team === id)).map(({ sharedAt }) => sharedAt);
      const expected = role === 'leader' ? (shared.length > 0 ? new Date(Math.max(...shared)).toISOString() : null) : undefined;
      assert.equal(lastShared, expected);
    }
    for (const { entry } of place.digest) assert.ok(seen.some(({ id, author }) => id === entry.id && author === person));

    const exported = await this.#gets<LogExport>(person, LOG_EXPORT_PATH);
    assert.deepEqual(exported.entries.map(({ id }) => id).sort(), idsOf(seen.filter(({ author }) => author === person)).sort());
    assert.deepEqual(exported.posts.map(({ id }) => id).sort(), plain.entries.flatMap(({ posts }) => posts.filter((post) => post.author === person && !post.deleted)).map(({ id }) => id).sort());

    const { intentions } = await this.#gets<Intentions>(person, LOG_INTENTIONS_PATH);
    const intended = intentions.flatMap(({ entry }) => entry?.id ?? []);
    assert.deepEqual(intended.sort(), idsOf(seen.filter((entry) => entry.author === person || entry.trying.has(person))).sort());

    for (const team of [...TEAMS, 'no team']) {
      const { status } = await this.#asks(person, `${LOG_EVALUATION_PATH}?team=${encodeURIComponent(team)}`);
      assert.equal(status, isIn(plain, person, team) ? 200 : 404);
    }
    await this.#asks(person, `${LOG_COLLEAGUES_PATH}?name=Name`);
    // Or what help is asked on: to be asked makes an older entry news.
    const asked = seen.filter(({ helps }) => helps.some((help) => help.asked.includes(person)));
    const { newest } = await this.#hears(person);
    assert.ok([seen[0] ?? null, ...asked].some((entry) => (entry?.id ?? null) === newest), `${person} hears of ${String(newest)}`);
  }

  /** Page after page, it is the same list: full pages, and no sign of a next one where there is none. */
  async #pages(person: string, query: string, expected: readonly PlainEntry[], limit: number): Promise<void> {
    const found: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Log = await this.#gets<Log>(person, `${LOG_PATH}?${query}limit=${String(limit)}${next === '' ? '' : `&after=${next}`}`);
      found.push(...page.entries.map(({ id }) => id));
      next = page.next;
      assert.equal(next !== null, found.length < expected.length, `${person}: whether there is more`);
      if (next !== null) assert.equal(page.entries.length, limit);
    }
    assert.deepEqual(found, expected.map(({ id }) => id));
  }

  /** What is meant for somebody rather than for all. */
  async #concerning(person: string, seen: readonly PlainEntry[]): Promise<void> {
    const { entries } = await this.#gets<Log>(person, `${LOG_PATH}?list=concerning&limit=100`);
    const ids = new Set(entries.map(({ id }) => id));
    for (const entry of seen) {
      const others = entry.posts.some((post) => post.author !== person && !post.deleted);
      const meant = entry.author === person ? others : entry.named.has(person) || (entry.scope === 'team' && isIn(this.plain, person, entry.team));
      if (meant) assert.ok(ids.has(entry.id), `${person} is not told of what is meant for them`);
      else if (!entry.helps.some((help) => help.asked.includes(person))) assert.ok(!ids.has(entry.id), `${person} is told of what is meant for all`);
    }
    for (const id of ids) assert.ok(seen.some((entry) => entry.id === id));
  }

  async #reads(person: string, entry: PlainEntry): Promise<void> {
    const { plain } = this;
    const mine = entry.author === person;
    const answered = await this.#asks(person, entryPath(entry.id));
    const tag = /\["etag","([^\]]*)"\]/.exec(answered.headers)?.[1];
    if (maySee(plain, entry, person)) {
      assert.equal(answered.status, 200, `${person} can't read ${JSON.stringify(entry)}: ${answered.body}`);
      const opened = JSON.parse(answered.body) as Entry;
      assert.ok(opened.text.includes(entry.word));
      const { began, changed } = datesFor(entry, person);
      const dates = [new Date(began).toISOString(), changed === undefined ? null : new Date(changed).toISOString()];
      assert.deepEqual([opened.mine, opened.createdAt, opened.changedAt, opened.audience.scope, opened.audience.team?.id], [mine, ...dates, entry.scope, entry.team]);
      // Whatever the number is that others are told, it is the same for all that began and was changed at the same times.
      assert.equal(opened.version, mine ? entry.version : (changed ?? began), `the version that ${person} is told`);
      assert.equal(tag?.replace(/\\"|"/g, ''), String(opened.version));
      assert.deepEqual(opened.posts.map(({ id }) => id), postsSeen(entry, person).map(({ id }) => id));
      assert.deepEqual(opened.helps.map(({ id }) => id), entry.helps.filter((help) => concerns(entry, help, person)).map(({ id }) => id));
      assert.deepEqual(opened.endorsements.map(({ word }) => word), [...new Set(entry.endorsed.values())].sort());
      assert.equal(opened.endorsed, entry.endorsed.get(person) ?? null);
      if (mine) {
        assert.equal(opened.readers, [...plain.people.keys()].filter((one) => one !== person && maySee(plain, entry, one)).length);
        assert.deepEqual((opened.openedBy ?? []).flatMap((one) => one.person?.id ?? []).sort(), [...entry.opened].filter((one) => plain.people.has(one)).sort());
        assert.deepEqual((opened.audience.people ?? []).map(({ id }) => id).sort(), [...entry.named].filter((one) => plain.people.has(one)).sort());
      } else {
        assert.deepEqual([opened.readers, opened.openedBy, opened.audience.people], [undefined, undefined, undefined]);
        assert.ok(opened.endorsements.every((one) => one.people === undefined));
        entry.opened.add(person);
      }
    } else if (postsLeft(entry, person).length > 0) {
      assert.equal(answered.status, 200, answered.body);
      const left = JSON.parse(answered.body) as OpenedEntry;
      assert.ok('deleted' in left && tag === undefined);
      assert.deepEqual(left.posts.map(({ id }) => id), postsLeft(entry, person).map(({ id }) => id));
    } else {
      await this.#assertMissing(person, answered, entryPath);
    }
    const versions = await this.#asks(person, versionsPath(entry.id));
    if (mine && !entry.deleted) {
      const texts = (JSON.parse(versions.body) as Versions).versions.map(({ text }) => text);
      assert.ok([entry.word, ...entry.earlier].every((word) => texts.some((text) => text.includes(word))));
    } else await this.#assertMissing(person, versions, versionsPath);
  }

  /** What one may not see can't be told from what is not there, by any way in. */
  async #triesAll(person: string, entry: PlainEntry): Promise<void> {
    const tries: [(id: string) => string, string, unknown][] = [
      [postsPath, 'POST', { key: randomUUID(), step: 'reply', parts: ['Ik?'] }],
      [endorsementPath, 'PUT', { word: 'recognise' }],
      [tryPath, 'PUT', undefined],
      ...entry.helps.slice(0, 1).map(({ id }): [(id: string) => string, string, unknown] => [(one) => helpPath(one, id), 'PUT', { act: 'withdraw' }]),
      ...entry.posts.filter(({ author }) => author !== person).slice(0, 1).map(({ id }): [(id: string) => string, string, unknown] => [(one) => postPath(one, id), 'DELETE', undefined]),
    ];
    for (const [path, method, body] of tries) {
      await this.#assertMissing(person, await this.#asks(person, path(entry.id), { method, body }), path, { method, body });
    }
    await this.#triesAsOwner(person, entry);
  }

  /** What only its author may do, nobody else may, seen or not. */
  async #triesAsOwner(person: string, entry: PlainEntry): Promise<void> {
    const change = { kind: 'insight', text: 'Van mij', audience: { scope: 'me' } };
    const tries: [(id: string) => string, string, unknown][] = [
      [entryPath, 'PUT', change],
      [entryPath, 'DELETE', undefined],
      [helpsPath, 'POST', { key: randomUUID(), kind: 'peer-review', people: [[...this.plain.people.keys()].find((one) => one !== person)] }],
    ];
    for (const [path, method, body] of tries) {
      const headers = { 'if-match': `"${String(entry.version)}"` };
      await this.#assertMissing(person, await this.#asks(person, path(entry.id), { method, body, headers }), path, { method, body, headers });
    }
  }

  /** That an answer is that of what was never there, byte for byte. */
  async #assertMissing(person: string, answered: Answered, path: (id: string) => string, asking: { method?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<void> {
    assert.equal(answered.status, 404, answered.body);
    assert.deepEqual(answered, await this.#asks(person, path(randomUUID()), asking));
    assert.doesNotMatch(answered.headers, /etag/i);
  }

  /** Who is not in the roster: one answer to everything. */
  async #lookFromOutside(person: string): Promise<void> {
    const ids = this.plain.entries.map(({ id }) => id);
    const paths = [LOG_PATH, LOG_PLACE_PATH, LOG_EXPORT_PATH, LOG_INTENTIONS_PATH, LOG_NEWS_PATH, ...ids.slice(-4).flatMap((id) => [entryPath(id), versionsPath(id)])];
    for (const path of paths) {
      const { status, body } = await this.ask(this.organisation, person, path);
      assert.equal(status, 403);
      assert.doesNotMatch(body, WORD);
      assert.doesNotMatch(body, KEY);
    }
  }

  /** Somebody of the same name in another organisation, who leads teams of the same name. */
  async #lookFromElsewhere(round: number): Promise<void> {
    const person = PEOPLE[round % PEOPLE.length] ?? 'anna';
    for (const { id } of this.plain.entries.slice(-4)) assert.equal((await this.ask('elsewhere', person, entryPath(id))).status, 404);
    for (const path of [LOG_PATH, `${LOG_PATH}?search=gezamenlijk`, LOG_PLACE_PATH, LOG_EXPORT_PATH, LOG_INTENTIONS_PATH]) {
      const { status, body } = await this.ask('elsewhere', person, path);
      assert.equal(status, 200, body);
      assert.doesNotMatch(body, WORD);
    }
  }

  /** The first that a stream says. */
  async #hears(person: string): Promise<News> {
    const listening = new AbortController();
    const response = await this.app.request(LOG_NEWS_PATH, { headers: { authorization: asAnybody(this.organisation, person) }, signal: listening.signal });
    assert.equal(response.status, 200);
    const reader = response.body?.getReader() ?? assert.fail('a stream has a body');
    let said = '';
    while (!said.includes('\n\n')) {
      const { done, value } = await reader.read();
      if (done) break;
      said += new TextDecoder().decode(value);
    }
    listening.abort();
    await reader.cancel();
    this.#assertSayable(person, LOG_NEWS_PATH, { status: response.status, headers: JSON.stringify([...response.headers]), body: said });
    return JSON.parse(/data: (.*)/.exec(said)?.[1] ?? '') as News;
  }
}

function asSent({ scope, team, named }: Pick<PlainEntry, 'scope' | 'team' | 'named'>): object {
  return { scope, ...(team === undefined ? {} : { team }), ...(named.size > 0 ? { people: [...named] } : {}) };
}

/** A leader writes for nobody else, and shares it with all a while later: by chance that is rare. */
const LATER: Step[] = [
  { what: 'write', a: 0, b: SCOPES.indexOf('me'), c: 0 },
  { what: 'change', a: 0, b: 0, c: SCOPES.indexOf('organisation') },
];

let lives = 0;

/** Organisations live, each by steps that are drawn, until the rule is broken or there were enough of them. */
async function live(server: TestServer, lifes: number, seed: number, bend: (app: Hono) => Pick<Hono, 'request'> = (app) => app): Promise<fc.RunDetails<[Step[]]>> {
  const app = bend(appForAnybody(server.services));
  const property = fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), async (steps) => {
    const life = new Life(askingOf(app), app, server, `life-${String((lives += 1))}`);
    await life.begin();
    for (const [round, next] of steps.entries()) {
      await life.take(next);
      // Every other step, so that what two of them do together is seen too.
      if (round % 2 === 1 || round === steps.length - 1) await life.look(round + seed);
    }
  });
  return fc.check(property, { numRuns: lifes, seed, endOnFailure: true, examples: [[LATER]] });
}

const LEADERS_ELSEWHERE: Roster = {
  teams: TEAMS.map((id) => ({ id, name: `Team ${id}`, parent: id === 'top' ? null : 'top' })),
  people: PEOPLE.map((id) => ({ id, name: `Name of ${id}` })),
  memberships: PEOPLE.flatMap((person) => TEAMS.map((team) => ({ person, team, role: 'leader' as const }))),
};

/** The database as a careless change of a statement would have it. */
class Careless extends OperationNodeTransformer implements KyselyPlugin {
  touched = 0;

  constructor(
    readonly from: string | RegExp,
    readonly to: string,
  ) {
    super();
  }

  protected override transformRaw(node: RawNode, queryId: QueryId): RawNode {
    const raw = super.transformRaw(node, queryId);
    const sqlFragments = raw.sqlFragments.map((fragment) => fragment.replaceAll(this.from, this.to));
    if (sqlFragments.some((fragment, index) => fragment !== raw.sqlFragments[index])) this.touched += 1;
    return { ...raw, sqlFragments };
  }

  transformQuery({ node, queryId }: { node: RootOperationNode; queryId: QueryId }): RootOperationNode {
    return this.transformNode(node, queryId);
  }

  transformResult<R>({ result }: { result: R }): Promise<R> {
    return Promise.resolve(result);
  }
}

/** Writes down every statement that comes to the database, in words and without its values. */
class Listening implements KyselyPlugin {
  readonly statements: string[] = [];
  readonly #compiler = new PostgresQueryCompiler();

  transformQuery({ node, queryId }: { node: RootOperationNode; queryId: QueryId }): RootOperationNode {
    this.statements.push(this.#compiler.compileQuery(node, queryId).sql);
    return node;
  }

  transformResult<R>({ result }: { result: R }): Promise<R> {
    return Promise.resolve(result);
  }
}

describe('who may see what of a learning log', () => {
  let poprf: Poprf;
  let store: Store;
  before(async () => {
    poprf = startPoprf();
    store = await openStore({ kind: 'memory' });
    const server = await testServer(store, poprf);
    await makeOrganisation(server.services, { id: 'elsewhere', name: 'Elsewhere' });
    await importRoster(store.database, 'elsewhere', LEADERS_ELSEWHERE, { at: server.services.now(), dryRun: false });
  });
  after(async () => {
    await store.close();
    await poprf.close();
  });

  const serverOn = (database: Database) => testServer({ ...store, database }, poprf);

  it(`is what the plain rule says, by every route, through ${String(LIVES)} lives of an organisation (FUZZ_SEED=${String(SEED)})`, async () => {
    const told = await live(await serverOn(store.database), LIVES, SEED);
    if (told.failed) throw new Error(fc.defaultReportMessage(told), { cause: told.errorInstance });
  });

  const careless: readonly (readonly [string, string | RegExp, string])[] = [
    ['a team’s entries are shown to every team', "membership.organisation = ", "true or membership.organisation = "],
    ['what is for a team is for all', "log_entry.scope = 'organisation'", "log_entry.scope in ('organisation', 'team')"],
    ['whoever is named anywhere sees it', 'log_entry.id = log_reader.entry', 'true'],
    ['a month finds what was written in it, and not what was shared', /^log_entry\.shared_at$/g, 'log_entry.created_at'],
    ['a leader’s last sharing is when it was written', /^max\(log_entry\.shared_at\)$/g, 'max(log_entry.created_at)'],
  ];
  for (const [name, from, to] of careless) {
    it(`would be found out: ${name}`, async () => {
      const plugin = new Careless(from, to);
      const told = await live(await serverOn(store.database.withPlugin(plugin)), LIVES, SEED);
      assert.ok(plugin.touched > 0, 'the statement that was to be spoilt is there');
      assertFoundOut(told);
    });
  }

  type Bend = (path: string, method: string, answer: Response, text: string) => Response | Promise<Response>;
  const bent: readonly (readonly [string, Bend])[] = [
    ['how often an entry was changed, by its version', async (path, method, answer, text) => {
      const opened = method === 'GET' && answer.status === 200 && /entries\/[^/]+$/.test(path) ? (JSON.parse(text) as OpenedEntry) : undefined;
      if (!opened || 'deleted' in opened) return answer;
      const { version } = await store.database.selectFrom('log_entry').select('version').where('id', '=', opened.id).executeTakeFirstOrThrow();
      return again(answer, JSON.stringify({ ...opened, version }), { etag: `"${String(version)}"` });
    }],
    ['a list that says there is more', (path, _, answer, text) => (path === LOG_PATH && answer.status === 200 ? again(answer, text.replace('"next":null', '"next":"x"')) : answer)],
    ['an entity tag on what is not yours', (path, method, answer, text) => (method === 'GET' && answer.status === 404 && /entries\/[^/]+$/.test(path) ? again(answer, text, { etag: '"3"' }) : answer)],
    ['an answer that may be kept by whoever passes it on', (path, _, answer, text) => (path === LOG_PLACE_PATH ? again(answer, text, { 'cache-control': 'public' }) : answer)],
    ['one more among those who may read', (_, __, answer, text) => again(answer, text.replace(/"readers":(\d+)/, (___, count) => `"readers":${String(Number(count) + 1)}`))],
  ];
  for (const [name, bend] of bent) {
    it(`would be found out: ${name}`, async () => {
      const told = await live(await serverOn(store.database), LIVES, SEED, (app) => ({
        request: async (input, init) => {
          const answer = await app.request(input, init);
          if (answer.headers.get('content-type')?.includes('event-stream')) return answer;
          const text = await answer.clone().text();
          return bend(new URL(input instanceof Request ? input.url : input, 'https://leerkring.example.org').pathname, init?.method ?? 'GET', answer, text);
        },
      }));
      assertFoundOut(told);
    });
  }

  it('is asked in the same statements whether something is not there or not yours, so that no clock tells them apart', async () => {
    const listening = new Listening();
    const server = await serverOn(store.database.withPlugin(listening));
    const ask = askingOf(appForAnybody(server.services));
    const organisation = `life-${String((lives += 1))}`;
    await makeOrganisation(server.services, { id: organisation, name: 'A life' });
    await importRoster(store.database, organisation, LEADERS_ELSEWHERE, { at: server.services.now(), dryRun: false });
    const write = async (audience: object) => {
      const { body } = await ask(organisation, 'anna', LOG_ENTRIES_PATH, { method: 'POST', body: { key: randomUUID(), kind: 'insight', text: 'Stil', audience } });
      return (JSON.parse(body) as Entry).id;
    };
    const hidden = [await write({ scope: 'me' }), await write({ scope: 'people', people: ['ben'] })];
    const { helps: [help], posts } = JSON.parse((await ask(organisation, 'anna', helpsPath(hidden[1] ?? ''), { method: 'POST', body: { key: randomUUID(), kind: 'peer-review', people: ['ben'] } })).body) as Entry;
    assert.deepEqual(posts, []);
    const written = JSON.parse((await ask(organisation, 'ben', postsPath(hidden[1] ?? ''), { method: 'POST', body: { key: randomUUID(), step: 'reply', parts: ['Dank'] } })).body) as Entry;
    const post = written.posts[0]?.id ?? '';
    const headers = { 'if-match': '"1"' };
    const tries: readonly (readonly [string, (id: string) => string, unknown?])[] = [
      ['GET', entryPath],
      ['GET', versionsPath],
      ['PUT', entryPath, { kind: 'insight', text: 'x', audience: { scope: 'me' } }],
      ['DELETE', entryPath],
      ['PUT', endorsementPath, { word: 'recognise' }],
      ['PUT', tryPath],
      ['POST', postsPath, { key: randomUUID(), step: 'reply', parts: ['x'] }],
      ['POST', postsPath, { key: randomUUID(), step: 'review', help: help?.id, parts: ['x', 'y', 'z'] }],
      ['POST', helpsPath, { key: randomUUID(), kind: 'peer-review', people: ['finn'] }],
      ['PUT', (id) => helpPath(id, help?.id ?? ''), { act: 'decline' }],
      ['DELETE', (id) => postPath(id, post)],
    ];
    for (const [method, path, body] of tries) {
      const asked = async (id: string) => {
        listening.statements.length = 0;
        const answered = await ask(organisation, 'carl', path(id), { method, body, headers });
        assert.equal(answered.status, 404, `${method} ${path(id)}: ${answered.body}`);
        return { answered, statements: [...listening.statements] };
      };
      const missing = await asked(randomUUID());
      assert.ok(missing.statements.length > 1);
      for (const id of hidden) assert.deepEqual(await asked(id), missing, `${method} ${path(id)}`);
    }
  });
});

/** By what was told, and not because something broke. */
function assertFoundOut({ failed, errorInstance }: fc.RunDetails<[Step[]]>): void {
  assert.ok(failed && errorInstance instanceof assert.AssertionError);
  assert.doesNotMatch(errorInstance.message, /problem:internal/);
}

function again(answer: Response, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(answer.status === 204 ? null : text, { status: answer.status, headers: { ...Object.fromEntries(answer.headers), ...headers } });
}
