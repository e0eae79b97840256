import type { Answers } from '../domain/ballot.ts';
import { itemsOf, points, type Instrument, type Item } from '../domain/instrument.ts';
import { INSTRUMENTS } from '../domain/instruments.ts';
import { DEMO, DEMO_TEAMS, type DemoPerson } from './organisation.ts';

/** What the demo asks again and again, and how its people answer. */
export interface DemoSeries {
  readonly instrument: Instrument;
  /** What chance starts from: another word makes another demo. */
  readonly word: string;
  /** Past rounds and the open one. */
  readonly rounds: number;
  /** Months from one round to the next. */
  readonly months: number;
  /** Weeks from a round that a visitor starts to the next. */
  readonly weeks: number;
  /** How long a round takes. */
  readonly openDays: number;
  /** A team of which everybody takes part. */
  readonly complete?: string;
  /** Where people's answers lie on a scale from 0 to 1, by team and construct; `USUAL` elsewhere. */
  readonly levels: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What really got better, and from which round on, from 0. */
  readonly turn: { readonly team: string; readonly construct: string; readonly round: number; readonly level: number };
  /** What members wrote, by team: the first in the first round, the second in the next, and so round again. */
  readonly comments: Readonly<Record<string, readonly string[]>>;
}

/** How many of the people take part in a round. */
const TURNOUT = 0.8;

/** How often an item is left without an answer. */
const SKIPPED = 0.01;

/** Standard deviations: between people in what they usually think, and within a person from round to round. */
const BETWEEN = 0.7;
const WITHIN = 0.3;

const USUAL = 0.58;

const PULSE_COMMENTS: Readonly<Record<string, readonly string[]>> = {
  [DEMO_TEAMS.main]: [
    'Meer tijd om mee te kijken met een collega die het product echt kent.',
    'Een vast moment in de week waarop we vragen van klanten bespreken.',
    'Nieuwe productkennis zit nu in hoofden en mailtjes. Zet het op één plek.',
    'Als een offerte misgaat, wil ik weten waarom, niet van wie.',
    'Het kwartiertje op maandag werkt. Graag houden.',
    'Sinds we op maandag samen moeilijke aanvragen doornemen, bel ik veel minder vaak rond.',
    'Maandag houden, en af en toe iemand van techniek uitnodigen.',
  ],
  buitendienst: [
    'Vaker samen met de binnendienst naar een klant.',
    'Wat een installateur ons leert, komt zelden terug op kantoor.',
    'Een kort belrondje op vrijdag: wat viel op deze week?',
    'Verloren orders bespreken we niet. Zonde, daar leer je het meest van.',
    'Graag eens mee op de bouwplaats met een ervaren collega.',
    'De maandagnotities van de binnendienst zijn goud waard.',
    'Laat de binnendienst ook eens bij ons meerijden.',
  ],
  [DEMO_TEAMS.steady]: [
    'Uitleg bij de nieuwe scanners terwijl we ermee werken, niet in een mail.',
    'Wissel vaker van plek, dan leer je elkaars werk.',
    'Bij de start van de dienst vijf minuten: wat ging er gisteren mis?',
    'More explanation in English please, then I can also share what I know.',
    'Fouten bespreken zonder dat iemand de schuld krijgt.',
    'Tijd. Alles moet nu tussen twee vrachten door.',
    'Laat ook de late ploeg meedoen met de instructies.',
    'De avondploeg weet dingen die de ochtendploeg niet weet. Maak overdracht langer.',
    'Een maatje voor iedereen die nieuw is, de eerste maand.',
    'Iemand die het systeem goed kent één uur per week vrij om vragen te beantwoorden.',
    'Niet alleen horen dát het anders moet, maar ook waarom.',
    'Een filmpje van een minuut per machine zou al helpen.',
    'Het gaat best goed, maar niemand schrijft iets op.',
    'Af en toe samen een uur door de retouren lopen. Daar zie je waar het misgaat.',
    'Vraag ons eerst, voor je een looproute verandert.',
    'De tips van collega’s zijn beter dan het handboek.',
    'Meer proberen in één gang, en dan pas overal.',
    'Als iets werkt, horen we het niet. Als het misgaat wel.',
    'Laat nieuwe mensen ook vertellen hoe het bij hun vorige werk ging.',
    'Een bord bij de koffie: geleerd deze week.',
    'We could show each other more, but the shifts hardly overlap.',
  ],
  transport: [
    'Vertel ons welke adressen lastig lossen zijn, dat weet altijd iemand.',
    'Chauffeurs en planners één keer per maand aan tafel.',
  ],
  bedrijfsvoering: [
    'Laat zien wat je uitprobeert, ook als het nog niet af is.',
    'We leren veel van elkaar bij de koffie, maar nooit op papier.',
  ],
};

/** Monthly: in the main team, sharing knowledge got better. */
export const PULSE: DemoSeries = {
  instrument: instrumentOf('learning-pulse'),
  // With this one, chance alone never looks like a change in the steady team.
  word: 'leerkring 1307',
  rounds: 7,
  months: 1,
  weeks: 4,
  openDays: 26,
  levels: {
    [DEMO_TEAMS.main]: { vision: 0.6, safety: 0.68, sharing: 0.47, 'visible-learning': 0.55, routine: 0.5 },
    [DEMO_TEAMS.steady]: { vision: 0.5, safety: 0.56, sharing: 0.6, 'visible-learning': 0.48, routine: 0.42 },
    transport: { vision: 0.52, safety: 0.62, sharing: 0.5, 'visible-learning': 0.45, routine: 0.4 },
    bedrijfsvoering: { vision: 0.66, safety: 0.72, sharing: 0.65, 'visible-learning': 0.6, routine: 0.55 },
  },
  turn: { team: DEMO_TEAMS.main, construct: 'sharing', round: 5, level: 0.73 },
  comments: PULSE_COMMENTS,
};

