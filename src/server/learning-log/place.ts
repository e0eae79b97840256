import { sql } from 'kysely';
import type { Colleagues, LogPlace } from '../../contract/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import { searchPattern } from '../roster/names.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { momentOf } from './moments.ts';
import { entryRows, excerptOf, keyOf, named, writtenIn } from './reading.ts';
import { requireColleague, visibleTo } from './visible.ts';

/** Projects and tags that the form offers: more than anybody reads through, the rest is typed. */
const OFFERED = 50;

/** Private entries that are unsealed for what the form offers, the newest: each costs a little, and the form is waited for. */
const UNSEALED = 200;

/** Items of a digest: what is older is found in the entries themselves. */
const DIGEST = 20;

/** Days that the first digest looks back. */
const FIRST_DIGEST = 30;

const COLLEAGUES = 20;

const DAY = 24 * 60 * 60 * 1000;

/** What the form says and offers to this person, and what others did with the own entries since the last time. */
export async function logPlaceOf(services: Services, who: Identity): Promise<LogPlace> {
  const { database, master } = services;
  const { organisation, person } = who;
  await requireColleague(database, who);
  const own = await database
    .selectFrom('organisation')
    .select(['id', 'name', 'log_settings'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow();
  const { others } = await database
    .selectFrom('person')
    .select(sql<string>`count(*)`.as('others'))
    .where('organisation', '=', organisation)
    .where('id', '<>', person)
    .executeTakeFirstOrThrow();
  return {
    organisation: { id: own.id, name: own.name },
    colleagues: Number(others),
    teams: await teamsOf(database, who),
    ...(await offeredTo(services, who)),
    leavers: own.log_settings.leavers,
    keptMonths: own.log_settings.keepMonths,
    draftKey: master.pseudonym('learning-log', organisation, person),
    digestUntil: digestEnd(services.now()).toISOString(),
    digest: await digestOf(services, who),
  };
}

/** Begins the digest anew, from where the one that was shown ended. */
export async function readDigest(services: Services, who: Identity, read: string): Promise<{ done: true }> {
  const { organisation, person } = who;
  await requireColleague(services.database, who);
  // Never further than a digest of now would go, and never back.
  const until = new Date(Math.min(momentOf(read, '/until').getTime(), digestEnd(services.now()).getTime()));
  await services.database
    .insertInto('log_person')
    .values({ organisation, person, digest_read_at: until })
    .onConflict((conflict) => conflict.columns(['organisation', 'person']).doUpdateSet({ digest_read_at: sql<Date>`greatest(log_person.digest_read_at, excluded.digest_read_at)` }))
    .execute();
  return { done: true };
}

/** Colleagues of whose name a word begins as is typed: those of one's own teams first, then by name. */
export async function colleaguesNamed({ database }: Services, who: Identity, name: string): Promise<Colleagues> {
  const { organisation, person } = who;
  await requireColleague(database, who);
  const mine = database
    .selectFrom('membership as mine')
    .select('mine.team')
    .where('mine.organisation', '=', organisation)
    .where('mine.person', '=', person);
  const near = database
    .selectFrom('membership as near')
    .select('near.person')
    .where('near.organisation', '=', organisation)
    .where('near.team', 'in', mine);
  const colleagues = await database
    .selectFrom('person')
    .select((select) => [
      'person.id',
      'person.name',
      select
        .selectFrom('membership')
        .innerJoin('team', (join) =>
          join.onRef('team.organisation', '=', 'membership.organisation').onRef('team.id', '=', 'membership.team'),
        )
        .select('team.name')
        .whereRef('membership.organisation', '=', 'person.organisation')
        .whereRef('membership.person', '=', 'person.id')
        // Of who leads several, one that both are in says most.
        .orderBy((order) => order('membership.team', 'in', mine), 'desc')
        .orderBy('team.name')
        .limit(1)
        .as('team'),
    ])
    .where('person.organisation', '=', organisation)
    .where('person.id', '<>', person)
    .where('person.search', 'like', searchPattern(name))
    .orderBy((order) => order('person.id', 'in', near), 'desc')
    // As it is looked for: by letters, whatever their accents and case.
    .orderBy('person.search')
    .orderBy('person.id')
    .limit(COLLEAGUES)
    .execute();
  return { colleagues };
}

async function teamsOf(database: Database, { organisation, person }: Identity): Promise<LogPlace['teams']> {
  const teams = await database
    .selectFrom('membership')
    .innerJoin('team', (join) =>
      join.onRef('team.organisation', '=', 'membership.organisation').onRef('team.id', '=', 'membership.team'),
    )
    .select((select) => [
      'team.id',
      'team.name',
      'membership.role',
      select
        .selectFrom('membership as others')
        .select(sql<string>`count(*)`.as('others'))
        .whereRef('others.organisation', '=', 'membership.organisation')
        .whereRef('others.team', '=', 'membership.team')
        .where('others.person', '<>', person)
        .as('others'),
      select
        .selectFrom('membership as leading')
        .innerJoin('person as leader', (join) =>
          join.onRef('leader.organisation', '=', 'leading.organisation').onRef('leader.id', '=', 'leading.person'),
        )
        .select(sql<string[]>`coalesce(jsonb_agg(leader.name order by leader.search, leader.id), '[]')`.as('leaders'))
        .whereRef('leading.organisation', '=', 'membership.organisation')
        .whereRef('leading.team', '=', 'membership.team')
        .where('leading.role', '=', 'leader')
        .where('leading.person', '<>', person)
        .as('leaders'),
      // What is for all is for the team too; and what was written before is shared when it came to them.
      select
        .selectFrom('log_entry')
        .select(sql<Date | null>`max(log_entry.shared_at)`.as('shared'))
        .where('membership.role', '=', 'leader')
        .where('log_entry.author', '=', person)
        .where(visibleTo({ organisation, person }))
        .where((where) =>
          where.or([
            where('log_entry.scope', '=', 'organisation'),
            where.and([where('log_entry.scope', '=', 'team'), where('log_entry.team', '=', where.ref('membership.team'))]),
          ]),
        )
        .as('shared'),
    ])
    .where('membership.organisation', '=', organisation)
    .where('membership.person', '=', person)
    .orderBy('team.name')
    .orderBy('team.id')
    .execute();
  return teams.map(({ id, name, role, others, leaders, shared }) => ({
    id,
    name,
    others: Number(others),
    leaders: leaders ?? [],
    role,
    ...(role === 'leader' ? { lastShared: shared?.toISOString() ?? null } : {}),
  }));
}

/** Projects and tags, the latest first: of what one's own teams may see together, and of what is one's own. */
async function offeredTo(services: Services, who: Identity): Promise<Pick<LogPlace, 'projects' | 'tags'>> {
  const { database } = services;
  const { organisation, person } = who;
  const teams = database
    .selectFrom('membership')
    .select('membership.team')
    .where('membership.organisation', '=', organisation)
    .where('membership.person', '=', person);
  const shared = database
    .selectFrom('log_entry')
    .where(visibleTo(who))
    .where((where) =>
      where.or([
        where('log_entry.author', '=', person),
        where.and([where('log_entry.scope', '=', 'team'), where('log_entry.team', 'in', teams)]),
      ]),
    );
  const projects = await shared
    .select(['log_entry.project as word', sql<Date>`max(log_entry.shared_at)`.as('at')])
    .where('log_entry.project', 'is not', null)
    .$narrowType<{ word: string }>()
    .groupBy('log_entry.project')
    .orderBy('at', 'desc')
    .orderBy('word')
    .limit(OFFERED)
    .execute();
  const tags = await shared
    .innerJoinLateral(sql<{ word: string }>`unnest(log_entry.tags)`.as<'tag'>(sql`tag (word)`), (join) => join.onTrue())
    .select(['tag.word', sql<Date>`max(log_entry.shared_at)`.as('at')])
    .groupBy('tag.word')
    .orderBy('at', 'desc')
    .orderBy('tag.word')
    .limit(OFFERED)
    .execute();
  const sealed = await entryRows(database, who)
    .where('log_entry.author', '=', person)
    .where('log_entry.scope', '=', 'me')
    .where(visibleTo(who))
    .orderBy('log_entry.shared_at', 'desc')
    .limit(UNSEALED)
    .execute();
  const key = keyOf(services, database, who);
  const own = await Promise.all(sealed.map(async (row) => ({ at: row.shared_at, written: await writtenIn(row, key) })));
  return {
    projects: latest([...projects, ...own.flatMap(({ at, written }) => (written.project === null ? [] : { word: written.project, at }))]),
    tags: latest([...tags, ...own.flatMap(({ at, written }) => written.tags.map((word) => ({ word, at })))]),
  };
}

/** Each word once, by when it was last used. */
function latest(used: readonly { readonly word: string; readonly at: Date }[]): string[] {
  const sorted = [...used].sort((one, other) => other.at.getTime() - one.at.getTime());
  return [...new Set(sorted.map(({ word }) => word))].slice(0, OFFERED);
}

/** A digest ends where the day began (UTC): so it comes once a day at most, and tells nobody's hour. */
function digestEnd(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY) * DAY);
}

