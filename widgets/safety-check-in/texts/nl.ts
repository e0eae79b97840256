import type { SafetyCheckInTexts } from '../texts.ts';

const nl: SafetyCheckInTexts = {
  atEase: (items, closes) => `${items} stellingen, ${items <= 6 ? 'een minuut' : `ongeveer ${Math.round(items / 4)} minuten`}. Neem je tijd: je kunt invullen tot ${closes}.`,
  why: 'Waarom we dit vragen',
  whyText:
    'Een team leert pas als je er iets kunt vragen, iets kunt proberen en kunt zeggen dat iets niet goed gaat. Of dat hier kan, weet alleen jij. Er zijn geen goede of foute antwoorden.',
  parts: 'Wat we vragen',
  aboutTeam: (items) => `${items} stellingen over jullie team`,
  aboutLeader: (items, leader) => `${items} stellingen over vertrouwen in ${leader}, je leidinggevende`,
  mayStop: 'Een stelling overslaan mag. Stoppen mag ook, bij elke stap.',
  begin: 'Beginnen',
  goOn: 'Ga verder',
  noConnection: 'Geen verbinding. Probeer het zo nog eens.',
};

export default nl;
