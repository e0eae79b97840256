import type { ChangedEntry, Entry } from '../../../src/contract/learning-log.ts';
import type { Scope } from '../../../src/domain/learning-log.ts';
import type { Chosen } from '../draft.ts';

const REACH: Readonly<Record<Scope, number>> = { me: 0, people: 1, team: 2, organisation: 3 };

/** Whether somebody can read it after who could not be sure to before. */
export function widens(before: Chosen, after: Chosen): boolean {
  if (after.scope === 'me' || before.scope === 'organisation') return false;
  if (REACH[after.scope] > REACH[before.scope]) return true;
  if (after.scope === 'team' && before.scope === 'team' && after.team?.id !== before.team?.id) return true;
  return after.people.some(({ id }) => !before.people.some((one) => one.id === id));
}

/** Whether somebody could read it before who can't be sure to after. */
export function narrows(before: Chosen, after: Chosen): boolean {
  return widens(after, before);
}

/** As the server wants it: by ids, and without colleagues where they say nothing. */
export function audienceOf({ scope, team, people }: Chosen): ChangedEntry['audience'] {
  const named = scope === 'people' || scope === 'team' ? people.map(({ id }) => id) : [];
  return {
    scope,
    ...(scope === 'team' && team ? { team: team.id } : {}),
    ...(named.length > 0 ? { people: named } : {}),
  };
}

/** As the server tells its author. */
export function chosenOf({ scope, team, people = [] }: Entry['audience']): Chosen {
  return { scope, ...(team ? { team } : {}), people };
}
