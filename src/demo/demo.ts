import type { Hono } from 'hono';
import type { Issuer } from '../server/auth/issuers.ts';
import { publishedKeys } from '../server/keys/ballot-key.ts';
import { endRound, resultsAt } from '../server/rounds/closing.ts';
import { roundsOfSeries } from '../server/rounds/queries.ts';
import type { Services } from '../server/services.ts';
import type { Settings } from '../server/settings.ts';
import { SERIES } from './answers.ts';
import type { DemoContext, DemoRound } from './context.ts';
import { DEMO } from './organisation.ts';
import { demoIntranet } from './pages/intranet.ts';
import { demoSite } from './pages/site.ts';
import { seedDemo, startAnotherRound } from './seed.ts';
import { makeSignIn } from './sign-in.ts';

/** What a server needs to be a demo. */
export interface Demo {
  readonly issuers: Issuer[];
  /** More routes of the server itself: the front page. */
  readonly site: Hono;
  /** The intranet, for another port. */
  readonly intranet: Hono;
  /** What is worth opening. */
  readonly addresses: { readonly label: string; readonly url: string }[];
}

/**
 * Makes a server a demo: fills the database when there is no organisation in it, and makes the sign-in and the pages.
 * @param built the browser's build, of which the demo's own site serves its scripts
 * @param say told what takes time, line by line
 * @throws SettingsError when the database holds another organisation
 */
export async function prepareDemo(
  services: Services,
  settings: Settings,
  built: Pick<DemoContext, 'widgets' | 'browserFiles'>,
  say: (line: string) => void,
): Promise<Demo> {
  const serverUrl = settings.publicUrl;
  const intranet = new URL(serverUrl);
  intranet.port = String(settings.demo?.intranetPort ?? settings.port + 1);
  const intranetUrl = intranet.origin;

  const signIn = await makeSignIn(DEMO.id, serverUrl, new Set(DEMO.people.map(({ id }) => id)));
  await seedDemo(services, settings, signIn, say);
  const over: string[] = [];
  for (const { instrument, rounds } of SERIES) {
    const newest = await newestRound(services, instrument.key);
    if (newest?.state !== 'open' || newest.number > rounds) over.push(instrument.key);
  }
  if (over.length > 0) {
    const place = settings.databaseUrl === undefined ? settings.dataDir : 'the database';
    say(
      `The round that the demo was made with is over (${over.join(', ')}); its front page can start another. ` +
        `For a new demo, stop this one and delete ${place}.`,
    );
  }
  const { keys } = await publishedKeys(services.database);
  const starting = new Map<string, Promise<void>>();
  const context: DemoContext = {
    services,
    settings,
    signIn,
    organisation: DEMO,
    serverUrl,
    intranetUrl,
    ballotKey: keys.find(({ organisation }) => organisation === DEMO.id)?.fingerprint ?? '',
    ...built,
    newestRound: (instrument) => newestRound(services, instrument),
    async endRound(instrument) {
      const round = await newestRound(services, instrument);
      if (round?.state === 'open') await endRound(services, DEMO.id, round.id, { atOnce: false });
    },
    async startRound(instrument) {
      // Pressed twice, or in two windows: one round.
      const started = starting.get(instrument) ?? startAfter(instrument).finally(() => starting.delete(instrument));
      starting.set(instrument, started);
      return started;
    },
  };
  async function startAfter(instrument: string): Promise<void> {
    const series = SERIES.find((one) => one.instrument.key === instrument);
    const round = await newestRound(services, instrument);
    if (series && round?.state === 'released') {
      await startAnotherRound(services, settings, signIn, series, round.number);
    }
  }
  return {
    issuers: [signIn.issuer],
    site: demoSite(context),
    intranet: demoIntranet(context),
    addresses: [
      { label: 'the demo: choose who you want to be', url: serverUrl },
      { label: 'its intranet, with the widgets on a page', url: intranetUrl },
    ],
  };
}

async function newestRound({ database, now }: Services, instrument: string): Promise<DemoRound | undefined> {
  const round = await roundsOfSeries(database)
    .select(['round.id', 'round.number', 'round.closes_at', 'round.grace', 'round.box_key'])
    .where('round.organisation', '=', DEMO.id)
    .where('series.instrument', '=', instrument)
    .orderBy('round.opens_at', 'desc')
    // Two that were started in the same minute.
    .orderBy('round.number', 'desc')
    .executeTakeFirst();
  return round && {
    id: round.id,
    number: round.number + 1,
    closesAt: round.closes_at,
    resultsAt: resultsAt(round),
    state: !round.box_key ? 'released' : round.closes_at <= now() ? 'closing' : 'open',
  };
}
