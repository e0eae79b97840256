import { LOG_LIMITS } from '../../src/domain/learning-log.ts';
import type { Language } from '../../src/domain/language.ts';
import { laterDemos } from './demo-later.ts';
import { field, find, press, reached, type } from './demo-person.ts';
import { DemoServer, type DemoWorld, type Ending, type Part } from './demo-server.ts';
import type { Demo } from './demo-state.ts';
import { world } from './demo-world.ts';
import type { KringLearningLog } from './learning-log.ts';

/** Every state as data, each with a server of its own that exists in this page alone. */

const TEXT = {
  nl: 'Bel een klant terug op de dag zelf, ook als je nog geen antwoord hebt. Dat scheelt twee keer uitleggen.',
  en: 'Ring a customer back on the same day, even without an answer. It saves explaining twice.',
};

const empty = (usual: DemoWorld): DemoWorld => ({ ...usual, entries: [], intentions: [], digest: [] });

export const demos: readonly Demo[] = [
  { name: 'loading', title: { nl: 'Laadt nog', en: 'Still loading' }, endings: { place: 'never', log: 'never', intentions: 'never' } },
  { name: 'first-use', title: { nl: 'De eerste keer', en: 'The first time' }, world: empty },
  { name: 'compact', title: { nl: 'Klein, op een startpagina', en: 'Small, on a home page' }, view: 'compact' },
  { name: 'full', title: { nl: 'Helemaal, met de lijst', en: 'In full, with the list' }, view: 'full' },
  {
    name: 'writing',
    title: { nl: 'Aan het schrijven', en: 'Writing' },
    act: (element, language) => write(element, TEXT[language]),
  },
  {
    name: 'more',
    title: { nl: 'Meer open', en: 'More open' },
    act: async (element, language) => {
      await write(element, TEXT[language]);
      await press(element, '.bar .secondary');
      await reached(() => find(element, '#tag'));
      for (const tag of language === 'nl' ? ['klanten', 'telefoon'] : ['customers', 'telephone']) await type(element, '#tag', `${tag},`);
      await type(element, '#project', language === 'nl' ? 'Nieuwe bestellijn' : 'New order line');
      await type(element, '#different', language === 'nl' ? 'Ik zet elke middag een half uur vrij om terug te bellen.' : 'I keep half an hour free each afternoon to ring back.');
    },
  },
  {
    name: 'share-me',
    title: { nl: 'Delen: alleen ik', en: 'Sharing: only me' },
    act: (element) => share(element, 'me'),
  },
  {
    name: 'share-team',
    title: { nl: 'Delen: mijn team', en: 'Sharing: my team' },
    act: async (element, language) => {
      await write(element, TEXT[language]);
      await share(element, 'team');
    },
  },
  {
    name: 'share-teams',
    title: { nl: 'Delen: uit meer teams kiezen', en: 'Sharing: choosing from several teams' },
    world: (usual) => ({ ...usual, teams: usual.teams.map((team) => (team.id === 'dijk' ? { ...team, leader: usual.me.id } : team)) }),
    act: (element) => share(element, 'team'),
  },
  {
    name: 'share-people',
    title: { nl: 'Delen: collega’s zoeken', en: 'Sharing: finding colleagues' },
    act: async (element) => {
      await share(element, 'people');
      await name(element, 'sam');
      await press(element, '#found li');
      await type(element, '#colleague', 'no');
      await reached(() => find(element, '#found li'));
    },
  },
  {
    name: 'share-organisation',
    title: { nl: 'Delen: iedereen', en: 'Sharing: everybody' },
    act: (element) => share(element, 'organisation'),
  },
  {
    name: 'share-asked',
    title: { nl: 'Delen: nog één vraag', en: 'Sharing: one more question' },
    act: async (element, language) => {
      await write(element, TEXT[language]);
      await share(element, 'team');
      await press(element, '.save');
      await reached(() => find(element, '#asked'));
    },
  },
  {
    name: 'near-the-limit',
    title: { nl: 'Bijna vol', en: 'Nearly full' },
    act: (element, language) => write(element, long(language, LOG_LIMITS.text - 240)),
  },
  {
    name: 'over-the-limit',
    title: { nl: 'Te lang', en: 'Too long' },
    act: async (element, language) => {
      await write(element, long(language, LOG_LIMITS.text + 120));
      await press(element, '.save');
    },
  },
  {
    name: 'right-to-left',
    title: { nl: 'Van rechts naar links', en: 'From right to left' },
    act: (element) => write(element, 'اليوم تعلمت أن السؤال المبكر يوفر الوقت. 🙂'),
  },
  {
    name: 'saving',
    title: { nl: 'Wordt opgeslagen', en: 'Being saved' },
    endings: { write: 'never' },
    act: async (element, language) => {
      await write(element, TEXT[language]);
      await press(element, '.save');
      await reached(() => find(element, '.sending'));
    },
  },
  {
    name: 'saved',
    title: { nl: 'Opgeslagen', en: 'Saved' },
    act: async (element, language) => {
      await write(element, TEXT[language]);
      await press(element, '.save');
      await reached(() => find(element, '.note')?.textContent.trim());
    },
  },
  {
    name: 'not-saved-offline',
    title: { nl: 'Nog niet opgeslagen: geen verbinding', en: 'Not saved yet: no connection' },
    endings: { write: 'offline' },
    act: saveInVain,
  },
  {
    name: 'not-saved-signed-out',
    title: { nl: 'Nog niet opgeslagen: afgemeld', en: 'Not saved yet: signed out' },
    endings: { write: 'signed-out' },
    act: saveInVain,
  },
  {
    name: 'not-saved-server',
    title: { nl: 'Nog niet opgeslagen: serverfout', en: 'Not saved yet: server error' },
    endings: { write: 'internal' },
    act: saveInVain,
  },
  {
    name: 'not-accepted',
    title: { nl: 'Niet aangenomen: terug in het formulier', en: 'Not accepted: back in the form' },
    endings: { write: 'invalid-request' },
    act: async (element, language) => {
      await write(element, TEXT[language]);
      await press(element, '.save');
      await reached(() => find(element, '.note')?.textContent.trim());
    },
  },
  {
    name: 'changing',
    title: { nl: 'Een notitie veranderen', en: 'Changing an entry' },
    act: async (element, _language, server) => {
      await change(element, server, 0);
      await share(element, 'me');
    },
  },
  {
    name: 'merge',
    title: { nl: 'Twee versies van één notitie', en: 'Two versions of one entry' },
    act: async (element, language, server) => {
      await change(element, server, 0);
      server.changeElsewhere(server.idOf(0), { text: language === 'nl' ? 'Lees de bestelling hardop terug. Dat vangt bijna elke vergissing.' : 'Read the order back aloud. That catches nearly every mistake.' });
      await write(element, TEXT[language]);
      await press(element, '.save');
      await reached(() => find(element, '.merge'));
    },
  },
  {
    name: 'draft-restored',
    title: { nl: 'Terug na een storing', en: 'Back after a crash' },
    draft: (language) => ({ text: TEXT[language] }),
  },
  {
    name: 'drafts',
    title: { nl: 'Meer dan één concept', en: 'More than one draft' },
    draft: (language) => ({ text: TEXT[language], kind: 'experiment' }),
    act: async (element, _language, server) => change(element, server, 0),
  },
  ...laterDemos,
  { name: 'offline', title: { nl: 'Geen verbinding', en: 'No connection' }, endings: everything('offline') },
  { name: 'signed-out', title: { nl: 'Niet aangemeld', en: 'Signed out' }, endings: everything('signed-out') },
  { name: 'not-in-roster', title: { nl: 'In geen team', en: 'In no team' }, endings: everything('not-in-roster') },
  { name: 'server-error', title: { nl: 'Serverfout', en: 'Server error' }, endings: everything('internal') },
];

