import type { Language, Localized } from '../../domain/language.ts';

/** When a round closes, as people of the demo's organisation read a clock. */
export function momentIn(language: Language, moment: Date): string {
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Amsterdam',
  }).format(moment);
}

/** What the card of an instrument's round says of itself. */
export interface RoundTexts {
  readonly close: string;
  readonly why: string;
  readonly start: string;
}

const nl = {
  skip: 'Ga naar de inhoud',
  navigation: 'Leerkring',
  languages: 'Taal',
  front: 'Demo',
  editor: 'Voor redacteurs',
  otherLanguage: 'English',
  foot: (organisation: string) =>
    `Dit is een demo. ${organisation} en alle mensen zijn verzonnen, en iedereen kan zich hier als iedereen aanmelden. In je eigen organisatie meld je je aan zoals je dat al doet.`,
  ballotKeys: 'Openbare stemsleutel',
  api: 'API (OpenAPI)',

  title: 'Leerkring, de demo',
  headline: 'Leerkring laat een team zien of het leert.',
  pitch: [
    'Iedereen antwoordt in een halve minuut. Wie wat antwoordde kan niemand nagaan, ook de beheerder niet.',
    'En elk cijfer zegt erbij hoe zeker het is.',
  ],
  who: 'Wie wil je zijn?',
  whoLead: (organisation: string) =>
    `Je bent te gast bij ${organisation}. Doe deze drie stappen op volgorde en je ziet in drie minuten de hele weg.`,
  step: (nr: number) => `Stap ${nr}:`,
  inTeam: (job: string, team: string) => `${job}, ${team}`,
  leads: (team: string) => `leidt ${team}`,
  be: (name: string) => `Word ${name}`,
  asLeader: (name: string) => `Bekijk het als ${name}`,
  employeeDoes: [
    'Je opent het intranet en antwoordt op vijf stellingen.',
    'Vóór het versturen lees je wie er straks wat ziet.',
    'Daarna kom je hier terug: bovenaan het intranet staat de weg.',
  ],
  leaderDoes: [
    'Je ziet hoeveel van je team antwoordde, en van elk thema het gemiddelde met de marge.',
    'Alleen een verandering die meer is dan toeval heet een verandering.',
    'Je krijgt één volgende stap.',
  ],
  closeWho: (nr: number) => `Ronde ${nr}, van de hele organisatie`,
  pulseRound: {
    close: 'Sluit de ronde',
    why: 'Zolang de ronde open is, ligt alles verzegeld. Wie hem sluit, opent de stembus één keer voor alle teams.',
    start: 'Begin een nieuwe ronde',
  },
  checkIn: {
    title: 'Hoe veilig is het om iets te zeggen?',
    lead: 'Dezelfde weg met een tweede vragenlijst. De organisatie stelt die elk kwartaal: over fouten, hulp vragen en lastige dingen, en over de leidinggevende.',
    answerTitle: 'Doe de check-in',
    answerDoes: (leader: string) => [
      'Hij staat op een eigen pagina van het intranet.',
      `Vooraf lees je wat ${leader} alleen te zien krijgt, en vanaf hoeveel antwoorden.`,
    ],
    answer: (name: string) => `Doe de check-in als ${name}`,
    noRound: 'Er is nu geen check-in open. Begin op de volgende kaart een nieuwe zodra de cijfers er zijn.',
    close: 'Sluit de check-in',
    why: 'Over een leidinggevende komt er pas een cijfer als acht mensen uit het team antwoordden, en alleen die leidinggevende ziet het.',
    start: 'Begin een nieuwe check-in',
    lookTitle: 'Bekijk de uitkomst',
    lookDoes: [
      'Onder de teamkaart over leren staat er een over veiligheid.',
      'Wat het laagst staat, geeft de volgende stap.',
      'Het cijfer over jou als leidinggevende zie jij alleen.',
    ],
    look: (name: string) => `Bekijk de check-in als ${name}`,
  },
  log: {
    title: 'Wat hebben we geleerd?',
    lead: 'In het leerlogboek staat een jaar van fouten, proeven en vragen, in het Nederlands en in het Engels: ieder schrijft zoals hij praat.',
    writeTitle: 'Schrijf iets op',
    writeDoes: [
      'Het is van jou alleen, tot je het deelt. Vóór het bewaren lees je hoeveel mensen het zien.',
      'Een collega vraagt je om mee te lezen, en een groepje wacht op wat jij zou doen.',
      'Van wat je wilde proberen wordt gevraagd: is het gelukt?',
    ],
    write: (name: string) => `Schrijf als ${name}`,
    readTitle: 'Leer als leidinggevende',
    readDoes: (name: string) => [
      'Bij wat je deelt staat dat je het team leidt. Alleen jij ziet hoe lang dat geleden is.',
      `Wat ${name} voor zichzelf schreef, vind je nergens terug.`,
      'Je ziet hoeveel voornemens van je team iets werden, nooit van wie.',
    ],
    read: (name: string) => `Kijk in het leerlogboek als ${name}`,
  },
  ballots: (n: number, of: number) => `${n} van ${of} stembiljetten zijn binnen.`,
  fewBallots: (threshold: number) => `Minder dan ${threshold} stembiljetten zijn binnen.`,
  waitFor: 'Heb je net geantwoord? Je stembiljet komt binnen 20 seconden, met opzet op een willekeurig moment.',
  closesAt: 'Sluit vanzelf',
  resultsAt: 'Cijfers',
  resultsAfter: (seconds: number) =>
    seconds < 120 ? `${seconds} seconden na sluiting` : `${Math.round(seconds / 60)} minuten na sluiting`,
  resultsSoon: (seconds: number) =>
    seconds === 1 ? 'De cijfers komen over 1 seconde.' : `De cijfers komen over ${seconds} seconden.`,
  resultsNow: 'De stembus gaat nu open.',
  closing: 'De ronde is gesloten. Wat nog onderweg was, telt mee.',
  refresh: 'Kijk of de cijfers er zijn',
  released: (nr: number) => `De cijfers van ronde ${nr} zijn er.`,
  releasedMore: 'De stembus is leeg en gewist. Wat bleef, is alleen wat getoond mag worden.',
  others: 'Of kijk met andere ogen',
  editorDoes: 'Je ziet elke widget zoals hij op je site komt, kiest wat erbij hoort en kopieert één stukje HTML.',
  editorGo: 'Naar de pagina voor redacteurs',
  anybody: 'Iemand anders',
  anybodyLead: (count: number) => `Kies uit alle ${count} mensen van de organisatie.`,
  person: 'Persoon',
  leaderMark: 'leidinggevende',
  signIn: 'Meld aan op het intranet',
  noRound: 'Er is nu geen ronde open. Begin bij stap 2 een nieuwe zodra de cijfers er zijn.',
  startRoundWhy: 'Je collega’s antwoorden dan meteen. Wie jij kunt zijn, nog niet.',

  editorPage: 'Zet Leerkring op je eigen site',
  editorPageLead:
    'Kies hoe de widget eruit moet zien, kopieer het stukje HTML en plak het in je pagina. Meer is het niet: geen plug-in, geen cookies, niets van derden.',
  options: 'Keuzes voor alle widgets',
  language: 'Taal',
  languageOf: { page: 'zoals de pagina', nl: 'Nederlands', en: 'Engels' },
  theme: 'Licht of donker',
  themeOf: { page: 'zoals de pagina', light: 'licht', dark: 'donker', auto: 'zoals de lezer instelde' },
  figures: 'Cijfers van',
  pin: 'Leg de stemsleutel vast',
  pinWhy: 'Een widget waarin je antwoordt, verstuurt dan niets als de server ooit een andere sleutel toont.',
  show: 'Laat zien',
  live: (name: string) =>
    `Dit is de echte widget, door de ogen van ${name}, die nog niet antwoordde. Wat je hier verstuurt telt mee in de demo.`,
  liveLook: (name: string) => `Dit is de echte widget, door de ogen van ${name}.`,
  liveNoRound: (name: string) =>
    `Dit is de echte widget, door de ogen van ${name}. Er is nu geen ronde open, dus valt er niets te beantwoorden.`,
  toNewRound: 'Begin een nieuwe ronde op de voorpagina',
  example: 'Voorbeeld',
  snippet: 'Het stukje HTML',
  copy: 'Kopieer',
  copied: 'Gekopieerd',
  copyFailed: 'Kopiëren lukte niet: de tekst is geselecteerd, kopieer die zelf.',
  notes: 'Wat je site ervoor nodig heeft',
  tokenTitle: 'Wie er aangemeld is',
  tokenText: [
    'In `token-url` staat een adres van je eigen site. De widget vraagt het daar op met de aanmelding die je site al heeft, en je site antwoordt `{"token": "..."}`.',
    'Dat token is een JWT van een uitgever die de Leerkring-server vertrouwt. Wie niet is aangemeld krijgt 401, en de widget zegt dat netjes. Het stembiljet zelf gaat altijd zonder token weg.',
  ],
  cspTitle: 'Content Security Policy',
  cspText:
    'Een strenge policy is geen probleem. De server die je site maakt zet bij elk antwoord een nieuwe nonce in de policy en in het `script`:',
  cspWhy: [
    '`script-src`: de nonce, of in plaats daarvan het adres van de Leerkring-server.',
    '`connect-src`: de Leerkring-server, en je eigen site voor het token.',
    '`trusted-types`: alleen `lit-html`, en alleen als je Trusted Types verplicht.',
    'Het adres van je site moet op de server in `CORS_ORIGINS` staan.',
  ],
  colourTitle: 'Je eigen kleuren en letter',
  colourText:
    'Zet ze één keer in je CSS, op de pagina of om de widget heen. Regels van je site komen verder niet in de widget, en andersom ook niet.',
  colourMore: 'Wat je niet zet, houdt de kleur van Leerkring. Let op genoeg contrast: 4,5 voor tekst.',
  notFound: 'Deze pagina is er niet',
  notFoundText: 'Het adres klopt niet, of de pagina is verhuisd.',
  back: 'Naar de voorpagina',
};

