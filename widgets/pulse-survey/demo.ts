import { toBase64url, fromBase64url } from '../../src/client/base64url.ts';
import { BALLOTS_PATH, OPEN_ROUNDS_PATH, PAPERS_PATH, PROBLEM_TYPE } from '../../src/contract/paths.ts';
import type { ProblemKind } from '../../src/contract/problems.ts';
import type { OpenRound, OpenRounds, PaperRequest } from '../../src/contract/rounds.ts';
import { paperInfo } from '../../src/domain/ballot.ts';
import { inLanguage } from '../../src/domain/instrument.ts';
import { INSTRUMENTS } from '../../src/domain/instruments.ts';
import type { Language, Localized } from '../../src/domain/language.ts';
import type { KringPulseSurvey } from './pulse-survey.ts';

/**
 * Every state of the survey as data, each with a server of its own that exists in this page alone. The server gives
 * papers by the real protocol, so that nothing in the element knows that it is a demo.
 */

/** How a request ends: as it should, with a problem, or not at all. */
type Ending = 'works' | 'offline' | 'never' | ProblemKind;

export interface Demo {
  /** Lower-case words joined by hyphens: the demo server's name. */
  readonly name: string;
  readonly title: Localized;
  readonly round?: Partial<Pick<OpenRound, 'reach' | 'electorate' | 'above' | 'paper'>>;
  /** No round is open; the next one opens then, if that is known. */
  readonly next?: string | null;
  readonly rounds?: Ending;
  readonly paper?: Ending;
  readonly ballot?: Ending;
  /** The page pins a key, and it is not the server's. */
  readonly otherKey?: boolean;
  /** Points chosen before, by item. */
  readonly draft?: { readonly choices: Readonly<Record<string, number>>; readonly comment: string };
  /** How far the person went. */
  readonly until?: 'send' | 'sent';
}

const ALL = { 'vision-1': 4, 'safety-1': 2, 'sharing-1': 5, 'visible-learning-1': 3, 'routine-1': 4 };
const FILLED = { choices: ALL, comment: '' };

export const demos: readonly Demo[] = [
  { name: 'loading', title: { nl: 'Laadt nog', en: 'Still loading' }, rounds: 'never' },
  { name: 'form', title: { nl: 'Nog niets ingevuld', en: 'Nothing filled in yet' } },
  {
    name: 'half-way',
    title: { nl: 'Halverwege', en: 'Half-way' },
    draft: { choices: { 'vision-1': 4, 'safety-1': 2, 'sharing-1': 0 }, comment: '' },
  },
  {
    name: 'filled',
    title: { nl: 'Klaar, met een naam in de toelichting', en: 'Ready, with a name in the comment' },
    draft: { choices: ALL, comment: 'Robin hielp me verder op 3 maart.' },
  },
  {
    name: 'small-team',
    title: { nl: 'Team te klein voor eigen cijfers', en: 'Team too small for figures of its own' },
    round: { reach: 3, electorate: 3 },
    draft: FILLED,
  },
  { name: 'nothing', title: { nl: 'Niets in te vullen', en: 'Nothing to answer' }, next: '2026-12-07T08:00:00.000Z' },
  { name: 'nothing-planned', title: { nl: 'Niets gepland', en: 'Nothing planned' }, next: null },
  { name: 'taken', title: { nl: 'Al meegedaan', en: 'Already answered' }, round: { paper: 'taken' } },
  { name: 'not-in-roster', title: { nl: 'In geen team', en: 'In no team' }, rounds: 'not-in-roster' },
  { name: 'signed-out', title: { nl: 'Niet aangemeld', en: 'Signed out' }, rounds: 'signed-out' },
  { name: 'offline', title: { nl: 'Geen verbinding', en: 'No connection' }, rounds: 'offline' },
  { name: 'server-error', title: { nl: 'Serverfout', en: 'Server error' }, rounds: 'internal' },
  { name: 'on-its-way', title: { nl: 'Onderweg', en: 'On its way' }, draft: FILLED, ballot: 'never', until: 'send' },
  { name: 'sent', title: { nl: 'In de stembus', en: 'In the ballot box' }, draft: FILLED, until: 'sent' },
  {
    name: 'sent-small-team',
    title: { nl: 'In de stembus, klein team', en: 'In the ballot box, small team' },
    round: { reach: 3, electorate: 3 },
    draft: FILLED,
    until: 'sent',
  },
  {
    name: 'kept-offline',
    title: { nl: 'Bewaard: geen verbinding', en: 'Kept: no connection' },
    draft: FILLED,
    paper: 'offline',
    until: 'send',
  },
  {
    name: 'kept-signed-out',
    title: { nl: 'Bewaard: afgemeld', en: 'Kept: signed out' },
    draft: FILLED,
    paper: 'signed-out',
    until: 'send',
  },
  {
    name: 'kept-server',
    title: { nl: 'Bewaard: serverfout', en: 'Kept: server error' },
    draft: FILLED,
    paper: 'internal',
    until: 'send',
  },
  {
    name: 'closed',
    title: { nl: 'Intussen gesloten', en: 'Closed in the meantime' },
    draft: FILLED,
    paper: 'round-closed',
    until: 'send',
  },
  {
    name: 'paper-taken',
    title: { nl: 'Stempas al gebruikt', en: 'Ballot paper taken' },
    draft: FILLED,
    paper: 'paper-taken',
    until: 'send',
  },
  {
    name: 'not-accepted',
    title: { nl: 'Niet aangenomen', en: 'Not accepted' },
    draft: FILLED,
    paper: 'invalid-request',
    until: 'send',
  },
  { name: 'other-key', title: { nl: 'Andere sleutel', en: 'Another key' }, otherKey: true },
];

