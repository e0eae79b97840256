import { type Kysely, type Migration, Migrator, sql } from 'kysely';
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
const migrations: Record<string, Migration> = {
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
};