/** What others did with one's own entries since the digest was last read; what was taken back meanwhile is not told. */
async function digestOf(services: Services, who: Identity): Promise<LogPlace['digest']> {
  const { database } = services;
  const { organisation, person } = who;
  const until = digestEnd(services.now());
  const read = await database
    .selectFrom('log_person')
    .select('digest_read_at')
    .where('organisation', '=', organisation)
    .where('person', '=', person)
    .executeTakeFirst();
  const since = read?.digest_read_at ?? new Date(until.getTime() - FIRST_DIGEST * DAY);
  const deeds = sql<{ what: LogPlace['digest'][number]['what']; person: string | null; at: Date }>`(
    select 'trying' as what, person, made_at as at from log_intention
    where organisation = log_entry.organisation and entry = log_entry.id and source = 'other' and state <> 'dropped'
    union all
    select 'endorsed', person, at from log_endorsement
    where organisation = log_entry.organisation and entry = log_entry.id
    union all
    select case step when 'reply' then 'replied' else 'helped' end, author, created_at from log_post
    where organisation = log_entry.organisation and entry = log_entry.id
      and step in ('reply', 'review', 'would-do') and deleted_at is null
  )`;
  const items = await database
    .selectFrom('log_entry')
    .innerJoinLateral(deeds.as('deed'), (join) => join.onTrue())
    .leftJoin('person as doer', (join) =>
      join.onRef('doer.organisation', '=', 'log_entry.organisation').onRef('doer.id', '=', 'deed.person'),
    )
    .select([
      'deed.what',
      'log_entry.id',
      sql<{ id: string | null; name: string | null }[]>`
        jsonb_agg(distinct jsonb_build_object('id', doer.id, 'name', doer.name))
      `.as('people'),
    ])
    .where('log_entry.author', '=', person)
    .where(visibleTo(who))
    .where('deed.at', '>=', since)
    .where('deed.at', '<', until)
    .where(sql<boolean>`deed.person is distinct from ${person}`)
    .groupBy(['deed.what', 'log_entry.id'])
    .orderBy(sql`max(deed.at)`, 'desc')
    .orderBy('log_entry.id')
    .orderBy('deed.what')
    .limit(DIGEST)
    .execute();
  if (items.length === 0) return [];
  const rows = await entryRows(database, who)
    .where('log_entry.id', 'in', items.map(({ id }) => id))
    .where(visibleTo(who))
    .execute();
  const key = keyOf(services, database, who);
  const excerpts = new Map(
    await Promise.all(rows.map(async (row) => [row.id, excerptOf((await writtenIn(row, key)).text).excerpt] as const)),
  );
  return items.flatMap(({ what, id, people }) => {
    const excerpt = excerpts.get(id);
    // It may have been deleted since the first statement.
    if (excerpt === undefined) return [];
    return { what, entry: { id, excerpt }, people: people.map((one) => named(one.id, one.name)).sort(byName) };
  });
}

type Somebody = ReturnType<typeof named>;

/** By name, former colleagues after those who are there. */
function byName(one: Somebody, other: Somebody): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one.name.localeCompare(other.name, 'nl');
}
