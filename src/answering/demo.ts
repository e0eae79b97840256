import { toBase64url, fromBase64url } from '../client/base64url.ts';
import { BALLOTS_PATH, OPEN_ROUNDS_PATH, PAPERS_PATH, PROBLEM_TYPE } from '../contract/paths.ts';
import type { ProblemKind } from '../contract/problems.ts';
import type { OpenRound, OpenRounds, PaperRequest } from '../contract/rounds.ts';
import { paperInfo } from '../domain/ballot.ts';
import { inLanguage, type Instrument } from '../domain/instrument.ts';
import { INSTRUMENTS } from '../domain/instruments.ts';
import type { Language } from '../domain/language.ts';
import { afterPaint } from '../ui/after-paint.ts';
import type { DemoState, WidgetDemo } from '../ui/demo.ts';
import type { AnsweringElement } from './answering-element.ts';

/**
 * The states of answering widgets as data, each with a server of its own that exists in the page alone. The server gives
 * papers by the real protocol, so that nothing in the element knows that it is a demo.
 */

/** How a request ends: as it should, with a problem, or not at all. */
type Ending = 'works' | 'offline' | 'never' | ProblemKind;

export interface Demo extends DemoState {
  readonly round?: Partial<Pick<OpenRound, 'reach' | 'electorate' | 'above' | 'paper' | 'leader'>>;
  /** No round is open; the next one opens then, if that is known. */
  readonly next?: string | null;
  readonly rounds?: Ending;
  readonly paper?: Ending;
  readonly ballot?: Ending;
  /** The page pins a key, and it is not the server's. */
  readonly otherKey?: boolean;
  /** Points chosen before, by item. */
  readonly draft?: { readonly choices: Readonly<Record<string, number>>; readonly comment: string };
  /** The first page, if there is one, lies behind the person. */
  readonly begin?: boolean;
  /** What the person did next. */
  readonly act?: (element: HTMLElement) => Promise<unknown>;
  /** How far the person went. */
  readonly until?: 'send' | 'sent';
}

/** The states that every answering widget has beside those of its form. */
export function commonStates(choices: Readonly<Record<string, number>>): Demo[] {
  const draft = { choices, comment: '' };
  return [
    { name: 'loading', title: { nl: 'Laadt nog', en: 'Still loading' }, rounds: 'never' },
    { name: 'nothing', title: { nl: 'Niets in te vullen', en: 'Nothing to answer' }, next: '2026-12-07T08:00:00.000Z' },
    { name: 'nothing-planned', title: { nl: 'Niets gepland', en: 'Nothing planned' }, next: null },
    { name: 'taken', title: { nl: 'Al meegedaan', en: 'Already answered' }, round: { paper: 'taken' } },
    { name: 'not-in-roster', title: { nl: 'In geen team', en: 'In no team' }, rounds: 'not-in-roster' },
    { name: 'signed-out', title: { nl: 'Niet aangemeld', en: 'Signed out' }, rounds: 'signed-out' },
    { name: 'offline', title: { nl: 'Geen verbinding', en: 'No connection' }, rounds: 'offline' },
    { name: 'server-error', title: { nl: 'Serverfout', en: 'Server error' }, rounds: 'internal' },
    { name: 'on-its-way', title: { nl: 'Onderweg', en: 'On its way' }, draft, ballot: 'never', until: 'send' },
    { name: 'sent', title: { nl: 'In de stembus', en: 'In the ballot box' }, draft, until: 'sent' },
    {
      name: 'sent-small-team',
      title: { nl: 'In de stembus, klein team', en: 'In the ballot box, small team' },
      round: { reach: 3, electorate: 3 },
      draft,
      until: 'sent',
    },
    {
      name: 'kept-offline',
      title: { nl: 'Bewaard: geen verbinding', en: 'Kept: no connection' },
      draft,
      paper: 'offline',
      until: 'send',
    },
    {
      name: 'kept-signed-out',
      title: { nl: 'Bewaard: afgemeld', en: 'Kept: signed out' },
      draft,
      paper: 'signed-out',
      until: 'send',
    },
    {
      name: 'kept-server',
      title: { nl: 'Bewaard: serverfout', en: 'Kept: server error' },
      draft,
      paper: 'internal',
      until: 'send',
    },
    {
      name: 'closed',
      title: { nl: 'Intussen gesloten', en: 'Closed in the meantime' },
      draft,
      paper: 'round-closed',
      until: 'send',
    },
    {
      name: 'paper-taken',
      title: { nl: 'Stempas al gebruikt', en: 'Ballot paper taken' },
      draft,
      paper: 'paper-taken',
      until: 'send',
    },
    {
      name: 'not-accepted',
      title: { nl: 'Niet aangenomen', en: 'Not accepted' },
      draft,
      paper: 'invalid-request',
      until: 'send',
    },
    { name: 'other-key', title: { nl: 'Andere sleutel', en: 'Another key' }, otherKey: true },
  ];
}

/** What sets one answering widget's demo apart from another's. */
interface Setting<Tag extends AnsweringTag> {
  readonly tag: Tag;
  readonly instrument: string;
  readonly demos: readonly Demo[];
  /** Brings the element from its first page to where it can be sent, as a person would. */
  readonly begin?: (element: HTMLElement) => Promise<unknown>;
}

