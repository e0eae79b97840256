import type { GuideTexts } from '../texts.ts';

const en: GuideTexts = {
  part: (number, of) => `Part ${number} of ${of}`,
  team: {
    title: 'Your team',
    why: 'Think of the last three months, and of how it usually goes. What you answer together shows what the team can talk about.',
  },
  leader: {
    title: (leader) => `Trust in ${leader}`,
    why: (leader) => `Whoever leads is often the last to notice whether people feel safe. With your answers together, ${leader} can do something about it.`,
  },
  stop: 'Stop',
  stopTitle: 'You may always stop',
  stopText: 'Nothing of yours is in the ballot box yet. Would you like to go on later, or rather not?',
  stopNotKept: 'Nothing of yours is in the ballot box yet. Your browser keeps nothing here: if you leave, it is gone.',
  stay: 'Go on after all',
  keep: 'Keep for later',
  discard: 'Throw away',
  kept: {
    title: 'Kept for later',
    text: (until) => `What you filled in is in this browser alone. You can go on until ${until}.`,
  },
  discarded: 'Thrown away. Nothing of it is left in this browser.',
  answered: (answered, items) => `You have been through ${answered} of the ${items} statements. You can still look back.`,
  support: 'Is something on your mind? You need not carry it alone: talk to somebody you trust, a colleague or the confidential adviser.',
  forYou: 'Something for yourself',
  forYouText: 'Safety starts small. Choose what appeals to you; what you answered does not matter here.',
};

export default en;
