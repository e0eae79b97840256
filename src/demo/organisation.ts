import type { Localized } from '../domain/language.ts';
import type { Role, Roster, RosterTeam } from '../domain/roster.ts';

export interface DemoPerson {
  /** What the demo's sign-in calls the person. */
  readonly id: string;
  readonly name: string;
  readonly job: Localized;
  /** The one team that the person is a member of, or leads. */
  readonly team: string;
  readonly role: Role;
}

export type PersonaKey = 'employee' | 'leader' | 'small-team' | 'leader-above' | 'steady-team' | 'editor';

/** One of the people that a visitor of the demo can be. */
export interface DemoPersona {
  readonly key: PersonaKey;
  readonly person: DemoPerson;
  readonly teamName: string;
  /** What kind of person this is, in a word or two. */
  readonly title: Localized;
  /** One sentence: what you will see. */
  readonly shows: Localized;
}

export interface DemoOrganisation {
  readonly id: string;
  readonly name: string;
  /** One sentence about what the organisation does. */
  readonly about: Localized;
  /** As a tree, from the top down. */
  readonly teams: readonly RosterTeam[];
  readonly people: readonly DemoPerson[];
  /** In the order in which to offer them. */
  readonly personas: readonly DemoPersona[];
}

/** Teams of which something is to be seen. */
export const DEMO_TEAMS = {
  top: 'directie',
  /** Eight members; sharing knowledge really got better in the last released round. */
  main: 'binnendienst',
  /** Three members: its answers count in the team above alone. */
  small: 'webwinkel',
  /** Fourteen members; its means go up and down by chance. */
  steady: 'magazijn',
} as const;

const TEAMS: readonly RosterTeam[] = [
  { id: DEMO_TEAMS.top, name: 'Directie', parent: null },
  { id: 'verkoop', name: 'Verkoop', parent: DEMO_TEAMS.top },
  { id: DEMO_TEAMS.main, name: 'Verkoop binnendienst', parent: 'verkoop' },
  { id: 'buitendienst', name: 'Verkoop buitendienst', parent: 'verkoop' },
  { id: DEMO_TEAMS.small, name: 'Webwinkel', parent: 'verkoop' },
  { id: 'logistiek', name: 'Logistiek', parent: DEMO_TEAMS.top },
  { id: DEMO_TEAMS.steady, name: 'Magazijn', parent: 'logistiek' },
  { id: 'transport', name: 'Transport', parent: 'logistiek' },
  { id: 'bedrijfsvoering', name: 'Bedrijfsvoering', parent: DEMO_TEAMS.top },
];

const JOBS = {
  director: { nl: 'algemeen directeur', en: 'managing director' },
  secretary: { nl: 'directiesecretaris', en: 'secretary to the management' },
  salesManager: { nl: 'manager verkoop', en: 'sales manager' },
  logisticsManager: { nl: 'manager logistiek', en: 'logistics manager' },
  operationsManager: { nl: 'manager bedrijfsvoering', en: 'operations manager' },
  teamLead: { nl: 'teamleider', en: 'team lead' },
  insideSales: { nl: 'medewerker binnendienst', en: 'inside sales representative' },
  technicalAdvice: { nl: 'technisch adviseur', en: 'technical adviser' },
  accountManager: { nl: 'accountmanager', en: 'account manager' },
  webShop: { nl: 'contentbeheerder webwinkel', en: 'web shop content manager' },
  dataSteward: { nl: 'beheerder productgegevens', en: 'product data steward' },
  orderPicker: { nl: 'orderverzamelaar', en: 'order picker' },
  goodsIn: { nl: 'medewerker goederenontvangst', en: 'goods receiver' },
  counter: { nl: 'medewerker afhaalbalie', en: 'collection desk clerk' },
  driver: { nl: 'chauffeur', en: 'driver' },
  planner: { nl: 'planner', en: 'planner' },
  communication: { nl: 'communicatieadviseur', en: 'communications adviser' },
  personnel: { nl: 'personeelsadviseur', en: 'personnel adviser' },
  bookkeeper: { nl: 'medewerker administratie', en: 'bookkeeper' },
  buyer: { nl: 'inkoper', en: 'buyer' },
  systems: { nl: 'systeembeheerder', en: 'systems administrator' },
} as const satisfies Readonly<Record<string, Localized>>;

