import type { Database } from '../store/tables.ts';

/** Rounds, each with the series that it is of. */
export function roundsOfSeries(database: Database) {
  return database
    .selectFrom('round')
    .innerJoin('series', (join) =>
      join.onRef('series.organisation', '=', 'round.organisation').onRef('series.id', '=', 'round.series'),
    );
}

/** Rounds, each with its series and the very version of the instrument that it asks. */
export function roundsWithInstrument(database: Database) {
  return roundsOfSeries(database).innerJoin('instrument', (join) =>
    join
      .onRef('instrument.organisation', '=', 'series.organisation')
      .onRef('instrument.key', '=', 'series.instrument')
      .onRef('instrument.version', '=', 'series.version'),
  );
}
