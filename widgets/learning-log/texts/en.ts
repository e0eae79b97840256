import type { Texts } from '../texts.ts';

const people = (others: number) => `${others} other ${others === 1 ? 'person' : 'people'}`;

const en: Texts = {
  title: 'Learning log',
  kind: 'Kind of entry',
  kinds: {
    insight: ['Insight', 'What did you learn?'],
    mistake: ['Mistake', 'What went wrong, and what did it teach you?'],
    experiment: ['Experiment', 'What did you try, and what came of it?'],
    question: ['Question', 'What would you like to know?'],
    feedback: ['Feedback', 'What were you told, and what do you take from it?'],
  },
  readers: 'Who can read this',
  onlyYou: 'Only you can read this.',
  nobodyYet: 'Choose who can read this. Until then only you can.',
  named: (names, also) => {
    const all = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : (names[0] ?? '');
    return also ? `So can ${all}.` : `${all} can read this.`;
  },
  team: (name, others) =>
    others === 0
      ? `Nobody else is in ${name} yet. Later members can read this.`
      : `${others === undefined ? 'Everybody in' : `The ${people(others)} of`} ${name}, and later members, can read this.`,
  organisation: (name, others) =>
    `${others === undefined ? 'Everybody' : people(others)} at ${name}, and later colleagues, can read this.`,
  leaving: {
    keep: 'If you ever leave, it stays, as from ‘a former colleague’.',
    remove: 'If you ever leave, it goes.',
  },
  share: 'Share',
  more: 'More',
  save: 'Save',
  saveChange: 'Save the change',
  unsaved: 'Not saved yet. We try again as soon as there is a connection.',
};

export default en;