type Row = readonly [name: string, job: keyof typeof JOBS, role?: 'leader'];

/** All of them invented. */
const PEOPLE_BY_TEAM: Readonly<Record<string, readonly Row[]>> = {
  directie: [
    ['Marjolein Terpstra', 'director', 'leader'],
    ['Ruben Okkerse', 'secretary'],
  ],
  verkoop: [['Hilde Brouwers', 'salesManager', 'leader']],
  binnendienst: [
    ['Joris Meulenbelt', 'teamLead', 'leader'],
    ['Amira Bouzid', 'insideSales'],
    ['Daan Wiersma', 'insideSales'],
    ['Lotte Schippers', 'technicalAdvice'],
    ['Bilal Ouazani', 'insideSales'],
    ['Xandra Kuipers', 'insideSales'],
    ['Thijs van der Plas', 'technicalAdvice'],
    ['Rosalie Pinas', 'insideSales'],
    ['Kees Vlaming', 'insideSales'],
  ],
  buitendienst: [
    ['Mirjam Zijlstra', 'teamLead', 'leader'],
    ['Wout Heemskerk', 'accountManager'],
    ['Soraya Ramdin', 'accountManager'],
    ['Jelle Postma', 'accountManager'],
    ['Erik Stuivenberg', 'technicalAdvice'],
    ['Nadia Chaouki', 'accountManager'],
    ['Pieter-Jan Lammers', 'accountManager'],
  ],
  webwinkel: [
    ['Tomasz Wieczorek', 'teamLead', 'leader'],
    ['Iris Dekkers', 'webShop'],
    ['Mei-Lin Tjon', 'dataSteward'],
    ['Sven Hollander', 'webShop'],
  ],
  logistiek: [['Ferhat Yıldız', 'logisticsManager', 'leader']],
  magazijn: [
    ['Gerda Boonstra', 'teamLead', 'leader'],
    ['Ahmed Haddouchi', 'orderPicker'],
    ['Bert Kamphuis', 'goodsIn'],
    ['Cynthia Leeflang', 'counter'],
    ['Dawit Tesfay', 'orderPicker'],
    ['Esther Roelofsen', 'counter'],
    ['Fons Smeets', 'orderPicker'],
    ['Gülay Demirci', 'goodsIn'],
    ['Henk Oosterveld', 'orderPicker'],
    ['Ilse van Rooijen', 'orderPicker'],
    ['Jamal Benali', 'counter'],
    ['Krzysztof Nowicki', 'orderPicker'],
    ['Linda Uiterwijk', 'goodsIn'],
    ['Mahmoud Sharifi', 'orderPicker'],
    ['Nienke Haverkort', 'orderPicker'],
  ],
  transport: [
    ['Sjoerd Algra', 'teamLead', 'leader'],
    ['Oleksandr Bondar', 'driver'],
    ['Patrick Wassink', 'driver'],
    ['Quincy Sordam', 'driver'],
    ['Ria Mostert', 'planner'],
    ['Stefan Jovanov', 'driver'],
    ['Teun Verschuren', 'driver'],
    ['Urmila Gangadin', 'planner'],
  ],
  bedrijfsvoering: [
    ['Coby Nieuwland', 'operationsManager', 'leader'],
    ['Evelien Nagtegaal', 'communication'],
    ['Arjan Slootweg', 'personnel'],
    ['Fatma Kılıç', 'bookkeeper'],
    ['Bram Vossebelt', 'systems'],
    ['Priya Jagessar', 'bookkeeper'],
    ['Samira Achterberg', 'buyer'],
    ['Willem Tuinstra', 'systems'],
  ],
};