/** The element of a widget that asks an instrument. */
type AnsweringTag = {
  [Tag in keyof HTMLElementTagNameMap]: HTMLElementTagNameMap[Tag] extends AnsweringElement<infer _> ? Tag : never;
}[keyof HTMLElementTagNameMap];

/** Where a widget's demo servers are: 'kring-' is no part of its name. */
const hostOf = (tag: string) => `.${tag.replace('kring-', '')}.demo.invalid`;

let mounted = 0;

/** The demo of an answering widget, made of its states. */
export function answeringDemo<Tag extends AnsweringTag>(
  setting: Setting<Tag>,
): Omit<WidgetDemo<Demo>, 'mountDemo'> & {
  readonly mountDemo: (demo: Demo, into: Element, language: Language) => Promise<HTMLElementTagNameMap[Tag]>;
} {
  const { demos } = setting;
  return {
    demos,
    mountDemo: (demo, into, language) => mount(setting, demo, into, language),
    demoFetch: (others) => serve(setting, others),
  };
}

async function mount<Tag extends AnsweringTag>(
  { tag, begin }: Setting<Tag>,
  demo: Demo,
  into: Element,
  language: Language,
): Promise<HTMLElementTagNameMap[Tag]> {
  // A draft of its own for every element, so that one demo does not fill in another.
  const name = `${demo.name}-${String(++mounted)}`;
  if (demo.draft) {
    const draft = { until: '2099-01-01T00:00:00.000Z', ...demo.draft };
    localStorage.setItem(`kring:draft:${name}`, JSON.stringify(draft));
  }
  const element = document.createElement(tag);
  element.setAttribute('server', `https://${name}${hostOf(tag)}`);
  element.setAttribute('lang', language);
  if (demo.otherKey) element.setAttribute('ballot-key', toBase64url(new Uint8Array(32)));
  element.getToken = () => Promise.resolve(demo.rounds === 'signed-out' ? undefined : 'demo');
  const events = demo.otherKey ? ['kring-error'] : ['kring-ready', 'kring-error'];
  const settled = demo.rounds === 'never' ? Promise.resolve() : heard(element, events);
  into.append(element);
  await settled;
  await element.updateComplete;
  // What is not in the first picture.
  await new Promise<void>((resolve) => {
    afterPaint(resolve);
  });
  await element.updateComplete;
  if (demo.begin || demo.until) await begin?.(element);
  await demo.act?.(element);
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

function serve({ tag, instrument, demos }: Setting<AnsweringTag>, others: typeof fetch): typeof fetch {
  const host = hostOf(tag);
  return async (input, init) => {
    const request = new Request(input, init);
    const address = new URL(request.url);
    const demo = demos.find(({ name }) => new RegExp(`^${name}-\\d+\\.`).test(address.hostname));
    if (!demo || !address.hostname.endsWith(host)) return others(input, init);
    const name = address.hostname.slice(0, -host.length);
    const language: Language = request.headers.get('accept-language') === 'en' ? 'en' : 'nl';
    switch (address.pathname) {
      case OPEN_ROUNDS_PATH:
        return end(demo.rounds, async () => openRounds(instrumentOf(instrument), demo, name, language));
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

async function openRounds(asked: Instrument, demo: Demo, name: string, language: Language): Promise<OpenRounds> {
  if (demo.next !== undefined) return { rounds: [], nextOpensAt: demo.next };
  const { publicKey } = await ballotKey(name);
  // As the server does: what is about a leader is asked only where there is one to ask about.
  const leader = demo.round?.leader === null ? null : asked.constructs.some(({ about }) => about === 'leader') ? LEADER : null;
  const constructs = asked.constructs.filter(({ about }) => about !== 'leader' || leader !== null);
  const present = new Set(constructs.map(({ key }) => key));
  const items = asked.items.filter(({ construct }) => present.has(construct));
  const text = inLanguage({ ...asked, constructs, items }, language);
  const round: OpenRound = {
    organisation: 'demo',
    id: name,
    team: { id: 'zorg-noord-1', name: language === 'nl' ? 'Wijkteam Noord' : 'North district team' },
    instrument: { ...text, labels: [...text.labels], constructs: [...text.constructs], items: [...text.items] },
    opensAt: '2026-11-24T08:00:00.000Z',
    closesAt: '2099-11-27T16:00:00.000Z',
    resultsAt: '2099-11-27T16:10:00.000Z',
    electorate: 8,
    reach: 8,
    threshold: 5,
    above: language === 'nl' ? 'Zorg Noord' : 'Care North',
    commentThreshold: 10,
    leader,
    paper: 'available',
    draftKey: name,
    ballotKey: { publicKey: toBase64url(publicKey), fingerprint: toBase64url(new Uint8Array(32)) },
    colleagues: ['Robin de Wit', 'Sam Peeters'],
    ...demo.round,
  };
  return { rounds: [round], nextOpensAt: null };
}

const LEADER = { name: 'Noor Jansen', threshold: 8 };

function instrumentOf(key: string): Instrument {
  const found = INSTRUMENTS.find((instrument) => instrument.key === key);
  if (!found) throw new Error(`There is no instrument ${key}.`);
  return found;
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

/** Waits for what comes by itself, frame by frame. */
export async function reached(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve));
}
