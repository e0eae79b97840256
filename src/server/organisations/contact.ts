import type { Identity } from '../auth/issuers.ts';
import { audit } from '../audit.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';

/** Characters of whom to ask: a name, a department, an address. */
export const CONTACT_LENGTH = 200;

/** Says whom people ask who are not in the roster; null leaves it at 'the administrator'. */
export async function setContact(
  services: Pick<Services, 'database' | 'now'>,
  organisation: string,
  contact: string | null,
): Promise<void> {
  await services.database.transaction().execute(async (transaction) => {
    await transaction.updateTable('organisation').set({ contact }).where('id', '=', organisation).execute();
    await audit(transaction, organisation, services.now(), 'contact-changed', {});
  });
}

/**
 * To somebody who is signed in and in no roster: of which organisation it is, and whom to ask. Anything else that went
 * wrong goes on as it is.
 * @throws always
 */
export async function tellWhomToAsk({ database }: Services, identity: Identity | undefined, error: unknown): Promise<never> {
  if (!identity || !(error instanceof ProblemError) || error.kind !== 'not-in-roster') throw error;
  const found = await database
    .selectFrom('organisation')
    .select(['name', 'contact'])
    .where('id', '=', identity.organisation)
    .executeTakeFirst();
  if (!found) throw error;
  const { name, contact } = found;
  throw new ProblemError('not-in-roster', error.errors, undefined, {
    nl: `Je staat niet in de teamlijst van ${name}. Vraag ${contact ?? 'de beheerder van Leerkring'} om je aan je team toe te voegen.`,
    en: `You are not in the roster of ${name}. Ask ${contact ?? 'the administrator of Leerkring'} to add you to your team.`,
  });
}
