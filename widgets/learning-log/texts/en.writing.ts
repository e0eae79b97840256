import type { WritingTexts } from '../texts.ts';

const and = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : (names[0] ?? '');

const en: WritingTexts = {
  project: 'Project',
  projectHint: 'Choose a project, or type a new one.',
  tags: 'Tags',
  tagsHint: 'Type a tag, then a comma or Enter.',
  tooManyTags: 'There is room for ten tags.',
  longTag: 'A tag has 40 characters at most.',
  link: 'Link',
  different: 'What I will do differently',
  differentHint: 'After 30 days we ask what came of it. Only you see that question.',
  remove: (name) => `Remove ${name}`,
  removed: (name) => `${name} is removed.`,
  added: (name) => `${name} is added.`,
  kept: (months) => `Entries are kept for ${months === 12 ? '1 year' : months % 12 === 0 ? `${months / 12} years` : `${months} months`}.`,

  onlyMe: 'Only me',
  myTeam: 'My team',
  whichTeam: 'Which team',
  colleagues: 'Colleagues I choose',
  everybody: (organisation) => `Everybody at ${organisation}`,
  findColleague: 'Find a colleague by name',
  alsoColleague: 'A colleague outside the team too',
  noColleague: 'Nobody found by that name.',
  found: (colleagues) => (colleagues === 1 ? '1 colleague found.' : `${colleagues} colleagues found.`),
  searchFailed: 'Searching does not work now. Try again in a moment.',
  sharingWaits: 'You can share as soon as there is a connection.',
  openedBy: (names, many, others) =>
    `${and(names)} ${many ? 'have' : 'has'} opened this already.${others ? ' Others may have read it in the list.' : ''}`,
  openedByNobody: 'Nobody has opened this yet, but others may have read it in the list.',
  formerColleague: 'a former colleague',
  formerColleagues: 'former colleagues',

  left: (characters) => `${characters} characters left.`,
  over: (characters) => `${characters} characters too long. Make it shorter, or make two entries of it.`,
  writeFirst: 'Write something first.',
  nameSomebody: 'Choose at least one colleague.',
  notALink: 'A link begins with https:// or http://.',
  tooLong: 'This is too long to save. Make it shorter.',

  widen: 'Share this?',
  yesShare: 'Yes, share',
  back: 'Back',

  changing: 'You are changing an entry that is there already.',
  leaveIt: 'Leave it as it was',
  restored: 'You wrote this before. It is not saved yet.',
  startAgain: 'Start again',
  drafts: 'Not finished',
  goOn: 'Go on writing',
  discard: 'Throw away',
  discarded: 'Thrown away.',
  takeBack: 'Keep it after all',

  saved: (readers) => `Your entry is saved. ${readers}`,
  savedBefore: (name) => `Saved: ‘${name}’.`,
  waiting: {
    offline: 'Not saved yet. There is no connection; we keep trying.',
    'signed-out': 'Not saved yet: you are not signed in. Sign in on this site and load the page again.',
    'not-in-roster': 'Not saved yet: you are in no team any more. Ask whoever runs Leerkring with you.',
    server: 'Not saved yet: the server gave no good answer. We try again later.',
  },
  waitingHere: 'This browser keeps nothing. Leave this page open.',
  gone: 'Not saved yet: this entry was deleted somewhere else.',
  refused: {
    team: 'Not saved: you are no longer in this team. Choose again who can read this.',
    people: 'Not saved: a colleague you chose is no longer there. Choose again who can read this.',
    other: 'Not saved: the server does not take it like this. Look at what you wrote, and try again.',
  },
  asNew: 'Save as a new entry',
  toForm: 'Change it',
  tryAgain: 'Try again',

  differs: {
    title: 'Two versions of one entry',
    text: 'This entry was changed somewhere else meanwhile. Nothing is lost: choose what should stay.',
  },
  theirs: 'As it is saved',
  mine: 'As you wrote it here',
  takeTheirs: 'Keep what is saved',
  takeMine: 'Take what I wrote here',
  makeOne: 'Make one of both',
  merging: 'Both texts stand under one another. Make one of them and save it.',

  notices: {
    'signed-out': {
      title: 'You are not signed in',
      text: 'Sign in on this site and load the page again. Then you can write here.',
    },
    'not-in-roster': {
      title: 'You are in no team yet',
      text: 'A learning log is for everybody whom the organisation knows. Ask whoever runs Leerkring with you.',
    },
  },
  notKept: 'Your browser keeps nothing here. What is not saved when you leave this page is gone.',
  keptHere: 'What is not saved here yet is kept in this browser, for whoever wrote it.',
  troubles: {
    offline: 'No connection. You can write all the same: what you write is kept here.',
    'signed-out': 'You are not signed in. What you wrote is kept here. Sign in and load the page again.',
    'not-in-roster': 'You are in no team yet, so it cannot be saved. What you wrote is kept here.',
    server: 'The server gives no good answer now. You can write all the same: what you write is kept here.',
  },
};

export default en;
