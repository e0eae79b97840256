import { inLanguage, type Instrument } from '../../domain/instrument.ts';
import type { Language } from '../../domain/language.ts';
import type { Change, ConstructFigures, Report, Thresholds } from '../../domain/report.ts';
import { teamsSeenBy } from '../../domain/roster.ts';
import { changeOf, type RoundMean } from '../../domain/statistics.ts';
import type { TeamReports } from '../../contract/reports.ts';
import type { Identity } from '../auth/issuers.ts';
import { lookAtBox } from '../ballots/open-box.ts';
import { ProblemError } from '../http/problems.ts';
import { loadPlaceOf } from '../roster/roster.ts';
import { resultsAt } from '../rounds/closing.ts';
import { roundsOfSeries } from '../rounds/queries.ts';
import type { Services } from '../services.ts';

/**
 * What a member or a leader may see of a team: the released rounds, each change told only where it exceeds chance, and
 * of the open round no more than how many ballots are in.
 */
export async function teamReportsFor(
  services: Services,
  who: Identity,
  query: { readonly team?: string | undefined; readonly instrument?: string | undefined },
  language: Language,
): Promise<TeamReports> {
  const place = await loadPlaceOf(services.database, who);
  const seen = teamsSeenBy(place, who.person);
  if (seen.length === 0) throw new ProblemError('not-in-roster');
  const chosen = query.team === undefined ? seen[0] : seen.find(({ team }) => team === query.team);
  if (!chosen) throw new ProblemError('not-found');
  const nameOf = (id: string) => place.teams.find((team) => team.id === id)?.name ?? id;

  const instrument = await instrumentAsked(services, who.organisation, chosen.team, query.instrument ?? 'learning-pulse');
  const [released, open] = await Promise.all([
    releasedRounds(services, who, chosen.team, instrument),
    openRound(services, who.organisation, chosen.team, instrument),
  ]);
  const above = place.teams.find(({ id }) => id === chosen.team)?.parent ?? null;
  const text = inLanguage(instrument, language);
  return {
    team: { id: chosen.team, name: nameOf(chosen.team) },
    teams: seen.map(({ team }) => ({ id: team, name: nameOf(team) })),
    role: chosen.role,
    instrument: {
      key: text.key,
      title: text.title,
      labels: [...text.labels],
      // A construct about the leader is not there for anybody else, a later leader among them: not even as a title.
      constructs: text.constructs
        .filter(({ about }) => about !== 'leader' || released.some((round) => round.aboutReader))
        .map(({ key, title, nextStep }) => ({ key, title, nextStep })),
    },
    threshold: open?.threshold ?? released[0]?.thresholds.mean ?? (await thresholdNow(services, who.organisation)),
    above: above === null ? null : nameOf(above),
    open: open?.shown ?? null,
    rounds: released.map((round, index) => ({
      id: round.id,
      number: round.number + 1,
      openedAt: round.opens_at.toISOString(),
      closedAt: round.closes_at.toISOString(),
      report: round.report,
      changes: changesOf(instrument, round.report, released.slice(index + 1)),
    })),
  };
}

interface Released {
  readonly id: string;
  readonly number: number;
  readonly opens_at: Date;
  readonly closes_at: Date;
  readonly thresholds: Thresholds;
  readonly report: Report;
  /** The team was asked about its leader, who is the one that reads this. */
  readonly aboutReader: boolean;
}

