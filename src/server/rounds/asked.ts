import { inLanguage, type Instrument } from '../../domain/instrument.ts';
import { nextOccurrence } from '../../domain/cadence.ts';
import type { Language } from '../../domain/language.ts';
import type { Thresholds } from '../../domain/report.ts';
import { electorates, subtree, type Roster } from '../../domain/roster.ts';
import type { OpenRound, OpenRounds } from '../../contract/rounds.ts';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import { publicBallotKey } from '../keys/ballot-key.ts';
import { loadPlaceOf } from '../roster/roster.ts';
import type { Services } from '../services.ts';
import { resultsAt } from './closing.ts';
import { roundsWithInstrument } from './queries.ts';

/** The rounds that a person is asked in now, with all that a form has to say. */
export async function openRoundsOf(
  services: Services,
  { organisation, person }: Identity,
  instrument: string | undefined,
  language: Language,
): Promise<OpenRounds> {
  const { database } = services;
  const now = services.now();
  const found = await roundsWithInstrument(database)
    .innerJoin('elector', (join) =>
      join.onRef('elector.organisation', '=', 'round.organisation').onRef('elector.round', '=', 'round.id'),
    )
    .innerJoin('ballot_key', 'ballot_key.organisation', 'elector.organisation')
    .select([
      'elector.team',
      'elector.blinded',
      'round.id',
      'round.opens_at',
      'round.closes_at',
      'round.grace',
      'round.thresholds',
      'instrument.body',
      'ballot_key.public_key',
    ])
    .where('elector.organisation', '=', organisation)
    .where('elector.person', '=', person)
    .where('round.closes_at', '>', now)
    .$if(instrument !== undefined, (query) => query.where('series.instrument', '=', instrument ?? ''))
    .orderBy('round.closes_at')
    .execute();

  const rounds = await Promise.all(
    found.map(async (round): Promise<OpenRound> => {
      const tree = await database
        .selectFrom('round_team')
        .select(['team as id', 'parent', 'name', 'leader', 'electorate'])
        .where('organisation', '=', organisation)
        .where('round', '=', round.id)
        .execute();
      const team = tree.find(({ id }) => id === round.team);
      const below = subtree(tree, round.team);
      const leader = await leaderAsked(services, organisation, round, team);
      return {
        organisation,
        id: round.id,
        team: { id: round.team, name: team?.name ?? round.team },
        instrument: inLanguage(leader ? round.body : withoutLeader(round.body), language),
        opensAt: round.opens_at.toISOString(),
        closesAt: round.closes_at.toISOString(),
        resultsAt: resultsAt(round).toISOString(),
        electorate: team?.electorate ?? 0,
        reach: tree.reduce((sum, { id, electorate }) => (below.has(id) ? sum + electorate : sum), 0),
        threshold: round.thresholds.mean,
        commentThreshold: Math.max(round.thresholds.mean, round.thresholds.comments),
        above: tree.find(({ id }) => id === team?.parent)?.name ?? null,
        leader,
        paper: round.blinded === null ? 'available' : 'taken',
        draftKey: services.master.pseudonym(organisation, round.id, person),
        ballotKey: publicBallotKey(round.public_key),
        colleagues: await colleaguesOf(services, organisation, round.id, round.team, person),
      };
    }),
  );
  const place = await loadPlaceOf(database, { organisation, person });
  // Somebody who left the roster may still answer in a round that began before.
  if (rounds.length === 0 && place.memberships.length === 0) throw new ProblemError('not-in-roster');
  return { rounds, nextOpensAt: await nextOpening(services, place, { organisation, person }, instrument) };
}

/**
 * Who is asked about, where the instrument asks about the leader. Nobody, when no figures could come of it: the team has
 * no leader or several, the leader has gone, or the team is too small. What will never be shown is not asked.
 */
async function leaderAsked(
  { database }: Services,
  organisation: string,
  round: { readonly body: Instrument; readonly thresholds: Thresholds },
  team: { readonly leader: string | null; readonly electorate: number } | undefined,
): Promise<OpenRound['leader']> {
  const leader = team?.leader ?? null;
  if (!team || leader === null || !round.body.constructs.some(({ about }) => about === 'leader')) return null;
  const threshold = Math.max(round.thresholds.mean, round.thresholds.person);
  if (team.electorate < threshold) return null;
  const person = await database
    .selectFrom('person')
    .select('name')
    .where('organisation', '=', organisation)
    .where('id', '=', leader)
    .executeTakeFirst();
  return person ? { name: person.name, threshold } : null;
}

function withoutLeader(instrument: Instrument): Instrument {
  const constructs = instrument.constructs.filter(({ about }) => about !== 'leader');
  const left = new Set(constructs.map(({ key }) => key));
  return { ...instrument, constructs, items: instrument.items.filter(({ construct }) => left.has(construct)) };
}

async function colleaguesOf(
  { database }: Services,
  organisation: string,
  round: string,
  team: string,
  person: string,
): Promise<string[]> {
  const people = await database
    .selectFrom('elector')
    .innerJoin('person', (join) =>
      join.onRef('person.organisation', '=', 'elector.organisation').onRef('person.id', '=', 'elector.person'),
    )
    .select('person.name')
    .where('elector.organisation', '=', organisation)
    .where('elector.round', '=', round)
    .where('elector.team', '=', team)
    .where('elector.person', '!=', person)
    // In the order of names: the table's own order is that in which papers were taken.
    .orderBy('person.name')
    .execute();
  return people.map(({ name }) => name);
}

async function nextOpening(
  services: Services,
  place: Roster,
  who: Identity,
  instrument: string | undefined,
): Promise<string | null> {
  const all = await services.database
    .selectFrom('series')
    .select(['teams', 'cadence'])
    .where('organisation', '=', who.organisation)
    .where('stopped_at', 'is', null)
    .$if(instrument !== undefined, (query) => query.where('instrument', '=', instrument ?? ''))
    .execute();
  const moments = all
    .filter((series) => [...electorates(place, series.teams).values()].some((people) => people.includes(who.person)))
    .map((series) => nextOccurrence(series.cadence, services.now()).opensAt.toISOString());
  return moments.sort()[0] ?? null;
}
