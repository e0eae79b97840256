import { forgetPerson } from '../server/auth/people.ts';
import { withOrganisation, type Context, type GlobalOptions, type Outcome } from './context.ts';

/** Lets the next account with a person's name be that person. */
export async function forgetSignIn(context: Context, person: string, options: GlobalOptions): Promise<Outcome> {
  return withOrganisation(context, options, async (services, organisation) => {
    await forgetPerson(services, organisation, person);
    return {
      data: { organisation, person },
      lines: [`The next one who signs in as ${person} is that person, and is known by the id of their account from then on.`],
    };
  });
}
