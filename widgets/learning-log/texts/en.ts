import type { Texts } from '../texts.ts';

const people = (others: number) => `${others} other ${others === 1 ? 'person' : 'people'}`;

const and = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : (names[0] ?? '');

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
  named: (names, also) => (also ? `So can ${and(names)}.` : `${and(names)} can read this.`),
  team: (name, others, leaders) =>
    others === 0
      ? `Nobody else is in ${name} yet. Later members can read this.`
      : `${others === undefined ? 'Everybody in' : `The ${people(others)} of`} ${name}${leaders.length > 0 ? `, ${others === leaders.length ? '' : 'also '}${and(leaders)} who ${leaders.length > 1 ? 'lead' : 'leads'} the team` : ''}, and later members, can read this.`,
  leading: 'Beside your name it says ‘leads this team’.',
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
  saving: 'Saving…',
  unsaved: 'Not saved yet. There is no connection; we keep trying.',
};

export default en;
