import { REPORTS_PATH } from '../contract/paths.ts';
import type { TeamReports } from '../contract/reports.ts';
import { read, RequestFailure, type Connection } from './api.ts';

/** The released rounds of a team that this person may see. */
export async function teamReports(
  connection: Connection,
  query: { readonly team?: string | undefined; readonly instrument?: string | undefined },
): Promise<TeamReports> {
  const answer = await read<Partial<TeamReports> | null>(connection, REPORTS_PATH, query);
  // Something between here and the server, such as a sign-in to a network, may answer in its place.
  if (!Array.isArray(answer?.rounds)) throw new RequestFailure('offline');
  return answer as TeamReports;
}
