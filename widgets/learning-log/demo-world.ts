import type { Language, Localized } from '../../src/domain/language.ts';
import type { DemoEntry, DemoWorld } from './demo-server.ts';

/** A made-up organisation that keeps a learning log. */

const RIVIER = { scope: 'team', team: 'rivier' } as const;

const say = (language: Language, nl: string, en: string) => ({ nl, en })[language];

export function world(language: Language): DemoWorld {
  const both = (nl: string, en: string) => say(language, nl, en);
  return {
    organisation: both('Waterzicht', 'Waterview'),
    me: { id: 'mila', name: 'Mila Verbrugge', team: 'rivier' },
    people: [
      { id: 'sam', name: 'Sam Ardal', team: 'rivier' },
      { id: 'noa', name: 'Noa Veldkamp', team: 'rivier' },
      { id: 'joris', name: 'Joris Kwint', team: 'rivier' },
      { id: 'amina', name: 'Amina Zeroual', team: 'rivier' },
      { id: 'tess', name: 'Tess Oosterling', team: 'rivier' },
      { id: 'bo', name: 'Bo Lindeman', team: 'rivier' },
      { id: 'ruben', name: 'Ruben Halewijn' },
      { id: 'samira', name: 'Samira Noordhof', team: 'dijk' },
      { id: 'hugo', name: 'Hugo Nolten', team: 'dijk' },
      { id: 'lotte', name: 'Lotte van Ravenhorst', team: 'dijk' },
      { id: 'eva', name: 'Eva Samsom', team: 'haven' },
    ],
    teams: [
      { id: 'rivier', name: 'Team Rivier', leader: 'ruben' },
      { id: 'dijk', name: 'Team Dijk', leader: 'samira' },
      { id: 'haven', name: 'Team Haven', leader: 'eva' },
    ],
    colleagues: 412,
    leavers: 'keep',
    entries: ENTRIES.map((entry) => entry(language)),
    intentions: [
      { source: 'other', entry: 2, daysAgo: 34, state: 'open' },
      { source: 'own', entry: 0, daysAgo: 6, state: 'open' },
      {
        source: 'own',
        entry: 5,
        daysAgo: 70,
        state: 'tried',
        outcome: both('Het overleg duurt nu twintig minuten, en iedereen komt aan het woord.', 'The meeting now takes twenty minutes, and everybody gets to speak.'),
      },
      { source: 'other', daysAgo: 90, state: 'dropped' },
    ],
    digest: [
      { what: 'trying', entry: 0, people: ['noa'] },
      { what: 'endorsed', entry: 0, people: ['sam', 'ruben'] },
      { what: 'replied', entry: 4, people: ['joris'] },
    ],
    evaluation: [
      { month: '2026-09', figures: { intentions: 11, tried: 7, bound: 'exact' } },
      { month: '2026-08', figures: { intentions: 6, tried: 5, bound: 'at-least' } },
      { month: '2026-07', figures: null },
    ],
  };
}

