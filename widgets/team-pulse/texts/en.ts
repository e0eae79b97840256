import type { Texts } from '../texts.ts';

const en: Texts = {
  decimalSign: '.',
  thousandsSign: ',',
  weekdays: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
  months: 'January February March April May June July August September October November December',
  shortMonths: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec',
  atTime: (time) => `at ${time}`,

  openUntil: (moment) => `Round open until ${moment}`,
  arriving: 'The round has just closed',
  ballotsIn: (n, of) => `${n} of ${of} ballots are in.`,
  fewerIn: (threshold) => `Fewer than ${threshold} ballots are in so far.`,
  sealed: 'Nobody can read them before it closes.',
  resultsAt: (moment) => `The figures come on ${moment}, here.`,
  ownAnswers: (above) => `You lead this team. Your own answers count in ${above}.`,

  team: 'Team',
  leader: 'You lead this team',
  member: 'You are in this team',
  round: 'Round',
  closed: (round, date) => `Round ${round}, closed on ${date}`,

  answered: (n, of) => `${n} of ${of} answered`,
  completed: (n, of) => `${n} of ${of} filled in the whole of this theme`,
  more: (above) =>
    above === null
      ? 'Answers from a part that is too small are not shown.'
      : `Answers from a part that is too small count only in ${above}.`,
  legend: 'Dot: the mean. Band: where the mean of the whole team probably lies.',
  legendBefore: 'Small line: last time.',

  mean: 'Mean',
  interval: 'probably',
  from: (mean) => `from ${mean}`,
  upTo: (mean) => `up to ${mean}`,
  range: (low, high) => `${low} to ${high}`,
  agree: (n, of) => `${n} of ${of} agree`,
  agreeAbout: (n, of) => `About ${n} of ${of} agree`,
  nearlyAllAgree: (of) => `Nearly all ${of} agree`,
  hardlyAnyoneAgrees: (of) => `Hardly anyone of ${of} agrees`,
  between: (low, high) => `certainly between ${low} and ${high} of the whole team`,
  exactly: (share) => `that is ${share} of the whole team`,
  atLeast: (share) => `certainly ${share} or more of the whole team`,
  atMost: (share) => `certainly no more than ${share} of the whole team`,
  census: 'Everyone answered: only measurement error remains.',
  incomplete: 'too few complete answers',

  inMonth: (month) => `in ${month}`,
  onDay: (day) => `on ${day}`,
  higher: (than) => `Higher than ${than}`,
  lower: (than) => `Lower than ${than}`,
  beyondChance: 'more than chance explains.',
  noChange: 'No change that we can tell.',
  firstTime: 'Asked for the first time.',
  noEarlierFigure: 'There is no earlier figure to compare with.',

  nextStep: 'One next step',

  noFigures: 'No figures this round',

  offline: {
    title: 'No connection',
    text: 'The figures could not be fetched. We fetch them as soon as you are connected again.',
  },
  failed: {
    title: 'The figures are not there right now',
    text: 'The server gave no good answer. Nothing is lost. Try again in a minute.',
  },
  tryAgain: 'Try again',
};

export default en;
