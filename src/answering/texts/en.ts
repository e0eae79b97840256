import type { AnsweringTexts } from '../texts.ts';

const duration = (items: number) =>
  items <= 6 ? 'half a minute' : items <= 12 ? 'a minute' : `${Math.ceil(items / 12)} minutes`;

const en: AnsweringTexts = {
  lead: (items, closes) => `${items} statements, ${duration(items)}.${closes && ` Closes ${closes}.`}`,
  progress: (answered, items) => `${answered} of ${items} answered`,
  noAnswer: 'no answer',
  optional: '(optional)',
  whoReads: ({ reach, commentThreshold: least, above }) =>
    reach >= least
      ? `Your team and its leader can read this, without a name, from ${least} answers on${above === null ? '' : `; with fewer, ${above} reads it`}.`
      : above === null
        ? `Nobody will read this: that takes ${least} answers.`
        : `Your team is too small for this: ${above} can read it, without a name, from ${least} answers on.`,
  nobodySees: 'Nobody can see what you answer, not even the administrator.',
  whoSees: (team, reach, threshold) =>
    `After closing, ${team} (${reach} people) and its leader see figures of the whole team only, and only from ${threshold} answers on.`,
  how: 'How is that possible?',
  back: 'Back',
  next: 'Next',
  finish: 'Ready to send',
  unsent: 'No connection. Your answers are still here; we send them as soon as possible.',
  send: 'Send',
  stillOpen: (open) => `${open === 1 ? '1 statement' : `${open} statements`} left open; that is fine.`,
};

export default en;
