import type { GuideTexts } from '../texts.ts';

const en: GuideTexts = {
  part: (number, of) => `Part ${number} of ${of}`,
  team: {
    title: 'Your team',
    why: 'Think of the last three months, and of how it usually goes. What you answer together shows what the team can talk about.',
  },
  leader: {
    title: (leader) => `Trust in ${leader}`,
    why: (leader) => `A leader is the last to notice whether people feel safe. With your answers together, ${leader} can do something about it.`,
  },
  stop: 'Stop',
  stopTitle: 'You may always stop',
  stopText: 'Nothing has been sent. Would you like to go on later, or rather not?',
  stopNotKept: 'Nothing has been sent. Your browser keeps nothing here: if you leave, it is gone.',
  stay: 'Go on after all',
  keep: 'Keep for later',
  discard: 'Throw away',
  kept: {
    title: 'Kept for later',
    text: (until) => `What you filled in is in this browser alone. You can go on until ${until}.`,
  },
  discarded: 'Thrown away. Nothing has been sent.',
  answered: (answered, items) => `You gave ${answered} of the ${items} answers. You can still look back.`,
  support: 'Is something on your mind? You need not carry it alone: talk to somebody you trust, a colleague or the confidential adviser.',
  forYou: 'Something for yourself',
  forYouText: 'Safety starts small. Choose what appeals to you; what you answered does not matter here.',
};

export default en;
