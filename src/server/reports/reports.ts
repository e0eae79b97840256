import { inLanguage, type Instrument } from '../../domain/instrument.ts';
import type { Language } from '../../domain/language.ts';
import type { Change, ConstructFigures, Report } from '../../domain/report.ts';
import { subtree, teamsSeenBy } from '../../domain/roster.ts';
import { changeOf, type RoundMean } from '../../domain/statistics.ts';
import type { TeamReports } from '../../contract/reports.ts';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import { loadPlaceOf } from '../roster/roster.ts';
import { resultsAt } from '../rounds/closing.ts';
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

  const instrument = await loadInstrument(services, who.organisation, query.instrument);
  const released = await releasedRounds(services, who, chosen.team, instrument.key);
  const open = await openRound(services, who.organisation, chosen.team, instrument.key);
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
      // A construct about the leader is not there for anybody else, not even as a title without figures.
      constructs: text.constructs
        .filter(({ about }) => about !== 'leader' || chosen.role === 'leader')
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
      changes: changesOf(round.instrument, round.report, released.slice(index + 1)),
    })),
  };
}

interface Released {
  readonly id: string;
  readonly number: number;
  readonly opens_at: Date;
  readonly closes_at: Date;
  readonly thresholds: { readonly mean: number };
  readonly instrument: Instrument;
  readonly report: Report;
}

async function releasedRounds(services: Services, who: Identity, team: string, instrument: string): Promise<Released[]> {
  const rows = await services.database
    .selectFrom('report')
    .innerJoin('round', (join) =>
      join.onRef('round.organisation', '=', 'report.organisation').onRef('round.id', '=', 'report.round'),
    )
    .innerJoin('round_team', (join) =>
      join
        .onRef('round_team.organisation', '=', 'report.organisation')
        .onRef('round_team.round', '=', 'report.round')
        .onRef('round_team.team', '=', 'report.team'),
    )
    .innerJoin('series', (join) =>
      join.onRef('series.organisation', '=', 'round.organisation').onRef('series.id', '=', 'round.series'),
    )
    .innerJoin('instrument', (join) =>
      join
        .onRef('instrument.organisation', '=', 'series.organisation')
        .onRef('instrument.key', '=', 'series.instrument')
        .onRef('instrument.version', '=', 'series.version'),
    )
    .select([
      'round.id',
      'round.number',
      'round.opens_at',
      'round.closes_at',
      'round.thresholds',
      'round_team.leader',
      'instrument.body as instrument',
      'report.body',
      'report.personal',
    ])
    .where('report.organisation', '=', who.organisation)
    .where('report.team', '=', team)
    .where('series.instrument', '=', instrument)
    .orderBy('round.opens_at', 'desc')
    .execute();
  return rows.map(({ body, personal, leader, ...round }) => ({
    ...round,
    // What is about one person goes to that person alone.
    report: leader === who.person ? { ...body, constructs: [...body.constructs, ...personal] } : body,
  }));
}

async function openRound(services: Services, organisation: string, team: string, instrument: string) {
  const { database } = services;
  const round = await database
    .selectFrom('round')
    .innerJoin('series', (join) =>
      join.onRef('series.organisation', '=', 'round.organisation').onRef('series.id', '=', 'round.series'),
    )
    .innerJoin('round_team', (join) =>
      join.onRef('round_team.organisation', '=', 'round.organisation').onRef('round_team.round', '=', 'round.id'),
    )
    .select(['round.id', 'round.opens_at', 'round.closes_at', 'round.grace', 'round.thresholds'])
    .where('round.organisation', '=', organisation)
    .where('round.box_key', 'is not', null)
    .where('round_team.team', '=', team)
    .where('series.instrument', '=', instrument)
    .orderBy('round.opens_at', 'desc')
    .executeTakeFirst();
  if (!round) return undefined;
  const tree = await database
    .selectFrom('round_team')
    .select(['team as id', 'parent', 'electorate'])
    .where('organisation', '=', organisation)
    .where('round', '=', round.id)
    .execute();
  const below = subtree(tree, team);
  const piles = await database
    .selectFrom('box')
    .select(({ fn }) => ['team', fn.countAll<string>().as('ballots')])
    .where('organisation', '=', organisation)
    .where('round', '=', round.id)
    .groupBy('team')
    .execute();
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const ballots = sum(piles.filter((pile) => below.has(pile.team)).map((pile) => Number(pile.ballots)));
  return {
    threshold: round.thresholds.mean,
    shown: {
      id: round.id,
      opensAt: round.opens_at.toISOString(),
      closesAt: round.closes_at.toISOString(),
      resultsAt: resultsAt(round).toISOString(),
      electorate: sum(tree.filter(({ id }) => below.has(id)).map(({ electorate }) => electorate)),
      ballots: ballots >= round.thresholds.mean ? ballots : null,
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

async function loadInstrument(services: Services, organisation: string, key: string | undefined): Promise<Instrument> {
  const row = await services.database
    .selectFrom('instrument')
    .select('body')
    .where('organisation', '=', organisation)
    .where('key', '=', key ?? 'learning-pulse')
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
