import * as v from 'valibot';
import type { Report } from '../domain/report.ts';
import { count, instant, key, list } from './primitives.ts';

export { REPORTS_PATH } from './paths.ts';

const interval = v.strictObject({ low: v.number(), high: v.number() });
const bound = v.picklist(['exact', 'at-least', 'at-most']);
const bin = v.picklist(['unfavourable', 'neutral', 'favourable']);

const reportSchema = v.strictObject({
  electorate: count,
  ballots: v.exactOptional(count),
  more: v.boolean(),
  constructs: list(
    v.strictObject({
      construct: key,
      electorate: count,
      ballots: count,
      more: v.boolean(),
      mean: v.strictObject({ value: v.number(), bound, deviation: v.number(), interval, census: v.boolean() }),
      favourable: v.strictObject({ count, bound: v.picklist(['exact', 'at-least', 'at-most', 'about']), share: v.number(), wilson: interval, certain: interval }),
      distribution: v.exactOptional(
        v.union([
          v.strictObject({
            of: count,
            counts: v.strictObject({ unfavourable: count, neutral: count, favourable: count }),
            about: v.exactOptional(v.literal(true)),
          }),
          v.strictObject({ of: count, nearlyAll: bin }),
        ]),
      ),
      alpha: v.exactOptional(v.number()),
    }),
  ),
  comments: v.exactOptional(list(v.string())),
}) satisfies v.GenericSchema<unknown, Report>;

const changeSchema = v.strictObject({ verdict: v.picklist(['higher', 'lower', 'none']), from: v.number() });

const teamSchema = v.strictObject({ id: key, name: v.string() });

export const reportsQuerySchema = v.strictObject({ team: v.optional(key), instrument: v.optional(key) });

export const teamReportsSchema = v.strictObject({
  team: teamSchema,
  /** The teams whose figures this person may see, this one included. */
  teams: list(teamSchema),
  role: v.picklist(['leader', 'member']),
  instrument: v.strictObject({
    key,
    title: v.string(),
    labels: list(v.string()),
    constructs: list(v.strictObject({ key, title: v.string(), nextStep: v.string() })),
  }),
  threshold: count,
  /** The team above, in which answers count when this team stays below the threshold. */
  above: v.nullable(v.string()),
  /** The round that is open now: sealed, only how many ballots are in, and that from five on. */
  open: v.nullable(
    v.strictObject({
      id: key,
      opensAt: instant,
      closesAt: instant,
      resultsAt: instant,
      electorate: count,
      /** Null stands for 'fewer than the threshold'. */
      ballots: v.nullable(count),
    }),
  ),
  /** Released rounds, the newest first. */
  rounds: list(
    v.strictObject({
      id: key,
      /** Which round of its series, from 1. */
      number: count,
      openedAt: instant,
      closedAt: instant,
      report: reportSchema,
      /** By construct, against the latest earlier round that has figures; absent where there is none. */
      changes: v.record(key, changeSchema),
    }),
  ),
});
export type TeamReports = v.InferOutput<typeof teamReportsSchema>;
