import { sql } from 'kysely';
import type { Evaluation } from '../../contract/learning-log.ts';
import { ANSWER_MONTHS, EVALUATION_THRESHOLD, evaluationShown } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import { inBatches } from '../store/batches.ts';
import type { Database } from '../store/tables.ts';
import { required } from './entries.ts';
import { countedAt, monthAfter, monthOf, startOf } from './months.ts';
import { lockOrganisation } from './settings.ts';
import { requireColleague } from './visible.ts';

/** How many months are shown. */
const MONTHS = 24;

/**
 * How many of a team's intentions became action, by month, for its members and its leaders. All teams are told of the
 * same months: one of which nothing is said had few intentions, or none, or wasn't there yet.
 */
export async function evaluationOf({ database }: Services, who: Identity, team: string): Promise<Evaluation> {
  const { organisation, person } = who;
  await requireColleague(database, who);
  const found = required(
    await database
      .selectFrom('membership')
      .innerJoin('team', (join) =>
        join.onRef('team.organisation', '=', 'membership.organisation').onRef('team.id', '=', 'membership.team'),
      )
      .select(['team.id', 'team.name'])
      .where('membership.organisation', '=', organisation)
      .where('membership.person', '=', person)
      .where('membership.team', '=', team)
      .executeTakeFirst(),
  );
  const months = await database
    .selectFrom((all) =>
      all.selectFrom('log_evaluation').select('month').distinct().where('organisation', '=', organisation).as('counted'),
    )
    .leftJoin('log_evaluation', (join) =>
      join
        .onRef('log_evaluation.month', '=', 'counted.month')
        .on('log_evaluation.organisation', '=', organisation)
        .on('log_evaluation.team', '=', team),
    )
    .select(['counted.month', 'log_evaluation.figures'])
    .orderBy('counted.month', 'desc')
    .limit(MONTHS)
    .execute();
  return { team: found, threshold: EVALUATION_THRESHOLD, months };
}

/**
 * Counts the intentions of every month whose time to answer is over, once; what is kept of it is what may be shown, so
 * that no later deletion or answer changes a figure, and no figure of fewer people lies in the database.
 * @returns how many months were counted
 */
export async function countMonths(services: Services, organisation: string): Promise<number> {
  return services.database.transaction().execute(async (transaction) => {
    await lockOrganisation(transaction, organisation);
    const newest = monthAfter(monthOf(services.now()), -1 - ANSWER_MONTHS);
    let month = await firstUncounted(transaction, organisation, newest);
    let counted = 0;
    for (; month <= newest; month = monthAfter(month, 1)) {
      await countMonth(transaction, organisation, month);
      counted += 1;
    }
    return counted;
  });
}

/** The month after the last one that was counted; when none was, that of the first intention there is. */
async function firstUncounted(transaction: Database, organisation: string, newest: string): Promise<string> {
  const { last } = await transaction
    .selectFrom('log_evaluation')
    .select(({ fn }) => fn.max<string | null>('month').as('last'))
    .where('organisation', '=', organisation)
    .executeTakeFirstOrThrow();
  if (last !== null) return monthAfter(last, 1);
  const { first } = await transaction
    .selectFrom('log_intention')
    .select(({ fn }) => fn.min<Date | null>('made_at').as('first'))
    .where('organisation', '=', organisation)
    .executeTakeFirstOrThrow();
  const earliest = monthAfter(newest, 1 - MONTHS);
  const month = first === null ? newest : monthOf(first);
  return month > newest ? newest : month < earliest ? earliest : month;
}

async function countMonth(transaction: Database, organisation: string, month: string): Promise<void> {
  const rows = await transaction
    .selectFrom('log_intention')
    .select([
      'team',
      sql<string>`count(distinct person)`.as('people'),
      sql<string>`count(*)`.as('intentions'),
      sql<string>`count(*) filter (where state = 'tried' and answered_at < ${countedAt(month)})`.as('tried'),
    ])
    .where('organisation', '=', organisation)
    .where('made_at', '>=', startOf(month))
    .where('made_at', '<', startOf(monthAfter(month, 1)))
    .where('team', 'is not', null)
    // What somebody set out to do in an entry for themselves alone is in no count of anybody else's.
    .where(sql<boolean>`(source = 'other' or exists (
      select from log_entry where log_entry.organisation = ${organisation} and log_entry.id = log_intention.entry and log_entry.scope <> 'me'
    ))`)
    .groupBy('team')
    .execute();
  const figures = new Map<string, string | null>();
  // A team without any has the same row as one with too few.
  for (const { id } of await transaction.selectFrom('team').select('id').where('organisation', '=', organisation).execute()) {
    figures.set(id, null);
  }
  for (const { team, people, intentions, tried } of rows) {
    if (team === null) continue;
    const shown = evaluationShown({ people: Number(people), intentions: Number(intentions), tried: Number(tried) });
    figures.set(team, shown ? JSON.stringify(shown) : null);
  }
  for (const batch of inBatches([...figures])) {
    await transaction
      .insertInto('log_evaluation')
      .values(batch.map(([team, shown]) => ({ organisation, team, month, figures: shown })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
