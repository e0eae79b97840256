import { answeringDemo, commonStates, type Demo } from '../../src/answering/demo.ts';

const ALL = { 'vision-1': 4, 'safety-1': 2, 'sharing-1': 5, 'visible-learning-1': 3, 'routine-1': 4 };

const states: readonly Demo[] = [
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
    draft: { choices: ALL, comment: '' },
  },
  ...commonStates(ALL),
];

export const { demos, mountDemo, demoFetch } = answeringDemo({
  tag: 'kring-pulse-survey',
  instrument: 'learning-pulse',
  demos: states,
});
