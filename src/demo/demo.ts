import type { Hono } from 'hono';
import type { Issuer } from '../server/auth/issuers.ts';
import { publishedKeys } from '../server/keys/ballot-key.ts';
import { endRound, resultsAt } from '../server/rounds/closing.ts';
import type { Services } from '../server/services.ts';
import type { Settings } from '../server/settings.ts';
import { ROUNDS } from './answers.ts';
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
 * @param say told what takes time, line by line
 * @throws SettingsError when the database holds another organisation
 */
export async function prepareDemo(services: Services, settings: Settings, say: (line: string) => void): Promise<Demo> {
  const serverUrl = settings.publicUrl;
  const intranet = new URL(serverUrl);
  intranet.port = String(settings.demo?.intranetPort ?? settings.port + 1);
  const intranetUrl = intranet.origin;

  const signIn = await makeSignIn(DEMO.id, serverUrl, new Set(DEMO.people.map(({ id }) => id)));
  await seedDemo(services, settings, signIn, say);
  const newest = await newestRound(services);
  if (newest.number > ROUNDS || newest.state !== 'open') {
    const place = settings.databaseUrl === undefined ? settings.dataDir : 'the database';
    say(
      'The round that the demo was made with is over; its front page can start another. ' +
        `For a new demo, stop this one and delete ${place}.`,
    );
  }
  const { keys } = await publishedKeys(services.database);
  let starting: Promise<void> | undefined;
  const context: DemoContext = {
    services,
    settings,
    signIn,
    organisation: DEMO,
    serverUrl,
    intranetUrl,
    ballotKey: keys.find(({ organisation }) => organisation === DEMO.id)?.fingerprint ?? '',
    newestRound: () => newestRound(services),
    async endRound() {
      const round = await newestRound(services);
      if (round.state !== 'open') return undefined;
      return endRound(services, DEMO.id, round.id, { atOnce: false });
    },
    async startRound() {
      // Pressed twice, or in two windows: one round.
      starting ??= (async () => {
        const round = await newestRound(services);
        if (round.state === 'released') await startAnotherRound(services, settings, signIn, round.number);
      })().finally(() => (starting = undefined));
      return starting;
    },
  };
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

async function newestRound({ database, now }: Services): Promise<DemoRound> {
  const round = await database
    .selectFrom('round')
    .select(['id', 'number', 'closes_at', 'grace', 'box_key'])
    .where('organisation', '=', DEMO.id)
    .orderBy('opens_at', 'desc')
    // Two that were started in the same minute.
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow();
  return {
    id: round.id,
    number: round.number + 1,
    closesAt: round.closes_at,
    resultsAt: resultsAt(round),
    state: !round.box_key ? 'released' : round.closes_at <= now() ? 'closing' : 'open',
  };
}