function everything(ending: Ending): Partial<Record<Part, Ending>> {
  return { place: ending, log: ending, intentions: ending, news: ending, write: ending, read: ending, colleagues: ending };
}

const HOST = '.learning-log.demo.invalid';
let mounted = 0;

const servers = new Map<string, DemoServer>();

/** A demo's server by the name of its host; made when it is first needed. */
function serverOf(host: string, language: Language): DemoServer | undefined {
  const [name = ''] = host.split('.');
  const demo = demos.find((one) => new RegExp(`^${one.name}-\\d+$`).test(name));
  if (!demo || !host.endsWith(HOST)) return undefined;
  const known = servers.get(name);
  if (known) return known;
  const usual = world(language);
  const server = new DemoServer(name, demo.world?.(usual, language) ?? usual, demo.endings);
  servers.set(name, server);
  return server;
}

/** The server of an element that `mountDemo` made. */
export function demoServer(element: HTMLElement): DemoServer {
  const server = serverOf(new URL(element.getAttribute('server') ?? '').hostname, languageOf(element.lang));
  if (!server) throw new Error('That is no demo’s element.');
  return server;
}

/**
 * Puts a demo's element into a page. The page's `fetch` must be `demoFetch`'s.
 * @returns the element, once it shows its state
 */
export async function mountDemo(demo: Demo, into: Element, language: Language): Promise<KringLearningLog> {
  const host = `${demo.name}-${++mounted}`;
  const server = serverOf(host + HOST, language);
  if (demo.draft) {
    const draft = { until: '2099-01-01T00:00:00.000Z', key: crypto.randomUUID(), at: 1, kind: 'insight', different: '', project: '', tags: [], link: '', audience: { scope: 'me', people: [] }, ...demo.draft(language) };
    localStorage.setItem(`kring:draft:log:${host}:${draft.key}`, JSON.stringify(draft));
  }
  const element = document.createElement('kring-learning-log');
  element.setAttribute('server', `https://${host}${HOST}`);
  element.setAttribute('lang', language);
  if (demo.view) element.setAttribute('view', demo.view);
  element.getToken = () => Promise.resolve(demo.endings?.place === 'signed-out' ? undefined : 'demo');
  const settled =
    demo.endings?.place === 'never'
      ? Promise.resolve()
      : new Promise<void>((resolve) => {
          for (const type of ['kring-ready', 'kring-error']) element.addEventListener(type, () => { resolve(); }, { once: true });
        });
  into.append(element);
  await settled;
  await reached(() => find(element, '.notice') ?? (find(element, '.waiting:not([hidden])') && find(element, '.later:not([hidden])')));
  if (server) await demo.act?.(element, language, server);
  await element.updateComplete;
  return element;
}