const ENTRIES: readonly ((language: Language) => DemoEntry)[] = [
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Ik las een bestelling **niet terug** en stuurde veertig dozen naar het verkeerde adres. Teruglezen kost tien seconden.',
        en: 'I did **not read an order back** and sent forty boxes to the wrong address. Reading back takes ten seconds.',
      },
      different: { nl: 'Elke bestelling hardop teruglezen.', en: 'Read every order back aloud.' },
      project: { nl: 'Nieuwe bestellijn', en: 'New order line' },
      tags: { nl: ['bestellen', 'telefoon'], en: ['ordering', 'telephone'] },
    }),
    kind: 'mistake',
    audience: RIVIER,
    daysAgo: 6,
    openedBy: ['sam', 'noa', 'ruben'],
    endorsed: { sam: 'recognise', ruben: 'helped-me' },
  }),
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Ik zei in het overleg te snel dat iets niet kon. Pas later hoorde ik dat Amina het al had uitgeprobeerd. Eerst vragen, dan vinden.',
        en: 'I said in a meeting too soon that something could not be done. Only later I heard that Amina had tried it already. First ask, then judge.',
      },
      tags: { nl: ['overleg'], en: ['meetings'] },
    }),
    by: 'ruben',
    kind: 'mistake',
    audience: RIVIER,
    daysAgo: 8,
    endorsed: { noa: 'recognise' },
  }),
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Twee weken lang begonnen we de dag met één vraag: *waar loop je op vast?* Het kostte zes minuten en scheelde elke dag een paar onnodige mailtjes.\n\n- dag 1 tot 3: stil\n- daarna: steeds iemand met iets kleins\n\nWe gaan ermee door.',
        en: 'For two weeks we began the day with one question: *where are you stuck?* It took six minutes and saved a few needless mails a day.\n\n- days 1 to 3: silence\n- after that: always somebody with something small\n\nWe go on with it.',
      },
      project: { nl: 'Rustige start', en: 'A calm start' },
      tags: { nl: ['overleg', 'dagstart'], en: ['meetings', 'morning'] },
      link: { nl: 'https://voorbeeld.example/dagstart', en: 'https://voorbeeld.example/morning' },
    }),
    by: 'noa',
    kind: 'experiment',
    audience: { scope: 'organisation' },
    daysAgo: 12,
    trying: true,
    endorsed: { mila: 'helped-me', joris: 'want-to-know-more' },
    posts: [
      { by: 'joris', text: say(language, 'Wie stelt de vraag bij jullie?', 'Who asks the question with you?'), daysAgo: 11 },
      { by: 'noa', text: say(language, 'Elke dag iemand anders. Dat hielp het meest.', 'Somebody else each day. That helped most.'), daysAgo: 10 },
      { by: null, text: say(language, 'Wij doen dit op maandag.', 'We do this on Mondays.'), daysAgo: 9 },
    ],
  }),
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Ik merk dat ik vragen uitstel als ik denk dat ik het antwoord al had moeten weten.',
        en: 'I notice that I put off questions when I think I should have known the answer.',
      },
    }),
    daysAgo: 15,
  }),
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Hoe zorgen jullie dat een afspraak met een klant ook bij de volgende dienst bekend is?',
        en: 'How do you make sure that the next shift knows what was agreed with a customer?',
      },
      tags: { nl: ['overdracht'], en: ['handover'] },
    }),
    kind: 'question',
    audience: { scope: 'people', people: ['joris', 'amina', 'tess'] },
    daysAgo: 20,
    openedBy: ['joris', 'amina'],
    helps: [
      {
        kind: 'intervision',
        state: 'facts',
        question: say(language, 'Wat mis ik in onze overdracht?', 'What do I miss in our handover?'),
        people: { joris: 'asked', amina: 'asked', tess: 'declined' },
        posts: [
          { by: 'joris', step: 'facts', parts: [say(language, 'Wie schrijft nu op wat er is afgesproken?', 'Who writes down what was agreed now?')], daysAgo: 18 },
          { by: 'mila', step: 'facts', parts: [say(language, 'Niemand vast. Soms staat het in de mail.', 'Nobody in particular. Sometimes it is in a mail.')], daysAgo: 17 },
        ],
      },
    ],
  }),
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Staand overleggen werkt beter dan zittend: we waren in de helft van de tijd klaar.',
        en: 'Meeting on our feet works better than sitting down: we were done in half the time.',
      },
      different: { nl: 'Het weekoverleg staand doen.', en: 'Hold the weekly meeting standing.' },
      tags: { nl: ['overleg'], en: ['meetings'] },
    }),
    kind: 'experiment',
    audience: RIVIER,
    daysAgo: 70,
    changedDaysAgo: 60,
    openedBy: ['bo'],
  }),
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Een collega zei dat mijn mails te lang zijn om op een telefoon te lezen. Ik begin nu met de vraag, en zet de uitleg eronder.',
        en: 'A colleague told me that my mails are too long to read on a telephone. Now I begin with the question and put the explanation under it.',
      },
      tags: { nl: ['schrijven'], en: ['writing'] },
    }),
    by: 'samira',
    kind: 'feedback',
    audience: { scope: 'people', people: ['mila'] },
    daysAgo: 25,
    helps: [
      {
        kind: 'peer-review',
        state: 'asked',
        question: say(language, 'Klopt dit ook voor jou?', 'Does this hold for you too?'),
        wishDate: '2099-12-11',
        people: { mila: 'asked' },
      },
    ],
  }),
  (language) => ({
    ...both(language, {
      text: {
        nl: 'Wie een nieuw formulier maakt, moet het eerst zelf op een telefoon invullen.',
        en: 'Whoever makes a new form should fill it in on a telephone first.',
      },
      project: { nl: 'Nieuwe bestellijn', en: 'New order line' },
      tags: { nl: ['formulieren'], en: ['forms'] },
    }),
    by: null,
    audience: { scope: 'organisation' },
    daysAgo: 120,
  }),
];

type InBoth = Partial<Record<'text' | 'different' | 'project' | 'link', Localized>> & {
  readonly text: Localized;
  readonly tags?: Localized<string[]>;
};

function both(language: Language, { text, different, project, link, tags }: InBoth): Pick<DemoEntry, 'text' | 'different' | 'project' | 'link' | 'tags'> {
  return {
    text: text[language],
    ...(different && { different: different[language] }),
    ...(project && { project: project[language] }),
    ...(link && { link: link[language] }),
    ...(tags && { tags: tags[language] }),
  };
}
