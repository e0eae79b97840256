import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { searchName } from '../roster/names.ts';
import { inBatches } from './batches.ts';
import type { Database } from './tables.ts';

/** Brings a database to the newest schema; several servers may start at once. @throws when a step fails */
export async function migrate(database: Database): Promise<void> {
  const { error } = await migrator(database).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('The database could not be migrated.');
}

/** Whether every migration was done. */
export async function isMigrated(database: Database): Promise<boolean> {
  const done = await migrator(database).getMigrations();
  return done.every((migration) => migration.executedAt !== undefined);
}

function migrator(database: Database): Migrator {
  return new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } });
}

// A migration that has been released is never edited; a change is a new one.
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-rounds': {
    async up(database: Kysely<unknown>) {
      await sql`create table organisation (
        id text primary key,
        name text not null,
        thresholds jsonb not null
      )`.execute(database);
      await sql`create table ballot_key (
        organisation text primary key references organisation,
        public_key bytea not null,
        secret_key bytea not null
      )`.execute(database);
      await sql`create table team (
        organisation text not null references organisation,
        id text not null,
        name text not null,
        parent text,
        primary key (organisation, id),
        foreign key (organisation, parent) references team deferrable initially deferred
      )`.execute(database);
      await sql`create table person (
        organisation text not null references organisation,
        id text not null,
        name text not null,
        primary key (organisation, id)
      )`.execute(database);
      await sql`create table membership (
        organisation text not null,
        person text not null,
        team text not null,
        role text not null check (role in ('member', 'leader')),
        primary key (organisation, person, team),
        foreign key (organisation, person) references person on delete cascade,
        foreign key (organisation, team) references team on delete cascade
      )`.execute(database);
      await sql`create table instrument (
        organisation text not null references organisation,
        key text not null,
        version integer not null,
        body jsonb not null,
        primary key (organisation, key, version)
      )`.execute(database);
      await sql`create table series (
        organisation text not null,
        id text not null,
        instrument text not null,
        version integer not null,
        teams jsonb not null,
        cadence jsonb not null,
        stopped_at timestamptz,
        primary key (organisation, id),
        foreign key (organisation, instrument, version) references instrument
      )`.execute(database);
      await sql`create table round (
        organisation text not null,
        id text not null,
        series text not null,
        number integer not null,
        opens_at timestamptz not null,
        closes_at timestamptz not null,
        grace integer not null,
        thresholds jsonb not null,
        box_key bytea,
        primary key (organisation, id),
        unique (organisation, series, number),
        foreign key (organisation, series) references series
      )`.execute(database);
      await sql`create table round_team (
        organisation text not null,
        round text not null,
        team text not null,
        parent text,
        name text not null,
        leader text,
        electorate integer not null,
        primary key (organisation, round, team),
        foreign key (organisation, round) references round
      )`.execute(database);
      await sql`create table elector (
        organisation text not null,
        round text not null,
        person text not null,
        team text not null,
        blinded bytea,
        primary key (organisation, round, person),
        foreign key (organisation, round, team) references round_team
      )`.execute(database);
      await sql`create index elector_by_person on elector (organisation, person)`.execute(database);
      await sql`create table spent (
        organisation text not null,
        round text not null,
        nonce_hash bytea not null,
        ballot_digest bytea not null,
        primary key (organisation, round, nonce_hash)
      )`.execute(database);
      await sql`create table box (
        organisation text not null,
        round text not null,
        team text not null,
        key bytea not null,
        sealed bytea not null,
        primary key (organisation, round, team, key)
      )`.execute(database);
      await sql`create table report (
        organisation text not null,
        round text not null,
        team text not null,
        body jsonb not null,
        personal jsonb not null,
        primary key (organisation, round, team),
        foreign key (organisation, round, team) references round_team
      )`.execute(database);
      await sql`create index report_by_team on report (organisation, team)`.execute(database);
      await sql`create table audit (
        organisation text not null references organisation,
        id text not null,
        at timestamptz not null,
        act text not null,
        detail jsonb not null,
        primary key (organisation, id)
      )`.execute(database);
    },
  },
  '0002-box-count': {
    async up(database: Kysely<unknown>) {
      await sql`create table box_count (
        organisation text not null,
        round text not null,
        team text not null,
        ballots integer not null,
        primary key (organisation, round, team)
      )`.execute(database);
      await sql`insert into box_count (organisation, round, team, ballots)
        select organisation, round, team, count(*) from box group by organisation, round, team`.execute(database);
    },
  },
  '0003-learning-log': {
    async up(database: Kysely<unknown>) {
      // Parts of words, for compounds: an extension that PostgreSQL lets the owner of a database add.
      await sql`create extension if not exists pg_trgm`.execute(database);
      await sql`alter table organisation add column log_settings jsonb not null
        default '{"leavers": "keep", "keepMonths": 36}'`.execute(database);
      // Colleagues are looked for by the beginning of any of their names.
      await sql`alter table person add column search text not null default ''`.execute(database);
      const { rows: people } = await sql<{ organisation: string; id: string; name: string }>`select organisation, id, name from person`.execute(database);
      for (const batch of inBatches(people)) {
        await sql`update person set search = named.search
          from unnest(
            ${batch.map(({ organisation }) => organisation)}::text[], ${batch.map(({ id }) => id)}::text[], ${batch.map(({ name }) => searchName(name))}::text[]
          ) as named (organisation, id, search)
          where person.organisation = named.organisation and person.id = named.id`.execute(database);
      }
      await sql`alter table person alter column search drop default`.execute(database);
      await sql`create index person_by_name on person using gin (search gin_trgm_ops)`.execute(database);
      // Apart from the rest, so that a backup can leave it out: a key that is deleted is then gone from old backups too.
      await sql`create schema if not exists keyring`.execute(database);
      await sql`create table keyring.author_key (
        organisation text not null references organisation,
        person text not null,
        wrapped bytea not null,
        primary key (organisation, person)
      )`.execute(database);
      await sql`create table log_entry (
        organisation text not null references organisation,
        id text not null,
        author text,
        key text not null,
        key_digest text not null,
        scope text not null check (scope in ('me', 'people', 'team', 'organisation')),
        team text,
        kind text,
        text text,
        different text,
        link text,
        project text,
        tags text[] not null default '{}',
        search text,
        vector tsvector,
        leavers text check (leavers in ('keep', 'remove')),
        sealed bytea,
        version integer not null,
        created_at timestamptz not null,
        shared_at timestamptz not null,
        changed_at timestamptz,
        deleted_at timestamptz,
        primary key (organisation, id),
        unique (organisation, author, key),
        check ((scope = 'me') = (sealed is not null)),
        check ((scope = 'me') = (text is null)),
        check ((scope = 'me') = (leavers is null)),
        check ((scope = 'team') = (team is not null))
        -- A text stays in its row as long as it fits: a search looks into many, and would fetch each from elsewhere.
      ) with (toast_tuple_target = 8160)`.execute(database);
      // Lists go by the moment, newest first, along each way in which an entry comes to be somebody's to see.
      await sql`create index log_entry_by_moment on log_entry (organisation, shared_at desc, id desc)
        where deleted_at is null`.execute(database);
      // An author's own are found by the month in which they were written, too.
      await sql`create index log_entry_by_author on log_entry (organisation, author, shared_at desc, id desc, created_at)
        where deleted_at is null`.execute(database);
      await sql`create index log_entry_by_team on log_entry (organisation, team, shared_at desc, id desc)
        where scope = 'team' and deleted_at is null`.execute(database);
      await sql`create index log_entry_for_all on log_entry (organisation, shared_at desc, id desc)
        where scope = 'organisation' and deleted_at is null`.execute(database);
      await sql`create index log_entry_by_change on log_entry (organisation, changed_at) where changed_at is not null`.execute(database);
      // Without a list of what is still to be sorted in: a search would read that from end to end.
      await sql`create index log_entry_by_word on log_entry using gin (vector) with (fastupdate = off)`.execute(database);
      await sql`create index log_entry_by_part on log_entry using gin (search gin_trgm_ops) with (fastupdate = off)`.execute(database);
      // A label is the same in capitals. PostgreSQL has nothing that does this to all of them at once.
      await sql`create function lower_each(texts text[]) returns text[] language sql immutable strict parallel safe
        as $$ select coalesce(array_agg(lower(one)), '{}') from unnest(texts) as one $$`.execute(database);
      await sql`create index log_entry_by_tag on log_entry using gin (lower_each(tags)) with (fastupdate = off)`.execute(database);
      await sql`create index log_entry_by_project on log_entry (organisation, lower(project)) where project is not null`.execute(database);
      await sql`create table log_deleted (
        organisation text not null references organisation,
        author text not null,
        key text not null,
        at timestamptz not null,
        primary key (organisation, author, key)
      )`.execute(database);
      await sql`create table log_reader (
        organisation text not null,
        entry text not null,
        person text not null,
        primary key (organisation, entry, person),
        foreign key (organisation, entry) references log_entry on delete cascade
      )`.execute(database);
      await sql`create index log_reader_by_person on log_reader (organisation, person, entry)`.execute(database);
      await sql`create table log_opened (
        organisation text not null,
        entry text not null,
        person text not null,
        at timestamptz not null,
        primary key (organisation, entry, person),
        foreign key (organisation, entry) references log_entry on delete cascade
      )`.execute(database);
      await sql`create index log_opened_by_person on log_opened (organisation, person)`.execute(database);
      await sql`create table log_version (
        organisation text not null,
        entry text not null,
        version integer not null,
        at timestamptz not null,
        sealed bytea not null,
        primary key (organisation, entry, version),
        foreign key (organisation, entry) references log_entry on delete cascade
      )`.execute(database);
      await sql`create table log_endorsement (
        organisation text not null,
        entry text not null,
        person text not null,
        word text not null check (word in ('recognise', 'helped-me', 'want-to-know-more')),
        at timestamptz not null,
        primary key (organisation, entry, person),
        foreign key (organisation, entry) references log_entry on delete cascade
      )`.execute(database);
      await sql`create index log_endorsement_by_person on log_endorsement (organisation, person)`.execute(database);
      await sql`create table log_help (
        organisation text not null,
        id text not null,
        entry text not null,
        key text not null,
        key_digest text not null,
        kind text not null check (kind in ('peer-review', 'intervision')),
        state text not null,
        question text,
        wish_date date,
        created_at timestamptz not null,
        primary key (organisation, id),
        unique (organisation, entry, key),
        foreign key (organisation, entry) references log_entry on delete cascade
      )`.execute(database);
      await sql`create index log_help_by_moment on log_help (organisation, created_at)`.execute(database);
      await sql`create table log_participant (
        organisation text not null,
        help text not null,
        person text not null,
        state text not null check (state in ('asked', 'answered', 'declined')),
        primary key (organisation, help, person),
        foreign key (organisation, help) references log_help on delete cascade
      )`.execute(database);
      await sql`create index log_participant_by_person on log_participant (organisation, person)`.execute(database);
      await sql`create table log_post (
        organisation text not null,
        id text not null,
        entry text not null,
        help text,
        author text,
        key text not null,
        key_digest text not null,
        step text not null,
        parts jsonb not null,
        leavers text not null default 'keep' check (leavers in ('keep', 'remove')),
        created_at timestamptz not null,
        deleted_at timestamptz,
        primary key (organisation, id),
        unique (organisation, author, key),
        foreign key (organisation, entry) references log_entry on delete cascade,
        foreign key (organisation, help) references log_help on delete cascade
      )`.execute(database);
      await sql`create index log_post_by_entry on log_post (organisation, entry, created_at)`.execute(database);
      await sql`create table log_intention (
        organisation text not null references organisation,
        id text not null,
        person text not null,
        entry text,
        source text not null check (source in ('own', 'other')),
        team text,
        state text not null check (state in ('open', 'tried', 'not-tried', 'dropped')),
        outcome bytea,
        made_at timestamptz not null,
        ask_at timestamptz not null,
        answered_at timestamptz,
        primary key (organisation, id),
        unique (organisation, person, entry),
        foreign key (organisation, entry) references log_entry on delete set null (entry)
      )`.execute(database);
      await sql`create index log_intention_by_entry on log_intention (organisation, entry)`.execute(database);
      await sql`create index log_intention_by_month on log_intention (organisation, made_at)`.execute(database);
      await sql`create table log_evaluation (
        organisation text not null references organisation,
        team text not null,
        month text not null,
        figures jsonb,
        primary key (organisation, team, month)
      )`.execute(database);
      await sql`create table log_person (
        organisation text not null references organisation,
        person text not null,
        digest_read_at timestamptz,
        missing_since timestamptz,
        primary key (organisation, person)
      )`.execute(database);
    },
  },
  '0004-sign-in': {
    async up(database: Kysely<unknown>) {
      await sql`create table pinned_sign_in (
        organisation text not null references organisation,
        tenant text not null,
        oid text not null,
        person text not null,
        primary key (organisation, tenant, oid),
        unique (organisation, person)
      )`.execute(database);
      await sql`alter table organisation add column contact text`.execute(database);
    },
  },
  '0005-intentions-anew': {
    async up(database: Kysely<unknown>) {
      // What was answered stays beside what somebody set out to do later, in other words or once more.
      await sql`alter table log_intention drop constraint log_intention_organisation_person_entry_key`.execute(database);
      await sql`create unique index log_intention_at_once on log_intention (organisation, person, entry)
        where state = 'open'`.execute(database);
      await sql`create index log_intention_by_person on log_intention (organisation, person, entry)`.execute(database);
    },
  },
};
