import type { Teams } from '../../host/teams.ts';

/** Says what becomes of the data; Teams' own button removes the tab. */
export async function open(teams: Teams): Promise<void> {
  (await teams.later?.())?.onRemove();
}
