import type { TeamsTexts } from '../texts.ts';

const en: TeamsTexts = {
  name: { short: 'Leerkring', full: 'Leerkring: learning as a team' },
  description: {
    short: 'See with your team whether you are learning, with answers nobody can trace.',
    full: [
      'Leerkring helps a team to learn from its own work.',
      'Today shows what waits for you: a short pulse, an intervision, an intention to look back on.',
      'My learning log is where you write down what you learned, in a minute, for yourself or for your team.',
      'My team shows how learning stands: how many answered, how sure a figure is, and whether a change is real.',
      'Nobody can trace an answer in a pulse: not your leader either, for the server never keeps who gave which answer. A team with too few answers sees no figures.',
      'Add Leerkring to a channel, a group chat or a meeting to look at it together.',
    ].join('\n\n'),
  },
  tabs: { today: 'Today', log: 'My learning log', team: 'My team' },
};

export default en;
