import type { PulseSurveyTexts } from '../texts.ts';

const duration = (items: number) =>
  items <= 6 ? 'half a minute' : items <= 12 ? 'a minute' : `${Math.ceil(items / 12)} minutes`;

const en: PulseSurveyTexts = {
  lead: (items, closes) => `${items} statements, ${duration(items)}. Closes ${closes}.`,
  progress: (answered, items) => `${answered} of ${items} answered`,
  noAnswer: 'no answer',
  optional: '(optional)',
  whoReads: (comments) =>
    `Your team and its leader can read this, without a name, if there are at least ${comments} answers.`,
  nobodySees: 'Nobody can see what you answer, not even the administrator.',
  whoSees: (team, reach, threshold) =>
    `After closing, ${team} (${reach} people) and its leader see figures of the whole team only, and only from ${threshold} answers on.`,
  tooFew: (team, reach, threshold, above) =>
    `${team} has ${reach === 1 ? '1 person' : `${reach} people`}, and a team gets figures of its own only from ${threshold} answers on: with fewer they would tell who thinks what. ` +
    (above === null ? 'So there will be no figures of your team.' : `Your answers count in ${above}.`),
  how: 'How is that possible?',
  notKept: 'Your browser keeps nothing here. If you close this page before you send, your answers are gone.',
  back: 'Back',
  next: 'Next',
  finish: 'Ready to send',
  unsent: 'No connection. Your answers are still here; we send them as soon as possible.',
  send: 'Send',
  stillOpen: (open) => `${open === 1 ? '1 statement' : `${open} statements`} left open; that is fine.`,
  chooseFirst: 'Choose an answer first. ‘No answer’ is fine too.',
};

export default en;
