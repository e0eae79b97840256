import { lookAtBox } from '../../server/ballots/open-box.ts';
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
