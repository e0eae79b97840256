import type { LaterTexts } from '../texts.ts';

const en: LaterTexts = {
  noneYet: 'Then you see here how many people answered, the mean of each theme and how sure that is.',

  spread: 'Spread',
  spreadOf: (n) => `Spread of the ${n} answers from parts where enough people answered`,
  distribution: ({ unfavourable, neutral, favourable }, about) =>
    `${about ? 'about ' : ''}${unfavourable} disagree, ${neutral} neutral, ${favourable} agree`,
  nearlyAll: {
    unfavourable: 'nearly all disagree',
    neutral: 'nearly all neutral',
    favourable: 'nearly all agree',
  },

  nOf: (n, of) => `${n} of ${of}`,
  course: 'Over the rounds',
  theme: 'Theme',
  asTable: 'As a table',
  tableRound: 'Closed',
  tableInterval: 'Band',
  tableAnswered: 'Answers',
  tooFew: 'too few answers',
  chart: (theme) => `Chart of ${theme}. The table above has the same figures.`,
  chartFailed: 'The chart could not be fetched. The table has the same figures.',

  about: 'About these figures',
  aboutScale: (lowest, highest) =>
    `The mean runs from ${lowest} to ${highest}. ` +
    'A statement that was put the other way round has been turned: higher is always more favourable.',
  aboutInterval:
    'The band is a 95% interval. The more of the team answered, the narrower it is. The error of the questions ' +
    'themselves is not in it.',
  aboutCertain: '‘Certainly between’ counts those who did not answer: they may all disagree, or all agree.',
  aboutEnds:
    '‘From’, ‘up to’ and ‘nearly’ are there because a figure never tells that everyone chose the same. The dot ' +
    'is open then.',
  aboutChange: 'We call something a change only when it is more than chance explains.',
  deviation: (value) => `standard deviation ${value}`,
  wilson: (low, high) => `share that agrees by Wilson ${low} to ${high}`,
  alpha: (value) => `Cronbach’s alpha ${value}`,

  comments: 'In their own words',
  commentsOrder: 'Shuffled, without a name or a date.',
  tooFewBecause: (threshold) =>
    `Figures start at ${threshold} answers. There were not enough to show any without giving away who thinks what.`,
  smallTeamBecause: (threshold, of) =>
    `Figures start at ${threshold} answers. This team has ${of === '1' ? '1 person' : `${of} people`}: ` +
    'a figure would give away who thinks what.',
  incompleteBecause: (answered) => `${answered}, but too few people filled in a whole theme.`,
  talk: 'Talk about it, ten minutes',
  questions: [
    'What did we learn this month that we did not know last month?',
    'Who tried something that did not work? What do we know now?',
    'What will we do differently next month, just once?',
  ],
  countAbove: (above) => `The answers count in ${above}.`,

  notices: {
    'no-round': {
      title: 'No figures yet',
      text:
        'Whoever manages Leerkring starts the rounds. Once the first has closed, you see here how many people ' +
        'answered, the mean of each theme and how sure that is.',
    },
    'signed-out': {
      title: 'You are not signed in',
      text: 'Sign in on this site. After that you see the figures of your team here.',
    },
    'not-in-roster': {
      title: 'You are not in a team yet',
      text: 'Ask whoever manages Leerkring to add you. After that you see the figures of your team here.',
    },
    'not-found': {
      title: 'These figures belong to another team',
      text: 'Only those who are in a team or lead it see its figures.',
    },
  },
};

export default en;