export type SiteTexts = typeof nl;

const en: SiteTexts = {
  skip: 'Go to the content',
  navigation: 'Leerkring',
  languages: 'Language',
  front: 'Demo',
  editor: 'For editors',
  otherLanguage: 'Nederlands',
  foot: (organisation) =>
    `This is a demo. ${organisation} and all its people are invented, and here anybody can sign in as anybody. In your own organisation you sign in the way you already do.`,
  ballotKeys: 'Public ballot key',
  api: 'API (OpenAPI)',

  title: 'Leerkring, the demo',
  headline: 'Leerkring shows a team whether it is learning.',
  pitch: [
    'Everyone answers in half a minute. Who answered what, nobody can find out, not even the administrator.',
    'And every figure says how sure it is.',
  ],
  who: 'Who do you want to be?',
  whoLead: (organisation) =>
    `You are a guest at ${organisation}. Take these three steps in order and you see the whole way in three minutes.`,
  step: (nr) => `Step ${nr}:`,
  inTeam: (job, team) => `${job}, ${team}`,
  leads: (team) => `leads ${team}`,
  be: (name) => `Be ${name}`,
  asLeader: (name) => `See it as ${name}`,
  employeeDoes: [
    'You open the intranet and answer five statements.',
    'Before you send, you read who will see what.',
    'Then you come back here: the way is at the top of the intranet.',
  ],
  leaderDoes: [
    'You see how many of your team answered, and for each theme the mean with its margin.',
    'Only a change that is more than chance is called a change.',
    'You get one next step.',
  ],
  closeWho: (nr) => `Round ${nr}, of the whole organisation`,
  pulseRound: {
    close: 'Close the round',
    why: 'While the round is open, everything lies sealed. Closing it opens the ballot box once, for all teams.',
    start: 'Start a new round',
  },
  checkIn: {
    title: 'How safe is it to say something?',
    lead: 'The same way with a second questionnaire. The organisation asks it every quarter: about mistakes, asking for help and awkward things, and about the leader.',
    answerTitle: 'Do the check-in',
    answerDoes: (leader) => [
      'It is on a page of its own on the intranet.',
      `Beforehand you read what only ${leader} gets to see, and from how many answers on.`,
    ],
    answer: (name) => `Do the check-in as ${name}`,
    noRound: 'No check-in is open now. Start a new one on the next card once the figures are there.',
    close: 'Close the check-in',
    why: 'There is a figure about a leader only when eight people of the team answered, and that leader alone sees it.',
    start: 'Start a new check-in',
    lookTitle: 'See what came of it',
    lookDoes: [
      'Below the team card on learning there is one on safety.',
      'What is lowest gives the next step.',
      'The figure about you as a leader is seen by you alone.',
    ],
    look: (name) => `See the check-in as ${name}`,
  },
  log: {
    title: 'What have we learned?',
    lead: 'The learning log holds a year of mistakes, experiments and questions, in Dutch and in English: everyone writes the way they talk.',
    writeTitle: 'Write something down',
    writeDoes: [
      'It is yours alone until you share it. Before you save, you read how many people will see it.',
      'A colleague asks you to read along, and a group is waiting for what you would do.',
      'Of what you wanted to try, you are asked: did it work out?',
    ],
    write: (name) => `Write as ${name}`,
    readTitle: 'Learn as a leader',
    readDoes: (name) => [
      'What you share says that you lead the team. Only you see how long ago that was.',
      `What ${name} wrote for herself, you find nowhere.`,
      'You see how many of your team’s intentions became action, never whose.',
    ],
    read: (name) => `Look into the learning log as ${name}`,
  },
  ballots: (n, of) => `${n} of ${of} ballots are in.`,
  fewBallots: (threshold) => `Fewer than ${threshold} ballots are in.`,
  waitFor: 'Just answered? Your ballot arrives within 20 seconds, at a random moment on purpose.',
  closesAt: 'Closes by itself',
  resultsAt: 'Figures',
  resultsAfter: (seconds) =>
    seconds < 120 ? `${seconds} seconds after closing` : `${Math.round(seconds / 60)} minutes after closing`,
  resultsSoon: (seconds) =>
    seconds === 1 ? 'The figures come in 1 second.' : `The figures come in ${seconds} seconds.`,
  resultsNow: 'The ballot box is being opened.',
  closing: 'The round is closed. What was still on its way counts.',
  refresh: 'See whether the figures are there',
  released: (nr) => `The figures of round ${nr} are there.`,
  releasedMore: 'The ballot box is empty and erased. What is left is only what may be shown.',
  others: 'Or look with other eyes',
  editorDoes: 'You see each widget as it will be on your site, choose what goes with it and copy one snippet of HTML.',
  editorGo: 'To the page for editors',
  anybody: 'Anybody else',
  anybodyLead: (count) => `Choose from all ${count} people of the organisation.`,
  person: 'Person',
  leaderMark: 'leader',
  signIn: 'Sign in to the intranet',
  noRound: 'No round is open now. Start a new one at step 2 once the figures are there.',
  startRoundWhy: 'Your colleagues then answer at once. The people you can be do not yet.',

  editorPage: 'Put Leerkring on your own site',
  editorPageLead:
    'Choose how the widget should look, copy the snippet of HTML and paste it into your page. That is all: no plug-in, no cookies, nothing from third parties.',
  options: 'Choices for all widgets',
  language: 'Language',
  languageOf: { page: 'as the page', nl: 'Dutch', en: 'English' },
  theme: 'Light or dark',
  themeOf: { page: 'as the page', light: 'light', dark: 'dark', auto: 'as the reader prefers' },
  figures: 'Figures of',
  pin: 'Pin the ballot key',
  pinWhy: 'A widget in which people answer then sends nothing if the server ever shows another key.',
  show: 'Show',
  live: (name) =>
    `This is the real widget, through the eyes of ${name}, who has not answered yet. What you send here counts in the demo.`,
  liveLook: (name) => `This is the real widget, through the eyes of ${name}.`,
  liveNoRound: (name) =>
    `This is the real widget, through the eyes of ${name}. No round is open now, so there is nothing to answer.`,
  toNewRound: 'Start a new round on the front page',
  example: 'Example',
  snippet: 'The snippet of HTML',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Copying did not work: the text is selected, copy it yourself.',
  notes: 'What your site needs for it',
  tokenTitle: 'Who is signed in',
  tokenText: [
    'In `token-url` you put an address of your own site. The widget asks there with the sign-in that your site already has, and your site answers `{"token": "..."}`.',
    'That token is a JWT from an issuer that the Leerkring server trusts. Whoever is not signed in gets 401, and the widget says so kindly. The ballot itself always leaves without a token.',
  ],
  cspTitle: 'Content Security Policy',
  cspText:
    'A strict policy is no problem. With every answer, your site’s server puts a new nonce in the policy and in the `script`:',
  cspWhy: [
    '`script-src`: the nonce, or the address of the Leerkring server instead.',
    '`connect-src`: the Leerkring server, and your own site for the token.',
    '`trusted-types`: only `lit-html`, and only if you require Trusted Types.',
    'The address of your site must be in `CORS_ORIGINS` on the server.',
  ],
  colourTitle: 'Your own colours and type',
  colourText:
    'Set them once in your CSS, on the page or around the widget. Otherwise no rule of your site enters the widget, nor the other way round.',
  colourMore: 'What you do not set keeps Leerkring’s colour. Mind the contrast: 4.5 for text.',
  notFound: 'This page does not exist',
  notFoundText: 'The address is wrong, or the page has moved.',
  back: 'To the front page',
};

export const SITE_TEXTS: Localized<SiteTexts> = { nl, en };
