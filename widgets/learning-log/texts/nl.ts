import type { Texts } from '../texts.ts';

const people = (others: number) => `${others} ${others === 1 ? 'andere persoon' : 'anderen'}`;

const and = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} en ${names.at(-1) ?? ''}` : (names[0] ?? '');

const nl: Texts = {
  title: 'Leerlogboek',
  kind: 'Soort notitie',
  kinds: {
    insight: ['Inzicht', 'Wat heb je geleerd?'],
    mistake: ['Fout', 'Wat ging er mis, en wat leerde je ervan?'],
    experiment: ['Experiment', 'Wat probeerde je, en wat kwam eruit?'],
    question: ['Vraag', 'Wat wil je weten?'],
    feedback: ['Feedback', 'Wat kreeg je te horen, en wat neem je ervan mee?'],
  },
  readers: 'Wie kan dit lezen',
  onlyYou: 'Alleen jij kunt dit lezen.',
  nobodyYet: 'Kies wie dit mag lezen. Tot dan lees alleen jij het.',
  named: (names, also) => `${also ? 'Ook ' : ''}${and(names)} ${names.length > 1 ? 'kunnen' : 'kan'} dit lezen.`,
  team: (name, others, leaders) =>
    others === 0
      ? `Er zit nog niemand anders in ${name}. Wie erbij komt, kan dit lezen.`
      : `${others === undefined ? 'Iedereen in' : others === 1 ? 'De andere persoon van' : `De ${others} anderen van`} ${name}${leaders.length > 0 ? `, ${others === leaders.length ? '' : 'ook '}${and(leaders)} die het team ${leaders.length > 1 ? 'leiden' : 'leidt'}` : ''}, en wie erbij komt, ${others === undefined || others === 1 ? 'kan' : 'kunnen'} dit lezen.`,
  leading: 'Bij je naam staat ‘leidt dit team’.',
  organisation: (name, others) =>
    others === undefined
      ? `Iedereen bij ${name}, en wie erbij komt, kan dit lezen.`
      : `${people(others)} bij ${name}, en wie erbij komt, ${others === 1 ? 'kan' : 'kunnen'} dit lezen.`,
  leaving: {
    keep: 'Vertrek je ooit, dan blijft het staan, als van ‘een oud-collega’.',
    remove: 'Vertrek je ooit, dan gaat het weg.',
  },
  share: 'Delen',
  more: 'Meer',
  save: 'Opslaan',
  saveChange: 'Wijziging opslaan',
  saving: 'Opslaan…',
  unsaved: 'Nog niet opgeslagen. Er is geen verbinding; we blijven het proberen.',
};

export default nl;
