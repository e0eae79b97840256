import type { DemoContext } from '../context.ts';
import type { Language } from '../../domain/language.ts';
import { momentIn, SITE_TEXTS } from './site-texts.ts';

/** The newest round in words, as the front page shows it at first and then follows it. */
export interface RoundState {
  readonly phase: 'open' | 'closing' | 'released';
  /** How many ballots are in, from the threshold on; then no more than that the figures are there. */
  readonly headline: string;
  /** How far the ring is closed, in percent; never more exact than the headline. */
  readonly share: number;
  /** When it closes: for a clock, and in words of the organisation's time zone. */
  readonly closing: Date;
  readonly closesAt: string;
  readonly resultsAfter: string;
  /** When the figures come, in seconds from now, in words. */
  readonly countdown: string;
}

/** Looks at the box as anybody may: how many ballots are in, and that from the round's threshold on. */
export async function roundState(
  demo: DemoContext,
  language: Language,
): Promise<RoundState & { readonly number: number }> {
  const texts = SITE_TEXTS[language];
  const round = await demo.newestRound();
  const seconds = Math.max(0, Math.ceil((round.resultsAt.getTime() - demo.services.now().getTime()) / 1000));
  const box = round.state === 'released' ? undefined : await lookAtBox(demo, round.id);
  const enough = box !== undefined && box.ballots >= box.threshold;
  return {
    number: round.number,
    phase: round.state,
    headline: !box
      ? texts.released(round.number)
      : enough
        ? texts.ballots(box.ballots, box.electorate)
        : texts.fewBallots(box.threshold),
    share: !box ? 100 : enough ? Math.round((100 * box.ballots) / Math.max(1, box.electorate)) : 0,
    closing: round.closesAt,
    closesAt: momentIn(language, round.closesAt),
    resultsAfter: texts.resultsAfter((round.resultsAt.getTime() - round.closesAt.getTime()) / 1000),
    countdown: seconds === 0 ? texts.resultsNow : texts.resultsSoon(seconds),
  };
}

async function lookAtBox({ services, organisation }: DemoContext, round: string) {
  const { database } = services;
  const { ballots } = await database
    .selectFrom('box')
    .select(({ fn }) => fn.countAll<string>().as('ballots'))
    .where('organisation', '=', organisation.id)
    .where('round', '=', round)
    .executeTakeFirstOrThrow();
  const { electorate } = await database
    .selectFrom('round_team')
    .select(({ fn }) => fn.sum<string | null>('electorate').as('electorate'))
    .where('organisation', '=', organisation.id)
    .where('round', '=', round)
    .executeTakeFirstOrThrow();
  const { thresholds } = await database
    .selectFrom('round')
    .select('thresholds')
    .where('organisation', '=', organisation.id)
    .where('id', '=', round)
    .executeTakeFirstOrThrow();
  return { ballots: Number(ballots), electorate: Number(electorate ?? 0), threshold: thresholds.mean };
}
