import { lookAtBox } from '../../server/ballots/open-box.ts';
import { PULSE, SAFETY } from '../answers.ts';
import type { DemoContext } from '../context.ts';
import type { Language } from '../../domain/language.ts';
import { momentIn, SITE_TEXTS } from './site-texts.ts';

/** An instrument whose round is followed, closed and started again on the front page. */
export interface FollowedRound {
  readonly instrument: string;
  /** The ids there: of the part about the instrument, and of the card of its round. */
  readonly part: string;
  readonly card: string;
}

export const PULSE_ROUND: FollowedRound = { instrument: PULSE.instrument.key, part: 'who', card: 'round' };
export const CHECK_IN_ROUND: FollowedRound = {
  instrument: SAFETY.instrument.key,
  part: 'check-in',
  card: 'check-in-round',
};

/** The one that an address names; the pulse where it names none. */
export function followedRound(instrument: string | undefined): FollowedRound | undefined {
  return [PULSE_ROUND, CHECK_IN_ROUND].find((one) => one.instrument === (instrument ?? PULSE_ROUND.instrument));
}

/** The newest round of an instrument in words, as the front page shows it at first and then follows it. */
export interface RoundState {
  readonly number: number;
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

/**
 * Looks at the box as anybody may: how many ballots are in, and that from the round's threshold on.
 * @returns nothing when there was no round yet
 */
export async function roundState(
  demo: DemoContext,
  language: Language,
  { instrument }: FollowedRound,
): Promise<RoundState | undefined> {
  const texts = SITE_TEXTS[language];
  const round = await demo.newestRound(instrument);
  if (!round) return undefined;
  const seconds = Math.max(0, Math.ceil((round.resultsAt.getTime() - demo.services.now().getTime()) / 1000));
  const box = round.state === 'released' ? undefined : await wholeBox(demo, round.id);
  return {
    number: round.number,
    phase: round.state,
    headline: !box
      ? texts.released(round.number)
      : box.ballots === undefined
        ? texts.fewBallots(box.threshold)
        : texts.ballots(box.ballots, box.electorate),
    share: box ? Math.round((100 * (box.ballots ?? 0)) / Math.max(1, box.electorate)) : 100,
    closing: round.closesAt,
    closesAt: momentIn(language, round.closesAt),
    resultsAfter: texts.resultsAfter((round.resultsAt.getTime() - round.closesAt.getTime()) / 1000),
    countdown: seconds === 0 ? texts.resultsNow : texts.resultsSoon(seconds),
  };
}

/** The whole organisation: in the demo, one team at the top. */
async function wholeBox({ services, organisation }: DemoContext, round: string) {
  const box = await lookAtBox(services.database, organisation.id, round);
  const [top = ''] = box.roots;
  return { ballots: box.ballots(top), electorate: box.electorate(top), threshold: box.threshold };
}
