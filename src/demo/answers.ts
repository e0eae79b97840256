import type { Answers } from '../domain/ballot.ts';
import { points, type Instrument, type Item } from '../domain/instrument.ts';
import { INSTRUMENTS } from '../domain/instruments.ts';
import { DEMO, DEMO_TEAMS, type DemoPerson } from './organisation.ts';

/** What the demo asks. */
export const DEMO_INSTRUMENT = instrumentOf('learning-pulse');

/** Past rounds and the open one. */
export const ROUNDS = 7;

/** Another word makes another demo. With this one, chance alone never looks like a change in the steady team. */
const SEED = 'leerkring 1307';

/** How many of the people take part in a round. */
const TURNOUT = 0.8;

/** How often an item is left without an answer. */
const SKIPPED = 0.01;

/** Standard deviations: between people in what they usually think, and within a person from round to round. */
const BETWEEN = 0.7;
const WITHIN = 0.3;

/** The round, from 0, from which on the main team shares knowledge better. */
const TURNING_ROUND = 5;

/** Where people's answers lie on a scale from 0 to 1, by team and construct; `usual` elsewhere. */
const LEVELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  [DEMO_TEAMS.main]: { vision: 0.6, safety: 0.68, sharing: 0.47, 'visible-learning': 0.55, routine: 0.5 },
  [DEMO_TEAMS.steady]: { vision: 0.5, safety: 0.56, sharing: 0.6, 'visible-learning': 0.48, routine: 0.42 },
  transport: { vision: 0.52, safety: 0.62, sharing: 0.5, 'visible-learning': 0.45, routine: 0.4 },
  bedrijfsvoering: { vision: 0.66, safety: 0.72, sharing: 0.65, 'visible-learning': 0.6, routine: 0.55 },
};
const USUAL = 0.58;
const SHARING_AFTERWARDS = 0.73;

/** What members wrote, by team: the first in the first round, the second in the next, and so round again. */
const COMMENTS: Readonly<Record<string, readonly string[]>> = {
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

/**
 * What a person answers in a round of the demo: always the same for the same person, round and item.
 * @param round from 0
 * @returns nothing when the person does not take part
 */
export function answersOf(person: DemoPerson, round: number): Answers | undefined {
  if (!takesPart(person, round)) return undefined;
  const choices: Record<string, number> = {};
  for (const item of DEMO_INSTRUMENT.items) {
    const choice = choiceOf(person, round, item, points(DEMO_INSTRUMENT));
    if (choice !== undefined) choices[item.key] = choice;
  }
  const comment = commentOf(person, round);
  return { choices, ...(comment === undefined ? {} : { comment }) };
}

function takesPart({ id }: DemoPerson, round: number): boolean {
  return randomFor(id, 'turnout', round)() < TURNOUT;
}

function instrumentOf(key: string): Instrument {
  const instrument = INSTRUMENTS.find((one) => one.key === key);
  if (!instrument) throw new RangeError(`There is no instrument ${key}.`);
  return instrument;
}

function choiceOf(person: DemoPerson, round: number, item: Item, highest: number): number | undefined {
  const thisTime = randomFor(person.id, item.key, round);
  if (thisTime() < SKIPPED) return undefined;
  const usual = normal(randomFor(person.id, item.key)) * BETWEEN;
  const onScale = 1 + levelOf(person.team, item.construct, round) * (highest - 1);
  const value = Math.round(onScale + usual + normal(thisTime) * WITHIN);
  const choice = Math.min(highest, Math.max(1, value));
  return item.reversed ? highest + 1 - choice : choice;
}

function levelOf(team: string, construct: string, round: number): number {
  if (team === DEMO_TEAMS.main && construct === 'sharing' && round >= TURNING_ROUND) return SHARING_AFTERWARDS;
  return LEVELS[team]?.[construct] ?? USUAL;
}

/** The comments of a round go to those of the team who take part, a few places apart; each is written once. */
function commentOf(person: DemoPerson, round: number): string | undefined {
  const comments = COMMENTS[person.team]?.filter((_, index) => index % ROUNDS === round) ?? [];
  const members = DEMO.people.filter(({ team, role }) => team === person.team && role === 'member');
  const writers = members.filter((member) => takesPart(member, round));
  return comments.find((_, index) => writers[(round + index * 4) % writers.length]?.id === person.id);
}

/** A standard normal number: G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29 (1958), 610-611. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Numbers in [0, 1) that belong to a name: mulberry32, seeded with the name's FNV-1a hash of 32 bits. */
function randomFor(...name: readonly (string | number)[]): () => number {
  let hash = 0x811c9dc5;
  const bytes = new TextEncoder().encode(JSON.stringify([SEED, ...name]));
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
