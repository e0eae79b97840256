import type { LaterTexts } from '../later/texts.ts';

const en: LaterTexts = {
  title: 'Entries',
  lists: { all: 'All', mine: 'Mine', concerning: 'Meant for me', intentions: 'What I set out to do' },
  empty: {
    all: 'Your entries come here, and those that colleagues share with you. Start with one thing that you learned this week.',
    mine: 'You have not written anything yet. Start with one thing that you learned this week: for yourself first, sharing can wait.',
    concerning: 'What colleagues share with you or your team comes here, and what they ask you. Share something to begin.',
  },
  toFull: 'All entries',
  back: 'Back to the list',
  oneEntry: 'Entry',
  tryAgain: 'Try again',
  fetching: 'Fetching…',
  cancel: 'Never mind',
  newEntries: 'New entries',
  today: (time) => `today ${time}`,
  you: 'You',
  formerColleague: 'a former colleague',
  formerColleagues: 'former colleagues',

  search: 'Search',
  filters: {
    title: 'Filter',
    kind: 'Kind',
    project: 'Project',
    tag: 'Tag',
    month: 'Month',
    person: 'Written by',
    any: 'All',
  },
  filtered: ({ search, kind, project, tag, person, month }) =>
    `${kind ?? 'All'}${search === undefined ? '' : ` with ‘${search}’`}${project === undefined ? '' : ` about ${project}`}${tag === undefined ? '' : ` tagged ${tag}`}${person === undefined ? '' : ` by ${person}`}${month === undefined ? '' : ` from ${month}`}.`,
  clearFilters: 'Show all',
  nothingFound: 'Nothing found. Try another word or fewer filters.',
  still: (what) => `You still see: ${what}`,
  foundOfPerson: 'The entries of this colleague.',
  found: (count, n, more) => {
    if (n === 0) return 'Nothing found.';
    if (more) return `The newest ${count} entries. There are more.`;
    return n === 1 ? '1 entry.' : `${count} entries.`;
  },

  kinds: { insight: 'Insight', mistake: 'Mistake', experiment: 'Experiment', question: 'Question', feedback: 'Feedback' },
  scopes: { me: 'only me', people: 'chosen colleagues', team: 'my team', organisation: 'everyone' },
  audience: {
    me: () => 'Only you can read this.',
    people: (_team, named) => (named === undefined ? 'Only for those it was shared with.' : `Shared with ${named}.`),
    team: (team, named) => `Shared with ${team}${named === undefined ? '' : `, and with ${named}`}.`,
    organisation: (_team, named) => `Shared with the whole organisation${named === undefined ? '' : `, and with ${named}`}.`,
  },
  readers: (n, count) => (n === 0 ? 'Nobody else can read it now.' : n === 1 ? 'That is 1 other person now.' : `That is ${count} other people now.`),
  openedBy: (names) => `Opened by ${names}.`,
  leadsThis: 'leads this team',
  leads: (team) => `leads ${team}`,
  different: 'What I will do differently',
  differentOf: (name) => `What ${name} will do differently`,
  link: 'Link',
  project: 'Project',
  tags: 'Tags',
  changedOn: (moment) => `Changed: ${moment}.`,
  versions: 'Earlier versions',
  unreadable: 'This text can’t be read any more: the key that it was kept under is gone.',
  tombstone: 'This entry was deleted. What you wrote under it is yours, and is still here.',

  copyLink: 'Copy link',
  shareLink: 'Share a link',
  linkCopied: 'Link copied',
  linkHere: 'Copying is not allowed here. This is the link.',
  edit: 'Change',
  delete: 'Delete',
  keep: 'Keep it',
  deleteNow: 'Yes, delete',
  deleteAsk: (thread) =>
    thread
      ? 'Delete this entry? Nobody sees it after that. What colleagues wrote under it stays, for themselves.'
      : 'Delete this entry? Nobody sees it after that, and it can’t be brought back.',
  deleted: 'The entry is deleted.',
  notDeleted: 'Not deleted.',

  sayOfIt: 'Say one thing about it',
  endorsements: { recognise: 'I recognise this', 'helped-me': 'Helped me', 'want-to-know-more': 'Want to know more' },
  endorsedAs: (word) => `You said ‘${word}’.`,
  endorsedNoMore: 'Taken back.',
  notEndorsed: 'That did not get through. It is as it was before.',
  saidBy: (word, names, count) => `${word}, ${count > 1 ? 'say' : 'says'} ${names}.`,
  tryThis: 'I will try this',
  onMyList: 'This is on your list. In 30 days we ask what came of it.',
  onMyListShort: 'on my list',
  notOnMyList: 'It is not on your list: that did not get through.',

  replies: 'Replies',
  reply: 'Your reply',
  send: 'Post',
  sending: 'One moment…',
  sent: 'It is there.',
  notSent: 'Not posted yet. What you wrote is kept here.',
  writeFirst: 'Write something first.',
  answerAll: 'Answer all three questions. Short is fine.',
  left: (count) => `${count} characters left.`,
  over: (count) => `${count} characters too long. Make it shorter.`,
  postGone: 'This text was deleted.',
  deletePostAsk: 'Delete this text? It can’t be brought back.',
  postDeleted: 'The text is deleted.',
  takesSaid: 'takes from this',

  helpKinds: { 'peer-review': 'Peer review', intervision: 'Intervision' },
  helpAbout: {
    'peer-review': 'One colleague reads your entry and answers three short questions.',
    intervision:
      'A few colleagues think along with you, in three steps: first the facts, then what each would do, then what you take from it.',
  },
  askHelp: 'Ask for help',
  askWhom: { 'peer-review': 'Whom do you ask?', intervision: 'Who thinks along?' },
  askQuestion: { 'peer-review': 'What should your colleague look at? You need not write anything.', intervision: 'What is your question?' },
  askSees: 'Whoever you ask can read this entry from now on.',
  askMissing: { question: 'Write your question first.', people: 'Choose at least one colleague.' },
  wishDate: 'Preferably by (if you like)',
  wishedBy: (day) => `Preferably by ${day}.`,
  ask: 'Ask',
  askedDone: 'Your question is asked.',
  notAsked: 'Not asked yet. What you wrote is kept here.',
  asked: (people) => `Asked: ${people}.`,
  participant: {
    asked: (name) => name,
    answered: (name) => `${name} (has answered)`,
    declined: (name) => `${name} (can’t right now)`,
  },
  stepOf: (step) => `Step ${step} of 3`,
  reviewQuestions: ['What is strong about this?', 'What is missing, or would you do differently?', 'Which question or tip do you give along?'],
  steps: {
    reply: () => ({ labels: ['Your reply'], button: 'Post', hint: '' }),
    review: () => ({
      labels: ['What is strong about this?', 'What is missing, or would you do differently?', 'Which question or tip do you give along?'],
      button: 'Give your answer',
      hint: '',
    }),
    facts: (mine) =>
      mine
        ? { labels: ['What happened?'], button: 'Post', hint: 'Tell what happened and answer questions. No judgement yet.' }
        : { labels: ['What do you want to know?'], button: 'Post', hint: 'Only ask about what happened. Advice comes next.' },
    'would-do': () => ({ labels: ['What would you do?'], button: 'Post', hint: '' }),
    takes: () => ({
      labels: ['What do you take from this?'],
      button: 'Finish',
      hint: 'This closes your question. Your colleagues see what you take from it.',
    }),
  },
  acts: {
    decline: { label: 'I can’t right now', done: 'Passed on. No reason needed.' },
    withdraw: { label: 'Withdraw the question', done: 'Your question is withdrawn.' },
    'move-on': { label: 'The facts are clear: go on', done: 'Now everyone writes what they would do.' },
  },
  notDone: 'That did not get through. Nothing has changed.',
  standing: {
    ended: 'Finished.',
    youWithdrew: 'You withdrew your question.',
    withdrawn: (author) => `${author} withdrew the question. You need not do anything.`,
    declined: (people, count) => `${people} ${count > 1 ? 'have' : 'has'} passed this time. Feel free to ask somebody else.`,
    youDeclined: 'You let them know that you can’t right now.',
    reviewWaits: (people) => `It is the turn of ${people}, who reads your entry.`,
    reviewYours: (author) => `${author} asks you to read along. It is your turn.`,
    answeredYours: (people) => `${people} has answered. It is your turn: write down what you take from it.`,
    answeredTheirs: (author) => `You have answered. It is the turn of ${author}, who writes down what came of it.`,
    factsYours: 'The facts. You tell, your colleagues ask. Go on when everything is clear.',
    factsAsk: (author) => `The facts. Ask what you want to know; ${author} tells, and decides when it goes on.`,
    wouldDoTheirs: (waiting) =>
      waiting === undefined
        ? 'What I would do. Everyone has written. It is your turn.'
        : `What I would do. Now writing: ${waiting}. You can finish as soon as you have enough.`,
    wouldDoYours: 'What I would do. It is your turn.',
    wouldDoDone: (author) => `What I would do. You have written; ${author} finishes.`,
  },

  intentions: {
    dueTitle: 'How did this go?',
    open: 'What I set out to do',
    done: 'What came of it',
    empty: 'What you will do differently comes here, or will try of a colleague’s. Choose ‘I will try this’ at an entry.',
    own: 'From your own entry',
    from: (name) => `From ${name}`,
    fromOther: 'From a colleague',
    entryGone: 'The entry that this came from is not there for you any more.',
    question: 'Did you try this, and what came of it? You need not write anything.',
    answers: { tried: 'Tried', 'not-tried': 'Not tried', dropped: 'Drop it' },
    answered: { tried: 'Written down: tried.', 'not-tried': 'Written down: not tried.', dropped: 'Taken off your list.' },
    states: { open: 'To do', tried: 'Tried', 'not-tried': 'Not tried', dropped: 'Dropped' },
    askedOn: (day) => `On ${day} we ask what came of it.`,
    lookBack: 'Look back now',
    more: (count) => `${count} more after this.`,
    next: (count) => `Next (${count} more)`,
    reopen: 'Answer differently',
  },
  evaluation: {
    title: 'What the team did with it',
    team: 'Team',
    figures: (tried, of, bound) =>
      bound === 'exact'
        ? `${tried} of ${of} intentions became action.`
        : bound === 'at-least'
          ? `Nearly all of ${of} intentions became action.`
          : `Hardly any of ${of} intentions became action.`,
    tooFew: 'Too few to show.',
    none: (threshold) => `Once at least ${threshold} people had an intention in a month, you see here how many of them became action.`,
    earlier: 'Earlier months',
    about: (threshold) => `From ${threshold} people with an intention on, and never per person. A month counts once the answers are in.`,
  },
  digest: {
    title: 'Since last time',
    what: {
      trying: (names, n) => `${names} ${n === 1 ? 'is' : 'are'} going to try this.`,
      endorsed: (names, _n) => `${names} left you a word.`,
      replied: (names, _n) => `${names} replied.`,
      helped: (names, _n) => `${names} thought along.`,
    },
    dismiss: 'Got it',
    lastShared: (team, day) => `You last shared something with ${team} on ${day}. What have you learned since? Only you see this.`,
    neverShared: (team) => `You have not shared anything with ${team} yet. A mistake and what it taught you is a good start. Only you see this.`,
  },
  owning: {
    title: 'Take along or delete my entries',
    about: 'All that you wrote is yours. Take it along as a page to read or print, or as data (JSON).',
    page: 'As a page',
    json: 'As JSON',
    file: 'learning-log',
    exported: 'The file is among your downloads.',
    notExported: 'The file was not made.',
    deleteAll: 'Delete everything',
    deleteAbout:
      'All your entries, replies and intentions go, what you shared too. What colleagues wrote under your entries stays, for themselves. It can’t be brought back: first take along what you want to keep.',
    typeWord: 'Type the word: delete',
    word: 'delete',
    mistyped: 'Type the word exactly like this: delete.',
    deleteNow: 'Delete everything',
    deleted: 'Everything is deleted.',
  },
  export: { title: 'My learning log', posts: 'What I wrote under entries of others', intentions: 'What I set out to do' },
  waits: {
    title: 'Somebody asks for your help',
    yours: (author) => `${author} asks for your help`,
    answer: 'There is an answer: it is your turn',
    by: (day) => `preferably by ${day}`,
    more: (count) => `${count} more, under ‘Meant for me’.`,
  },
  failures: {
    offline: 'There is no connection. Try again as soon as there is.',
    'signed-out': 'You are not signed in. Sign in on this site and load the page again.',
    'not-in-roster': 'You are in no team yet. Ask whoever manages Leerkring.',
    'not-found': 'This entry is not there, or is not shared with you.',
    'step-closed': 'This step is over by now. Open the entry again to see how it stands.',
    'key-used': 'An earlier version of this is already there. Open the entry again to see it.',
    'too-many-requests': 'That was a bit much at once. Wait a minute and try again.',
    'invalid-request': 'The server does not accept this as it is. Make it shorter, or look it over.',
    internal: 'The server gave no good answer. Nothing is lost. Try again in a minute.',
  },
};

export default en;