const HOST = '.pulse-survey.demo.invalid';
let mounted = 0;

/**
 * Puts a demo's element into a page and brings it into its state. The page's `fetch` must be `demoFetch`'s.
 * @returns the element, in that state
 */
export async function mountDemo(demo: Demo, into: Element, language: Language): Promise<KringPulseSurvey> {
  // A draft of its own for every element, so that one demo does not fill in another.
  const name = `${demo.name}-${String(++mounted)}`;
  if (demo.draft) {
    const draft = { until: '2099-01-01T00:00:00.000Z', ...demo.draft };
    localStorage.setItem(`kring:draft:${name}`, JSON.stringify(draft));
  }
  const element = document.createElement('kring-pulse-survey');
  element.setAttribute('server', `https://${name}${HOST}`);
  element.setAttribute('lang', language);
  if (demo.otherKey) element.setAttribute('ballot-key', toBase64url(new Uint8Array(32)));
  element.getToken = () => Promise.resolve(demo.rounds === 'signed-out' ? undefined : 'demo');
  const events = demo.otherKey ? ['kring-error'] : ['kring-ready', 'kring-error'];
  const settled = demo.rounds === 'never' ? Promise.resolve() : heard(element, events);
  into.append(element);
  await settled;
  await element.updateComplete;
  if (!demo.until) return element;
  const onItsWay = demo.ballot === 'never';
  const outcome = onItsWay ? Promise.resolve() : heard(element, ['kring-sent', 'kring-error']);
  await reached(() => element.shadowRoot?.querySelector('.bar button:not(.secondary)'));
  element.shadowRoot?.querySelector<HTMLElement>('.bar button:not(.secondary)')?.click();
  if (demo.until === 'sent') {
    await reached(() => localStorage.getItem(`kring:outbox:${name}`)?.includes('"output"'));
    // Nobody waits twenty seconds for a demo: a page that is left sends at once.
    dispatchEvent(new PageTransitionEvent('pagehide'));
  }
  await outcome;
  await reached(() => element.shadowRoot?.querySelector('.message'));
  await element.updateComplete;
  return element;
}

