import type { Texts } from '../texts.ts';

const en: Texts = {
  locale: 'en-GB',

  team: 'Team',
  leader: 'You lead this team',
  member: 'You are in this team',
  round: 'Round',
  closed: (round, date) => `Round ${round}, closed on ${date}`,

  answered: (n, of) => `${n} of ${of} answered`,
  everyoneAnswered: (n) => `All ${n} answered`,
  fewerAnswered: (threshold, of) => `fewer than ${threshold} of ${of} answered`,
  more: (above) =>
    above === null
      ? 'There were a few more answers: too few to show.'
      : `A few more answers count only in ${above}.`,
  legend: 'Dot: the mean. Band: where the mean of the whole team probably lies.',
  legendBefore: 'Small line: last time.',

  mean: 'Mean',
  interval: 'probably',
  from: (mean) => `from ${mean}`,
  upTo: (mean) => `up to ${mean}`,
  range: (low, high) => `${low} to ${high}`,
  agree: (n, of) => `${n} of ${of} agree`,
  nearlyAllAgree: (of) => `Nearly all ${of} agree`,
  hardlyAnyoneAgrees: (of) => `Hardly anyone of ${of} agrees`,
  between: (low, high) => `certainly between ${low} and ${high} of the whole team`,
  exactly: (share) => `that is ${share} of the whole team`,
  atLeast: (share) => `certainly ${share} or more of the whole team`,
  atMost: (share) => `certainly no more than ${share} of the whole team`,
  census: 'Everyone answered: only measurement error remains.',
  incomplete: 'too few complete answers',
  distribution: ({ unfavourable, neutral, favourable }) =>
    `Spread: ${unfavourable} disagree, ${neutral} neutral, ${favourable} agree.`,
  nearlyAll: {
    unfavourable: 'Spread: nearly all disagree.',
    neutral: 'Spread: nearly all neutral.',
    favourable: 'Spread: nearly all agree.',
  },

  inMonth: (month) => `in ${month}`,
  onDay: (day) => `on ${day}`,
  higher: (than) => `Higher than ${than}`,
  lower: (than) => `Lower than ${than}`,
  beyondChance: 'more than chance explains.',
  noChange: 'No change that we can tell.',
  firstTime: 'Asked for the first time.',
  noEarlierFigure: 'There is no earlier figure to compare with.',

  nextStep: 'One next step',
  comments: 'In their own words',
  commentsOrder: 'Shuffled, without a name or a date.',

  course: 'Over the rounds',
  theme: 'Theme',
  asTable: 'As a table',
  tableRound: 'Closed',
  tableInterval: 'Probably',
  tableAnswered: 'Answers',
  tooFew: 'too few answers',
  chart: (theme) => `Chart of ${theme}. The table above has the same figures.`,
  chartFailed: 'The chart could not be fetched. The table has the same figures.',

  about: 'About these figures',
  aboutScale: (lowest, highest) =>
    `The mean runs from ${lowest} to ${highest}. A statement that was put the other way round has been turned: higher is always more favourable.`,
  aboutInterval:
    'The band is a 95 % interval. The more of the team answered, the narrower it is. The error of the questions themselves is not in it.',
  aboutCertain: '‘Certainly between’ counts those who did not answer: they may all disagree, or all agree.',
  aboutEnds: '‘From’, ‘up to’ and ‘nearly’ are there because a figure never tells that everyone chose the same.',
  aboutChange: 'We call something a change only when it is more than chance explains.',
  deviation: (value) => `standard deviation ${value}`,
  wilson: (low, high) => `share that agrees by Wilson ${low} to ${high}`,
  alpha: (value) => `Cronbach’s alpha ${value}`,

  noFigures: 'No figures this round',
  tooFewBecause: (threshold, of) =>
    `Fewer than ${threshold} of the ${of} answered. With so few people, a figure would give away who thinks what.`,
  smallTeamBecause: (threshold, of) =>
    `Figures start at ${threshold} answers. This team has ${of} people: a figure would give away who thinks what.`,
  incompleteBecause: (answered) => `${answered}, but too few people filled in a whole theme.`,
  talk: 'Talk about it, ten minutes',
  questions: [
    'What did we learn this month that we did not know last month?',
    'Who tried something that did not work? What do we know now?',
    'What will we do differently next month, just once?',
  ],
  countAbove: (above) => `The answers count in ${above}.`,

  openUntil: (moment) => `Round open until ${moment}`,
  arriving: 'The round has just closed',
  ballotsIn: (n, of) => `${n} of ${of} ballots are in.`,
  fewerIn: (threshold) => `Fewer than ${threshold} ballots are in so far.`,
  sealed: 'Nobody can read them before it closes.',
  resultsAt: (moment) => `The figures come on ${moment}, here.`,
  ownAnswers: (above) => `You lead this team. Your own answers count in ${above}.`,

  none: {
    title: 'No round yet',
    text: 'Whoever manages Leerkring starts the first one. Once it has closed, you see here how many people answered, the mean of each theme and how sure that is.',
  },
  noneYet: 'Then you see here how many people answered, the mean of each theme and how sure that is.',
  offline: { title: 'No connection', text: 'The figures could not be fetched. We fetch them as soon as you are connected again.' },
  signedOut: { title: 'You are not signed in', text: 'Sign in on this site. After that you see the figures of your team here.' },
  notInRoster: { title: 'You are not in a team yet', text: 'Ask whoever manages Leerkring to add you. After that you see the figures of your team here.' },
  notAllowed: { title: 'These figures belong to another team', text: 'Only those who are in a team or lead it see its figures.' },
  failed: { title: 'The figures are not there right now', text: 'The server gave no good answer. Nothing is lost. Try again in a minute.' },
  tryAgain: 'Try again',
};

export default en;
