import { REPORTS_PATH } from '../contract/paths.ts';
import type { TeamReports } from '../contract/reports.ts';
import { read, type Connection } from './api.ts';

/** The released rounds of a team that this person may see. */
export function teamReports(
  connection: Connection,
  query: { readonly team?: string | undefined; readonly instrument?: string | undefined },
): Promise<TeamReports> {
  return read<TeamReports>(connection, REPORTS_PATH, query);
}