async function releasedRounds(
  services: Services,
  who: Identity,
  team: string,
  instrument: Instrument,
): Promise<Released[]> {
  const rows = await roundsOfSeries(services.database)
    .innerJoin('report', (join) =>
      join.onRef('report.organisation', '=', 'round.organisation').onRef('report.round', '=', 'round.id'),
    )
    .innerJoin('round_team', (join) =>
      join
        .onRef('round_team.organisation', '=', 'report.organisation')
        .onRef('round_team.round', '=', 'report.round')
        .onRef('round_team.team', '=', 'report.team'),
    )
    .select([
      'round.id',
      'round.number',
      'round.opens_at',
      'round.closes_at',
      'round.thresholds',
      'round_team.leader',
      'round_team.electorate',
      'report.body',
      'report.personal',
    ])
    .where('report.organisation', '=', who.organisation)
    .where('report.team', '=', team)
    .where('series.instrument', '=', instrument.key)
    .where('series.version', '=', instrument.version)
    .orderBy('round.opens_at', 'desc')
    .orderBy('round.number', 'desc')
    .execute();
  return rows.map(({ body, personal, leader, electorate, ...round }) => {
    const isLeader = leader === who.person;
    return {
      ...round,
      // What is about one person goes to that person alone.
      report: isLeader ? { ...body, constructs: [...body.constructs, ...personal] } : body,
      aboutReader: isLeader && electorate >= Math.max(round.thresholds.mean, round.thresholds.person),
    };
  });
}

async function openRound(services: Services, organisation: string, team: string, instrument: Instrument) {
  const { database } = services;
  const round = await roundsOfSeries(database)
    .innerJoin('round_team', (join) =>
      join.onRef('round_team.organisation', '=', 'round.organisation').onRef('round_team.round', '=', 'round.id'),
    )
    .select(['round.id', 'round.opens_at', 'round.closes_at', 'round.grace'])
    .where('round.organisation', '=', organisation)
    .where('round.box_key', 'is not', null)
    .where('round_team.team', '=', team)
    .where('series.instrument', '=', instrument.key)
    .where('series.version', '=', instrument.version)
    .orderBy('round.opens_at', 'desc')
    .executeTakeFirst();
  if (!round) return undefined;
  const box = await lookAtBox(database, organisation, round.id);
  return {
    threshold: box.threshold,
    shown: {
      id: round.id,
      opensAt: round.opens_at.toISOString(),
      closesAt: round.closes_at.toISOString(),
      resultsAt: resultsAt(round).toISOString(),
      electorate: box.electorate(team),
      ballots: box.ballots(team) ?? null,
    },
  };
}

/** Each construct against the latest earlier round that has figures for it. */
function changesOf(instrument: Instrument, report: Report, earlier: readonly Released[]): Record<string, Change> {
  const changes: Record<string, Change> = {};
  for (const figures of report.constructs) {
    const before = earlier
      .map((round) => figuresOf(round.report, figures.construct))
      .find((found) => found !== undefined);
    if (!before) continue;
    const retest = instrument.constructs.find(({ key }) => key === figures.construct)?.retest;
    changes[figures.construct] = changeOf(roundMean(before), roundMean(figures), retest);
  }
  return changes;
}

function roundMean({ mean, ballots, electorate }: ConstructFigures): RoundMean {
  return { value: mean.value, deviation: mean.deviation, ballots, electorate };
}

function figuresOf(report: Report, construct: string): ConstructFigures | undefined {
  return report.constructs.find((figures) => figures.construct === construct);
}

/**
 * The version of an instrument that the team was last asked, else the newest there is. Rounds of other versions are
 * left out: their figures stand on another scale, or on other items.
 */
async function instrumentAsked(
  { database }: Services,
  organisation: string,
  team: string,
  key: string,
): Promise<Instrument> {
  const asked = roundsOfSeries(database)
    .innerJoin('round_team', (join) =>
      join.onRef('round_team.organisation', '=', 'round.organisation').onRef('round_team.round', '=', 'round.id'),
    )
    .select('series.version')
    .where('round_team.organisation', '=', organisation)
    .where('round_team.team', '=', team)
    .where('series.instrument', '=', key)
    .orderBy('round.opens_at', 'desc')
    .limit(1);
  const row = await database
    .selectFrom('instrument')
    .select('body')
    .where('organisation', '=', organisation)
    .where('key', '=', key)
    // Where none was asked, the first says nothing of any version.
    .orderBy(({ eb }) => eb('version', '=', asked), 'desc')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  if (!row) throw new ProblemError('not-found');
  return row.body;
}

async function thresholdNow(services: Services, organisation: string): Promise<number> {
  const { thresholds } = await services.database
    .selectFrom('organisation')
    .select('thresholds')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow();
  return thresholds.mean;
}
