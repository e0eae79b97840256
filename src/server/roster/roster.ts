import type { Roster, RosterTeam } from '../../domain/roster.ts';
import { rosterDifference, rosterProblem, type RosterDifference } from '../../domain/roster.ts';
import { audit } from '../audit.ts';
import type { Identity } from '../auth/issuers.ts';
import { markMissing } from '../learning-log/missing.ts';
import { AdministrationError } from '../organisations/organisations.ts';
import { inBatches } from '../store/batches.ts';
import type { Database } from '../store/tables.ts';
import { searchName } from './names.ts';

/** The whole roster of an organisation. */
export async function loadRoster(database: Database, organisation: string): Promise<Roster> {
  const [teams, people, memberships] = await Promise.all([
    loadTeams(database, organisation),
    database.selectFrom('person').select(['id', 'name']).where('organisation', '=', organisation).orderBy('id').execute(),
    database
      .selectFrom('membership')
      .select(['person', 'team', 'role'])
      .where('organisation', '=', organisation)
      .orderBy('person')
      .orderBy('team')
      .execute(),
  ]);
  return { teams, people, memberships };
}

/** As much of the roster as tells where one person stands: the tree of teams, and that person's own memberships. */
export async function loadPlaceOf(database: Database, { organisation, person }: Identity): Promise<Roster> {
  const [teams, people, memberships] = await Promise.all([
    loadTeams(database, organisation),
    database
      .selectFrom('person')
      .select(['id', 'name'])
      .where('organisation', '=', organisation)
      .where('id', '=', person)
      .execute(),
    database
      .selectFrom('membership')
      .select(['person', 'team', 'role'])
      .where('organisation', '=', organisation)
      .where('person', '=', person)
      .orderBy('team')
      .execute(),
  ]);
  return { teams, people, memberships };
}

/**
 * Makes a roster the organisation's own, whole or not at all. Rounds that are open keep the electorate they opened with.
 * @returns what changed, or would change when it is only tried
 * @throws AdministrationError when it is no roster
 */
export async function importRoster(
  database: Database,
  organisation: string,
  roster: Roster,
  options: {
    readonly at: Date;
    readonly dryRun: boolean;
    /** Told how many of all rows are in the database, as they come there. */
    readonly progress?: (done: number, of: number) => void;
  },
): Promise<RosterDifference> {
  const problem = rosterProblem(roster);
  if (problem !== undefined) throw new AdministrationError(problem);
  return database.transaction().execute(async (transaction) => {
    // A round that opens at this moment takes its snapshot before or after, not in between.
    await transaction.selectFrom('organisation').select('id').where('id', '=', organisation).forUpdate().execute();
    const difference = rosterDifference(await loadRoster(transaction, organisation), roster);
    if (options.dryRun) return difference;
    await transaction.deleteFrom('membership').where('organisation', '=', organisation).execute();
    await transaction.deleteFrom('person').where('organisation', '=', organisation).execute();
    await transaction.deleteFrom('team').where('organisation', '=', organisation).execute();
    const under = <T extends object>(row: T) => ({ organisation, ...row });
    const all = roster.teams.length + roster.people.length + roster.memberships.length;
    let done = 0;
    const tell = (rows: number) => options.progress?.((done += rows), all);
    for (const batch of inBatches(roster.teams.map(under))) {
      await transaction.insertInto('team').values(batch).execute();
      tell(batch.length);
    }
    for (const batch of inBatches(roster.people.map(({ id, name }) => under({ id, name, search: searchName(name) })))) {
      await transaction.insertInto('person').values(batch).execute();
      tell(batch.length);
    }
    for (const batch of inBatches(roster.memberships.map(under))) {
      await transaction.insertInto('membership').values(batch).execute();
      tell(batch.length);
    }
    await markMissing(transaction, organisation, options.at);
    // Whoever is given the name of somebody who left is not taken for them, and gets it when they are.
    await transaction
      .deleteFrom('pinned_sign_in')
      .where('organisation', '=', organisation)
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('person')
              .select('id')
              .whereRef('person.organisation', '=', 'pinned_sign_in.organisation')
              .whereRef('person.id', '=', 'pinned_sign_in.person'),
          ),
        ),
      )
      .execute();
    await audit(transaction, organisation, options.at, 'roster-imported', {
      teams: roster.teams.length,
      people: roster.people.length,
    });
    return difference;
  });
}

function loadTeams(database: Database, organisation: string): Promise<RosterTeam[]> {
  return database
    .selectFrom('team')
    .select(['id', 'name', 'parent'])
    .where('organisation', '=', organisation)
    .orderBy('id')
    .execute();
}
