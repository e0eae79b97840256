import type { Language } from '../../src/domain/language.ts';
import { find, press, reached, type } from './demo-person.ts';
import type { DemoEntry, DemoWorld } from './demo-server.ts';
import type { Demo } from './demo-state.ts';

/** What comes under the form, in its states. */

/** Rows that a long list has. */
const MANY = 5000;

export const laterDemos: readonly Demo[] = [
  {
    name: 'list-loading',
    title: { nl: 'De lijst laadt nog', en: 'The list is still loading' },
    view: 'full',
    world: quiet,
    endings: { log: 'never', intentions: 'never' },
  },
  {
    name: 'list-failed',
    title: { nl: 'De lijst kon niet worden opgehaald', en: 'The list could not be fetched' },
    view: 'full',
    world: quiet,
    endings: { log: 'internal' },
    act: (element) => reached(() => find(element, '.later .trouble')),
  },
  {
    name: 'many',
    title: { nl: 'Vijfduizend notities', en: 'Five thousand entries' },
    view: 'full',
    world: (usual, language) => ({ ...quiet(usual), entries: many(usual, language) }),
    act: rows,
  },
  {
    name: 'new-entries',
    title: { nl: 'Nieuwe notities terwijl je leest', en: 'New entries while you read' },
    view: 'full',
    world: quiet,
    act: async (element, language, server) => {
      server.live = true;
      await rows(element);
      await open(element, server.idOf(1));
      server.writeElsewhere({
        by: 'sam',
        text: { nl: 'Vraag bij een storing eerst wat er het laatst veranderde.', en: 'When something breaks, ask what changed last.' }[language],
        audience: { scope: 'team', team: 'rivier' },
      });
      dispatchEvent(new Event('online'));
      await reached(() => find(element, '.newer'));
    },
  },
  {
    name: 'filtered',
    title: { nl: 'Gezocht en gefilterd', en: 'Searched and filtered' },
    view: 'full',
    world: quiet,
    act: async (element, language) => {
      await rows(element);
      await press(element, '.filters summary');
      await pick(element, '.filters select', 'experiment');
      await type(element, '.search input[type=search]', language === 'nl' ? 'overleg' : 'meeting');
      await reached(() => find(element, '.line') && find(element, '.rows')?.childElementCount === 2);
    },
  },
  {
    name: 'nothing-found',
    title: { nl: 'Niets gevonden', en: 'Nothing found' },
    view: 'full',
    world: quiet,
    act: async (element) => {
      await rows(element);
      await type(element, '.search input[type=search]', 'giraffe');
      await reached(() => find(element, '.empty'));
    },
  },
  {
    name: 'own-entry',
    title: { nl: 'Een eigen notitie, open', en: 'An entry of one’s own, open' },
    view: 'full',
    world: quiet,
    act: async (element, _language, server) => {
      await rows(element);
      await open(element, server.idOf(5));
      await press(element, '.opened .delete');
      await press(element, '.opened details summary');
      await reached(() => find(element, '.earlier'));
    },
  },
  {
    name: 'entry-in-a-card',
    title: { nl: 'Een notitie, open in een kaart', en: 'An entry, open in a card' },
    view: 'compact',
    world: quiet,
    act: async (element, _language, server) => {
      await reached(() => find(element, '.few'));
      element.renderRoot.querySelector<HTMLElement>(`[data-row="${server.idOf(1)}"] .open`)?.click();
      await reached(() => find(element, '.thread'));
    },
  },
  {
    name: 'thread',
    title: { nl: 'Een notitie van een ander, met reacties', en: 'Somebody else’s entry, with replies' },
    view: 'full',
    world: quiet,
    endings: { endorse: 'internal', posts: 'offline' },
    act: async (element, language, server) => {
      await rows(element);
      await open(element, server.idOf(2));
      await press(element, '.words button');
      await type(element, '.replies textarea', { nl: 'Wij proberen het volgende week.', en: 'We will try it next week.' }[language]);
      await press(element, '.replies .writing button');
      await reached(() => element.renderRoot.querySelectorAll('.opened .trouble').length === 2);
    },
  },
  {
    name: 'peer-review',
    title: { nl: 'Een collegiale toets: jij bent aan de beurt', en: 'A peer review: your turn' },
    view: 'full',
    world: quiet,
    act: async (element, _language, server) => {
      await rows(element);
      await open(element, server.idOf(6));
    },
  },
  {
    name: 'intervision',
    title: { nl: 'Een intervisie, bij de feiten', en: 'An intervision, at the facts' },
    view: 'full',
    world: quiet,
    act: async (element, _language, server) => {
      await rows(element);
      await open(element, server.idOf(4));
    },
  },
  {
    name: 'asking',
    title: { nl: 'Intervisie vragen', en: 'Asking for an intervision' },
    view: 'full',
    world: quiet,
    act: async (element, language, server) => {
      await rows(element);
      await open(element, server.idOf(0));
      await press(element, '[data-kind=intervision]');
      await type(element, '.asking textarea', { nl: 'Hoe blijft dit een gewoonte?', en: 'How does this stay a habit?' }[language]);
      await type(element, '.asking [role=combobox]', 'no');
      await reached(() => find(element, '.asking [role=option]'));
    },
  },
  {
    name: 'intentions',
    title: { nl: 'Wat ik ga doen', en: 'What I set out to do' },
    view: 'full',
    world: (usual) => ({ ...usual, digest: [] }),
    act: async (element) => {
      await press(element, '#log-tab-intentions');
      await reached(() => find(element, '.months'));
    },
  },
  {
    name: 'leader',
    title: { nl: 'Voor wie een team leidt', en: 'For who leads a team' },
    view: 'full',
    world: (usual) => ({
      ...usual,
      intentions: [],
      lastSharedDaysAgo: 48,
      teams: usual.teams.map((team) => (team.id === 'rivier' ? { ...team, leader: usual.me.id } : team)),
    }),
    act: rows,
  },
  {
    name: 'owning',
    title: { nl: 'Meenemen of verwijderen', en: 'Taking along or deleting' },
    view: 'full',
    world: quiet,
    act: async (element) => {
      await press(element, '#log-tab-mine');
      await press(element, '.owning summary');
      await press(element, '.owning .delete');
      await press(element, '.delete-all [type=submit]');
      await reached(() => find(element, '.delete-all .trouble'));
    },
  },
  {
    name: 'tombstone',
    title: { nl: 'Een verwijderde notitie waar je onder schreef', en: 'A deleted entry that you wrote under' },
    view: 'full',
    world: (usual, language) => ({
      ...quiet(usual),
      digest: [{ what: 'replied', entry: 0, people: ['noa'] }],
      entries: [
        {
          by: 'noa',
          text: { nl: 'Wie te laat vraagt, betaalt dubbel.', en: 'Whoever asks too late pays twice.' }[language],
          audience: { scope: 'organisation' },
          daysAgo: 3,
          deleted: true,
          posts: [{ by: usual.me.id, text: { nl: 'Dit herken ik van vorig jaar.', en: 'I know this from last year.' }[language], daysAgo: 2 }],
        },
        ...usual.entries,
      ],
    }),
    act: async (element) => {
      await rows(element);
      await press(element, '.digest li button');
      await reached(() => find(element, '.posts'));
    },
  },
];

/** Without what stands above the list. */
function quiet(usual: DemoWorld): DemoWorld {
  return { ...usual, digest: [], intentions: [] };
}

function many({ entries }: DemoWorld, language: Language): DemoEntry[] {
  const [first] = entries;
  return Array.from({ length: MANY }, (_, at) => ({
    ...(entries[at % entries.length] ?? first),
    text: `${at + 1}. ${entries[at % entries.length]?.text ?? ''}${at % 7 === 0 ? { nl: '\n\nEn nog een alinea.', en: '\n\nAnd another paragraph.' }[language] : ''}`,
    audience: { scope: 'organisation' },
    helps: [],
    daysAgo: at / 10,
  }));
}

async function rows(element: HTMLElement): Promise<void> {
  await reached(() => find(element, '.rows > .row'));
}

/** Opens an entry of the list, and waits for what it says. */
async function open(element: HTMLElement, id: string): Promise<void> {
  await press(element, `[data-row="${id}"] .open`);
  await reached(() => find(element, `[data-row="${id}"] .thread`));
}

async function pick(element: HTMLElement, selector: string, value: string): Promise<void> {
  await reached(() => find(element, selector));
  const select = element.shadowRoot?.querySelector<HTMLSelectElement>(selector);
  if (!select) return;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}
