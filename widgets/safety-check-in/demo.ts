import { answeringDemo, commonStates, reached, type Demo } from '../../src/answering/demo.ts';

const TEAM = {
  'mistakes-1': 2,
  'hard-problems-1': 4,
  'accepted-1': 2,
  'risk-1': 3,
  'help-1': 4,
  'undermining-1': 4,
  'talents-1': 5,
};
const ALL = { ...TEAM, 'trust-1': 4, 'trust-2': 5, 'trust-3': 3 };

const { 'talents-1': _, ...MOST } = TEAM;

/** Presses the button that was meant to be pressed last in the bar. */
const press = (selector: string) => async (element: HTMLElement) => {
  await reached(() => element.shadowRoot?.querySelector(selector));
  element.shadowRoot?.querySelector<HTMLElement>(selector)?.click();
};

const states: readonly Demo[] = [
  { name: 'start', title: { nl: 'De eerste bladzijde', en: 'The first page' } },
  {
    name: 'start-again',
    title: { nl: 'Terug van weggeweest', en: 'Back again' },
    draft: { choices: MOST, comment: '' },
  },
  {
    name: 'start-no-leader',
    title: { nl: 'Zonder vragen over een leidinggevende', en: 'Without questions on a leader' },
    round: { leader: null },
  },
  {
    name: 'start-small-team',
    title: { nl: 'Team te klein voor eigen cijfers', en: 'Team too small for figures of its own' },
    round: { reach: 3, electorate: 3, leader: null },
  },
  { name: 'team', title: { nl: 'Deel 1: het team', en: 'Part 1: the team' }, begin: true },
  {
    name: 'half-way',
    title: { nl: 'Halverwege deel 1', en: 'Half-way part 1' },
    draft: { choices: MOST, comment: '' },
    begin: true,
  },
  {
    name: 'leader',
    title: { nl: 'Deel 2: de leidinggevende', en: 'Part 2: the leader' },
    draft: { choices: TEAM, comment: '' },
    begin: true,
  },
  {
    name: 'end',
    title: { nl: 'Klaar om te versturen', en: 'Ready to send' },
    draft: { choices: ALL, comment: '' },
    begin: true,
  },
  {
    name: 'stopping',
    title: { nl: 'Stoppen?', en: 'Stop?' },
    draft: { choices: TEAM, comment: '' },
    begin: true,
    act: press('.bar .plain'),
  },
  {
    name: 'kept-for-later',
    title: { nl: 'Bewaard voor later', en: 'Kept for later' },
    draft: { choices: TEAM, comment: '' },
    begin: true,
    act: async (element) => {
      await press('.bar .plain')(element);
      await press('.stop .secondary')(element);
      await reached(() => element.shadowRoot?.querySelector('.message'));
    },
  },
  ...commonStates(ALL),
];

export const { demos, mountDemo, demoFetch } = answeringDemo({
  tag: 'kring-safety-check-in',
  instrument: 'psychological-safety',
  demos: states,
  begin: async (element) => {
    await press('.bar button')(element);
    await reached(() => element.shadowRoot?.querySelector('.part'));
  },
});
