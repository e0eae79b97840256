import { sql } from 'kysely';
import { audit } from '../audit.ts';
import { AdministrationError } from '../organisations/organisations.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';

/** Somebody of an Entra tenant, as a token tells. */
export interface EntraPerson {
  readonly organisation: string;
  readonly tenant: string;
  /** Never given to another person (Microsoft identity platform). */
  readonly oid: string;
  /** What they sign in with, which can change and be given to another; nothing of a guest, whose name is not the tenant's. */
  readonly principalName: string | undefined;
}

/** Whose row in the roster somebody is; a key that nobody has, for who is in none. */
export type PersonOf = (who: EntraPerson) => Promise<string>;

/**
 * Finds people by their object id: as their key in the roster, or as it was pinned. Somebody whose key in the roster is
 * the principal name is found by that once, and pinned: from then on whoever is given the same name is a stranger.
 */
export function personIn(database: Database): PersonOf {
  return async ({ organisation, tenant, oid, principalName }) => {
    const pinned = () =>
      database
        .selectFrom('person')
        .select('id')
        .where('organisation', '=', organisation)
        .where((where) =>
          where.or([
            // Some lists of people have it in capitals; tokens have not. Entra draws them at random, for each tenant anew: a
            // roster whose people are in more tenants has them as keys all the same, and nobody chooses theirs.
            where('id', 'in', [oid, oid.toUpperCase()]),
            where(
              'id',
              '=',
              where
                .selectFrom('pinned_sign_in')
                .select('person')
                .where('pinned_sign_in.organisation', '=', organisation)
                .where('tenant', '=', tenant)
                .where('oid', '=', oid),
            ),
          ]),
        )
        .executeTakeFirst();
    const stranger = `entra:${tenant}:${oid}`;
    const found = await pinned();
    if (found) return found.id;
    if (principalName === undefined) return stranger;
    await database
      .insertInto('pinned_sign_in')
      .columns(['organisation', 'person', 'tenant', 'oid'])
      .expression((from) =>
        from
          .selectFrom('person')
          .select(['organisation', 'id', sql<string>`${tenant}`.as('tenant'), sql<string>`${oid}`.as('oid')])
          .where('organisation', '=', organisation)
          .where(sql`lower(id)`, '=', principalName.toLowerCase())
          .orderBy('id')
          .limit(1),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await pinned())?.id ?? stranger;
  };
}

/**
 * Forgets which account a person signs in with: the next one with their name is found by it, and pinned.
 * @throws AdministrationError when nobody is pinned under that key
 */
export async function forgetPerson(services: Pick<Services, 'database' | 'now'>, organisation: string, person: string): Promise<void> {
  await services.database.transaction().execute(async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('pinned_sign_in')
      .where('organisation', '=', organisation)
      .where(sql`lower(person)`, '=', person.toLowerCase())
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new AdministrationError(`No account is known of ${person}: who signs in with that name is found by it.`);
    await audit(transaction, organisation, services.now(), 'sign-in-forgotten', {});
  });
}