/** A `fetch` that answers for the demos' servers, and passes on what is meant for others. */
export function demoFetch(others: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const address = new URL(request.url);
    const demo = demos.find(({ name }) => new RegExp(`^${name}-\\d+\\.`).test(address.hostname));
    if (!demo || !address.hostname.endsWith(HOST)) return others(input, init);
    const name = address.hostname.slice(0, -HOST.length);
    const language: Language = request.headers.get('accept-language') === 'en' ? 'en' : 'nl';
    switch (address.pathname) {
      case OPEN_ROUNDS_PATH:
        return end(demo.rounds, async () => openRounds(demo, name, language));
      case PAPERS_PATH:
        return end(demo.paper, async () => paper(name, (await request.json()) as PaperRequest));
      case BALLOTS_PATH:
        return end(demo.ballot, () => Promise.resolve({ state: 'in-the-box' }));
      default:
        return others(input, init);
    }
  };
}

async function end(ending: Ending = 'works', body: () => Promise<unknown>): Promise<Response> {
  if (ending === 'never') return new Promise(() => undefined);
  if (ending === 'offline') throw new TypeError('Failed to fetch');
  if (ending === 'works') return Response.json(await body());
  const problem = { type: `${PROBLEM_TYPE}${ending}`, status: 400, title: ending, detail: '' };
  return Response.json(problem, { status: 400, headers: { 'content-type': 'application/problem+json' } });
}

async function openRounds(demo: Demo, name: string, language: Language): Promise<OpenRounds> {
  if (demo.next !== undefined) return { rounds: [], nextOpensAt: demo.next };
  const { publicKey } = await ballotKey(name);
  const [instrument] = INSTRUMENTS;
  if (!instrument) throw new Error('There is no instrument to ask.');
  const { labels, constructs, items, ...words } = inLanguage(instrument, language);
  const round: OpenRound = {
    organisation: 'demo',
    id: name,
    team: { id: 'zorg-noord-1', name: language === 'nl' ? 'Wijkteam Noord' : 'North district team' },
    instrument: { ...words, labels: [...labels], constructs: [...constructs], items: [...items] },
    opensAt: '2026-11-24T08:00:00.000Z',
    closesAt: '2099-11-27T16:00:00.000Z',
    resultsAt: '2099-11-27T16:10:00.000Z',
    electorate: 8,
    reach: 8,
    threshold: 5,
    above: language === 'nl' ? 'Zorg Noord' : 'Care North',
    leader: null,
    paper: 'available',
    draftKey: name,
    ballotKey: { publicKey: toBase64url(publicKey), fingerprint: toBase64url(new Uint8Array(32)) },
    colleagues: ['Robin de Wit', 'Sam Peeters'],
    ...demo.round,
  };
  return { rounds: [round], nextOpensAt: null };
}

async function paper(name: string, request: PaperRequest): Promise<{ evaluated: string; proof: string }> {
  const { ristretto255_oprf } = await import('@noble/curves/ed25519.js');
  const info = paperInfo({ organisation: 'demo', round: name, team: request.team });
  const { secretKey } = await ballotKey(name);
  const { evaluated, proof } = ristretto255_oprf.poprf(info).blindEvaluate(secretKey, fromBase64url(request.blinded));
  return { evaluated: toBase64url(evaluated), proof: toBase64url(proof) };
}

async function ballotKey(name: string): Promise<{ publicKey: Uint8Array; secretKey: Uint8Array }> {
  const { ristretto255_oprf } = await import('@noble/curves/ed25519.js');
  const seed = new TextEncoder().encode(name.padEnd(32, '.').slice(0, 32));
  return ristretto255_oprf.poprf(new Uint8Array()).deriveKeyPair(seed, new Uint8Array());
}

function heard(element: Element, types: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const type of types) {
      element.addEventListener(type, () => {
        resolve();
      }, { once: true });
    }
  });
}

async function reached(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve));
}