/** A `fetch` that answers for the demos' servers, and passes on what is meant for others. */
export function demoFetch(others: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const language = languageOf(request.headers.get('accept-language'));
    const server = serverOf(new URL(request.url).hostname, language);
    return server ? server.answer(request) : others(input, init);
  };
}

function languageOf(tag: string | null): Language {
  return tag === 'en' ? 'en' : 'nl';
}

function write(element: HTMLElement, text: string): Promise<void> {
  return type(element, '#text', text);
}

async function share(element: HTMLElement, scope: 'me' | 'people' | 'team' | 'organisation'): Promise<void> {
  if (!find(element, '.sharing')) await press(element, '.who > button');
  await press(element, `.sharing [value=${scope}]`);
  await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Looks somebody up, and waits for who is found. */
async function name(element: HTMLElement, typed: string): Promise<void> {
  await type(element, '#colleague', typed);
  await reached(() => find(element, '#found li'));
}

async function saveInVain(element: HTMLElement, language: Language): Promise<void> {
  await write(element, TEXT[language]);
  await press(element, '.save');
  await reached(() => find(element, '.unsent button'));
}

/** Opens an entry of one's own to be changed, as the list does. */
async function change(element: KringLearningLog, server: DemoServer, at: number): Promise<void> {
  element.edit(server.entry(at));
  await reached(() => field(element, '#text')?.value === server.entry(at).text);
}

function long(language: Language, length: number): string {
  return `${TEXT[language]}\n`.repeat(Math.ceil(length / TEXT[language].length)).slice(0, length - 1) + '.';
}
