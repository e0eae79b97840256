import type { LaterTexts } from '../later.ts';

const kept = (kept: boolean) =>
  kept ? 'You can safely close this page.' : 'Keep this page open: your browser keeps nothing when you close it.';

const en: LaterTexts = {
  tooFew: (team, reach, threshold, above) =>
    `${team} has ${reach === 1 ? '1 person' : `${reach} people`}, and a team gets figures of its own only from ${threshold} answers on: with fewer they would tell who thinks what. ` +
    (above === null ? 'So there will be no figures of your team.' : `Your answers count in ${above}.`),
  leaderSees: (leader, threshold) =>
    `What you say about ${leader} is for ${leader} alone to see, from ${threshold} answers on.`,
  notKept: 'Your browser keeps nothing here. If you close this page before you send, your answers are gone.',
  chooseFirst: 'Choose an answer first. ‘No answer’ is fine too.',
  hints: {
    name: (found) => `This has a name in it: ${found}. It could tell who somebody is.`,
    date: (found) => `This has a date in it: ${found}. It could tell who somebody is.`,
    phone: (found) => `This has a phone number in it: ${found}. It tells who somebody is.`,
    email: (found) => `This has an e-mail address in it: ${found}. It tells who somebody is.`,
  },
  howSteps: [
    'First your browser asks for a ballot paper in your name. We stamp it through a closed envelope: we never see the paper itself.',
    'Then your ballot goes into the box, without your name and at a moment drawn by lot. We see that the stamp is real, not whose it is.',
    'The box stays locked until the round closes. Nobody looks inside.',
    'After closing only sums are left, and comments where there are enough answers. The ballots, and the list of who took a ballot paper, are deleted.',
  ],
  again: 'Try again',
  toAnswers: 'Back to your answers',
  nothing: (opens) => ({
    title: 'Nothing to answer now',
    text: opens ? `The next round opens ${opens}. You will find it here.` : 'When there is a new round, you will find it here.',
  }),
  notInRoster: {
    title: 'You are not in a team yet',
    text: 'So there is nothing for you to answer. Your administrator can add you to your team.',
  },
  taken: (results) => ({
    title: 'You have used your ballot paper',
    text: `Nobody can see what you answered, and neither can we. ${results} Did you do it on another device, and were you not finished? Open it there.`,
  }),
  failed: {
    offline: {
      title: 'There is no connection',
      text: 'The questions could not be loaded. As soon as there is a connection, we try again.',
    },
    'signed-out': {
      title: 'You are not signed in',
      text: 'Sign in to see what your team would like to know. What you had filled in is not lost.',
    },
    server: { title: 'That did not work', text: 'Our server gave no proper answer. It is not your fault. Try again in a moment.' },
  },
  onItsWay: (seconds) => ({
    title: 'On its way to the ballot box',
    text: `Your answers go into the box within ${seconds} seconds, at a moment drawn by lot. That way nobody can tell by the time that they are yours. You need not wait.`,
  }),
  waiting: {
    offline: (stays) => ({
      title: 'Kept, not sent yet',
      text: `There is no connection. Your answers are in this browser and are sent as soon as possible, once. ${kept(stays)}`,
    }),
    'signed-out': (stays) => ({
      title: 'Kept, not sent yet',
      text: `You are no longer signed in. Sign in again and your answers are sent. ${kept(stays)}`,
    }),
    server: (stays) => ({
      title: 'Kept, not sent yet',
      text: `Our server gives no proper answer now. We keep trying. ${kept(stays)}`,
    }),
  },
  sent: { title: 'In the ballot box', text: 'Nobody can connect your answers to you any more, and neither can we.' },
  results: (when) => `The results come ${when}.`,
  resultsAbove: (above) =>
    above === null ? 'Your team is too small for figures of its own.' : `Your team is too small for figures of its own: your answers count in ${above}.`,
  refused: {
    'other-key': {
      title: 'We send nothing',
      text: 'The key of the ballot box is not the one that this page expects. So we cannot promise that nobody can trace your answers. Nothing was sent. Ask your administrator to check the key.',
    },
    'round-closed': { title: 'The round has closed', text: 'Your answers were not sent, and were deleted from this browser.' },
    'closed-underway': {
      title: 'The round has closed',
      text: 'Your ballot was on its way already. If it arrived in time, it counts; we cannot see that.',
    },
    'paper-taken': {
      title: 'Your ballot paper was taken already',
      text: 'You took your ballot paper for this round in another browser or on another device. So we send nothing here. Not finished there? Then open this page there.',
    },
    'paper-invalid': {
      title: 'The box did not take your ballot',
      text: 'The ballot paper was not recognised, so your answers do not count. It is not your fault. Please tell your administrator.',
    },
    'ballot-differs': {
      title: 'There is a ballot on this ballot paper already',
      text: 'That one counts. What you filled in here was not sent.',
    },
    'not-accepted': {
      title: 'The server did not take your answers',
      text: 'It is not your fault, and your answers are still in this browser. Please tell your administrator.',
    },
  },
};

export default en;
