import type { SafetyCheckInTexts } from '../texts.ts';

const en: SafetyCheckInTexts = {
  atEase: (items, closes) => `${items} statements, ${items <= 6 ? 'a minute' : `about ${Math.round(items / 4)} minutes`}. Take your time: you can answer until ${closes}.`,
  why: 'Why we ask',
  whyText:
    'A team only learns if you can ask a question, try something, and say that something is not going well. Whether that is so here, only you know. There are no right or wrong answers.',
  parts: 'What we ask',
  aboutTeam: (items) => `${items} statements about your team`,
  aboutLeader: (items, leader) => `${items} statements on trust in ${leader}, your leader`,
  mayStop: 'You may skip a statement. You may stop too, at every step.',
  begin: 'Begin',
  goOn: 'Go on',
  noConnection: 'No connection. Try again in a moment.',
};

export default en;