/**
 * Quarterly: in the main team, what is awkward stays under the table, which is better the next time. Its round closes
 * after the pulse's, so that whoever is asked both is asked the pulse first.
 */
export const SAFETY: DemoSeries = {
  instrument: instrumentOf('psychological-safety'),
  // With this one, nobody in the main team leaves a statement about the leader without an answer.
  word: 'check-in 153',
  rounds: 2,
  months: 3,
  weeks: 13,
  openDays: 42,
  // With one ballot fewer there would be no figures about its leader.
  complete: DEMO_TEAMS.main,
  levels: {
    [DEMO_TEAMS.main]: {
      mistakes: 0.66,
      'hard-problems': 0.28,
      accepted: 0.74,
      risk: 0.6,
      help: 0.64,
      undermining: 0.62,
      talents: 0.68,
      trust: 0.76,
    },
    [DEMO_TEAMS.steady]: {
      mistakes: 0.44,
      'hard-problems': 0.5,
      accepted: 0.62,
      risk: 0.46,
      help: 0.66,
      undermining: 0.52,
      talents: 0.48,
      trust: 0.6,
    },
    transport: { mistakes: 0.6, help: 0.4, undermining: 0.66 },
    bedrijfsvoering: { mistakes: 0.72, 'hard-problems': 0.6, accepted: 0.76, talents: 0.7 },
  },
  turn: { team: DEMO_TEAMS.main, construct: 'hard-problems', round: 1, level: 0.6 },
  comments: {},
};

/** In the order in which they are made. */
export const SERIES: readonly DemoSeries[] = [PULSE, SAFETY];

/**
 * What a person answers in a round of the demo: always the same for the same person, round and item.
 * @param round from 0
 * @param aboutLeader whether the person is asked about the leader too
 * @returns nothing when the person does not take part
 */
export function answersOf(
  series: DemoSeries,
  person: DemoPerson,
  round: number,
  aboutLeader: boolean,
): Answers | undefined {
  if (!takesPart(series, person, round)) return undefined;
  const { constructs, items } = series.instrument;
  const unasked = constructs.flatMap(({ key, about }) => (about === 'leader' && !aboutLeader ? [key] : []));
  const choices: Record<string, number> = {};
  for (const item of items) {
    const choice = unasked.includes(item.construct) ? undefined : choiceOf(series, person, round, item);
    if (choice !== undefined) choices[item.key] = choice;
  }
  const comment = commentOf(series, person, round);
  return { choices, ...(comment === undefined ? {} : { comment }) };
}

function takesPart({ word, complete }: DemoSeries, { id, team }: DemoPerson, round: number): boolean {
  return team === complete || randomFor(word, id, 'turnout', round)() < TURNOUT;
}

function instrumentOf(key: string): Instrument {
  const instrument = INSTRUMENTS.find((one) => one.key === key);
  if (!instrument) throw new RangeError(`There is no instrument ${key}.`);
  return instrument;
}

function choiceOf(series: DemoSeries, person: DemoPerson, round: number, item: Item): number | undefined {
  const thisTime = randomFor(series.word, person.id, item.key, round);
  if (thisTime() < SKIPPED) return undefined;
  const highest = points(series.instrument);
  // Who trusts a leader in one thing does so in others: what a person usually thinks is one for the whole theme.
  const theme = itemsOf(series.instrument, item.construct)[0]?.key ?? item.key;
  const usual = normal(randomFor(series.word, person.id, theme)) * BETWEEN;
  const onScale = 1 + levelOf(series, person.team, item.construct, round) * (highest - 1);
  const value = Math.round(onScale + usual + normal(thisTime) * WITHIN);
  const choice = Math.min(highest, Math.max(1, value));
  return item.reversed ? highest + 1 - choice : choice;
}

function levelOf({ levels, turn }: DemoSeries, team: string, construct: string, round: number): number {
  if (team === turn.team && construct === turn.construct && round >= turn.round) return turn.level;
  return levels[team]?.[construct] ?? USUAL;
}

/** The comments of a round go to those of the team who take part, a few places apart; each is written once. */
function commentOf(series: DemoSeries, person: DemoPerson, round: number): string | undefined {
  const comments = series.comments[person.team]?.filter((_, index) => index % series.rounds === round) ?? [];
  const members = DEMO.people.filter(({ team, role }) => team === person.team && role === 'member');
  const writers = members.filter((member) => takesPart(series, member, round));
  return comments.find((_, index) => writers[(round + index * 4) % writers.length]?.id === person.id);
}

/** A standard normal number: G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29 (1958), 610-611. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Numbers in [0, 1) that belong to a name: mulberry32, seeded with the name's FNV-1a hash of 32 bits. */
function randomFor(...name: readonly (string | number)[]): () => number {
  let hash = 0x811c9dc5;
  const bytes = new TextEncoder().encode(JSON.stringify(name));
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return mulberry32(hash);
}

/** T. Ettinger, mulberry32 (2017), in the public domain: 32 bits of state, enough for a demo and for nothing secret. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