const PEOPLE: readonly DemoPerson[] = Object.entries(PEOPLE_BY_TEAM).flatMap(([team, rows]) =>
  rows.map(([name, job, role]) => ({ id: idOf(name), name, job: JOBS[job], team, role: role ?? 'member' })),
);

const PERSONAS: readonly DemoPersona[] = [
  persona('employee', 'amira-bouzid', {
    title: { nl: 'Medewerker', en: 'Employee' },
    shows: {
      nl: 'Vijf stellingen die je beantwoordt zonder je naam, en wat je team in eerdere rondes zei.',
      en: 'Five statements that you answer without your name, and what your team said in earlier rounds.',
    },
  }),
  persona('leader', 'joris-meulenbelt', {
    title: { nl: 'Leidinggevende', en: 'Leader' },
    shows: {
      nl: 'Hoe leren ervoor staat in je team, hoe zeker dat is, welke verandering echt is, en wat je nu kunt doen.',
      en: 'How learning stands in your team, how sure that is, which change is real, and what you can do next.',
    },
  }),
  persona('small-team', 'iris-dekkers', {
    title: { nl: 'Medewerker van een klein team', en: 'Employee of a small team' },
    shows: {
      nl: 'Je team is met drie mensen te klein voor cijfers: je antwoorden tellen mee in het team erboven.',
      en: 'With three people your team is too small for figures: your answers count in the team above it.',
    },
  }),
  persona('leader-above', 'hilde-brouwers', {
    title: { nl: 'Leidinggevende van drie teams', en: 'Leader of three teams' },
    shows: {
      nl: 'De cijfers van drie teams samen; die van één team ziet alleen dat team zelf.',
      en: 'The figures of three teams together; those of one team are seen by that team alone.',
    },
  }),
  persona('steady-team', 'gerda-boonstra', {
    title: { nl: 'Leidinggevende van een groot team', en: 'Leader of a large team' },
    shows: {
      nl: 'Cijfers die op en neer gaan door toeval: daarom staat er nergens dat iets beter of slechter ging.',
      en: 'Figures that go up and down by chance: so nowhere does it say that things got better or worse.',
    },
  }),
  persona('editor', 'evelien-nagtegaal', {
    title: { nl: 'Redacteur van het intranet', en: 'Intranet editor' },
    shows: {
      nl: 'Hoe een widget op het intranet staat, en welke regels HTML je daarvoor plakt.',
      en: 'How a widget sits on the intranet, and which lines of HTML you paste for it.',
    },
  }),
];

/** An invented technical wholesaler: its people, its teams, and those that a visitor can be. */
export const DEMO: DemoOrganisation = {
  id: 'grutto-en-vonk',
  name: 'Grutto & Vonk',
  about: {
    nl: 'Technische groothandel voor installateurs: vandaag besteld, morgen op de bouwplaats.',
    en: 'A technical wholesaler for installers: ordered today, on the building site tomorrow.',
  },
  teams: TEAMS,
  people: PEOPLE,
  personas: PERSONAS,
};

/** The same people and teams as a roster to import. */
export function demoRoster(): Roster {
  return {
    teams: TEAMS,
    people: PEOPLE.map(({ id, name }) => ({ id, name })),
    memberships: PEOPLE.map(({ id, team, role }) => ({ person: id, team, role })),
  };
}

function persona(key: PersonaKey, id: string, texts: Pick<DemoPersona, 'title' | 'shows'>): DemoPersona {
  const person = PEOPLE.find((one) => one.id === id);
  const team = TEAMS.find((one) => one.id === person?.team);
  if (!person || !team) throw new RangeError(`The demo has nobody called ${id}.`);
  return { key, person, teamName: team.name, ...texts };
}

/** A name in the letters that an id is made of. */
function idOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replaceAll('ı', 'i')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-');
}
