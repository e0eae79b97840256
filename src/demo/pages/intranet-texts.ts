import type { Language, Localized } from '../../domain/language.ts';

/** A news item of the invented organisation. */
export interface NewsItem {
  readonly slug: string;
  /** How many days ago it was written. */
  readonly age: number;
  readonly title: string;
  readonly lead: string;
  readonly body: readonly string[];
}

interface IntranetTexts {
  readonly locale: string;
  readonly skip: string;
  readonly tagline: (organisation: string) => string;
  readonly navigation: string;
  readonly home: string;
  readonly news: string;
  readonly team: string;
  readonly canteen: string;
  readonly otherLanguage: string;
  readonly backToDemo: string;
  readonly signedInAs: string;
  readonly signedOut: string;
  readonly signOut: string;
  readonly chooseWho: string;
  readonly hello: (firstName: string) => string;
  readonly welcome: string;
  readonly pulse: string;
  readonly checkIn: {
    readonly title: string;
    /** On the home page. */
    readonly teaser: string;
    readonly lead: string;
    /** Who asks, and what for. */
    readonly why: string;
    /** Before the link to the team's page. */
    readonly then: string;
  };
  readonly log: {
    /** In the menu, and over the page. */
    readonly title: string;
    readonly lead: string;
    /** What the organisation asks of everyone, and what not. */
    readonly why: string;
  };
  readonly readOn: string;
  readonly moreNews: string;
  readonly agenda: string;
  readonly events: readonly { readonly when: string; readonly what: string; readonly where: string }[];
  readonly canteenLead: string;
  readonly today: string;
  readonly menu: readonly [day: string, dish: string][];
  readonly teamOf: (team: string) => string;
  readonly teamLead: string;
  readonly learning: string;
  readonly safety: string;
  readonly whoIsWho: string;
  readonly leads: string;
  readonly below: string;
  readonly teamSignedOut: string;
  readonly houseRules: string;
  readonly houseRulesText: string;
  readonly footer: string;
  readonly notFound: string;
  readonly notFoundText: string;
  readonly toHome: string;
  readonly items: readonly NewsItem[];
}

const nl: IntranetTexts = {
  locale: 'nl-NL',
  skip: 'Direct naar de inhoud',
  tagline: (organisation) => `het intranet van ${organisation}`,
  navigation: 'Hoofdmenu',
  home: 'Home',
  news: 'Nieuws',
  team: 'Mijn team',
  canteen: 'Kantine',
  otherLanguage: 'English',
  backToDemo: 'Terug naar de demo',
  signedInAs: 'Aangemeld als',
  signedOut: 'Je bent niet aangemeld.',
  signOut: 'Afmelden',
  chooseWho: 'Kies wie je bent',
  hello: (firstName) => `Dag ${firstName}`,
  welcome: 'Welkom op Lichtpunt',
  pulse: 'Vragenlijst',
  checkIn: {
    title: 'Hoe veilig is ons team?',
    teaser: 'De check-in van dit kwartaal: drie minuten, en niemand ziet van wie een antwoord is.',
    lead: 'Elk kwartaal vragen we iedereen hoe veilig het is om iets te zeggen, te vragen en te proberen.',
    why: 'Arjan Slootweg, personeelsadviseur, vraagt het namens de directie en de ondernemingsraad. De aanleiding: twee keer ging er iets mis wat een collega al weken zag aankomen en niet durfde te zeggen.',
    then: 'Is de check-in gesloten, dan staat de uitkomst van je team hier:',
  },
  log: {
    title: 'Leerlogboek',
    lead: 'Wat ging er vandaag anders dan je dacht? Schrijf het op zolang je het nog weet. Een minuut is genoeg.',
    why: 'Wat je opschrijft is van jou en blijft bij jou, tot je zelf kiest met wie je het deelt. Niemand houdt bij hoeveel je schrijft.',
  },
  readOn: 'Lees verder',
  moreNews: 'Meer nieuws',
  agenda: 'Deze week',
  events: [
    { when: 'di en do 15.00', what: 'Rondleiding door hal 3', where: 'Verzamelen bij de afhaalbalie' },
    {
      when: 'wo 12.30',
      what: 'Lunchlezing: een storing uitleggen aan wie hem niet ziet',
      where: 'Kantine, neem je bord mee',
    },
    { when: 'do 16.15', what: 'Terugblik van Transport: drie weken zonder diesel', where: 'Open voor iedereen' },
  ],
  canteenLead: 'Warm van 11.45 tot 13.15 uur, beneden naast hal 1.',
  today: 'vandaag',
  menu: [
    ['maandag', 'Pompoensoep met gember, broodje geroosterde paprika'],
    ['dinsdag', 'Stamppot andijvie met gebakken champignons of rookworst'],
    ['woensdag', 'Roti met kousenband en kip of ei'],
    ['donderdag', 'Lasagne met spinazie, salade van venkel'],
    ['vrijdag', 'Frietvrijdag: met kroket, ook zonder vlees'],
  ],
  teamOf: (team) => `Team ${team}`,
  teamLead: 'Wat we samen doen, en hoe we leren.',
  learning: 'Leren in het team',
  safety: 'Veiligheid in het team',
  whoIsWho: 'Wie is wie',
  leads: 'leidt het team',
  below: 'Teams die hieronder vallen',
  teamSignedOut: 'Meld je aan om je team te zien.',
  houseRules: 'Weekstart',
  houseRulesText: 'Maandag om 8.45 uur, een kwartier, staand. Wie iets vorige week anders deed, vertelt het eerst.',
  footer: 'Lichtpunt wordt gemaakt door team Bedrijfsvoering. Een verzonnen intranet van een verzonnen bedrijf.',
  notFound: 'Deze pagina hebben we niet',
  notFoundText: 'Misschien is hij verhuisd, of klopt het adres niet.',
  toHome: 'Naar de homepagina',
  items: [
    {
      slug: 'hal-3',
      age: 1,
      title: 'Hal 3 is open: warmtepompen staan nu op loopafstand',
      lead: 'Na een verbouwing van zeven maanden ligt de hele voorraad verwarming bij elkaar. Dat scheelt het magazijn elke dag zo’n vier kilometer lopen.',
      body: [
        'Afgelopen donderdag ging de laatste pallet over. De stellingen zijn hoger, de paden breder, en boven elk pad brandt licht dat vanzelf dimt als er niemand is.',
        'De eerste week ging niet alles goed: de etiketten van pad 14 en 41 stonden omgewisseld. Een orderverzamelaar zag het, en sindsdien lopen twee mensen elke nieuwe indeling eerst samen na.',
        'Kom gerust kijken. Op dinsdag en donderdag om 15.00 uur krijg je een rondleiding van twintig minuten.',
      ],
    },
    {
      slug: 'route-7',
      age: 3,
      title: 'Route 7 rijdt als eerste zonder diesel',
      lead: 'De nieuwe bus haalt de ronde langs de kust op één lading, ook met tegenwind.',
      body: [
        'Transport proefde drie weken met een geleende bus. De planning bleek lastiger dan het rijden: laden kost tijd die op het rooster nog niet bestond.',
        'Daarom vertrekt route 7 voortaan om 6.40 uur, tien minuten later dan je gewend bent. In het voorjaar volgen route 3 en 9.',
      ],
    },
    {
      slug: 'inwerken',
      age: 6,
      title: 'Zo werkt de binnendienst nieuwe collega’s in',
      lead: 'Niet meer een map met 80 bladzijden, maar elke middag een half uur meeluisteren en zelf terugvertellen.',
      body: [
        'Wie nieuw is, luistert de eerste twee weken mee met zes verschillende collega’s. Na elk gesprek vertelt de nieuwe collega wat er gebeurde; de ander vult aan.',
        'Het idee kwam uit een terugblik: iedereen bleek de helft van het vak van iemand anders te hebben, en niemand wist meer van wie.',
      ],
    },
  ],
};

const en: IntranetTexts = {
  locale: 'en-GB',
  skip: 'Straight to the content',
  tagline: (organisation) => `the intranet of ${organisation}`,
  navigation: 'Main menu',
  home: 'Home',
  news: 'News',
  team: 'My team',
  canteen: 'Canteen',
  otherLanguage: 'Nederlands',
  backToDemo: 'Back to the demo',
  signedInAs: 'Signed in as',
  signedOut: 'You are not signed in.',
  signOut: 'Sign out',
  chooseWho: 'Choose who you are',
  hello: (firstName) => `Hello ${firstName}`,
  welcome: 'Welcome to Lichtpunt',
  pulse: 'Survey',
  checkIn: {
    title: 'How safe is our team?',
    teaser: 'This quarter’s check-in: three minutes, and nobody sees whose an answer is.',
    lead: 'Every quarter we ask everyone how safe it is to say, ask and try things.',
    why: 'Arjan Slootweg, personnel adviser, asks on behalf of the management and the works council. The reason: twice something went wrong that a colleague had seen coming for weeks and did not dare to say.',
    then: 'Once the check-in is closed, what your team said is here:',
  },
  log: {
    title: 'Learning log',
    lead: 'What went differently today from what you expected? Write it down while you still know. A minute is enough.',
    why: 'What you write is yours and stays with you, until you choose with whom you share it. Nobody keeps count of how much you write.',
  },
  readOn: 'Read on',
  moreNews: 'More news',
  agenda: 'This week',
  events: [
    { when: 'Tue, Thu 15.00', what: 'Tour of hall 3', where: 'Meet at the collection desk' },
    {
      when: 'Wed 12.30',
      what: 'Lunch talk: explaining a fault to someone who cannot see it',
      where: 'Canteen, bring your plate',
    },
    { when: 'Thu 16.15', what: 'Transport looks back: three weeks without diesel', where: 'Open to everyone' },
  ],
  canteenLead: 'Hot from 11.45 to 13.15, downstairs next to hall 1.',
  today: 'today',
  menu: [
    ['Monday', 'Pumpkin soup with ginger, roasted pepper roll'],
    ['Tuesday', 'Endive mash with fried mushrooms or smoked sausage'],
    ['Wednesday', 'Roti with long beans and chicken or egg'],
    ['Thursday', 'Spinach lasagne, fennel salad'],
    ['Friday', 'Chips Friday: with a croquette, also without meat'],
  ],
  teamOf: (team) => `Team ${team}`,
  teamLead: 'What we do together, and how we learn.',
  learning: 'Learning in the team',
  safety: 'Safety in the team',
  whoIsWho: 'Who is who',
  leads: 'leads the team',
  below: 'Teams below this one',
  teamSignedOut: 'Sign in to see your team.',
  houseRules: 'Start of the week',
  houseRulesText:
    'Monday at 8.45, a quarter of an hour, standing. Whoever did something differently last week goes first.',
  footer: 'Lichtpunt is made by the Bedrijfsvoering team. An invented intranet of an invented company.',
  notFound: 'We do not have this page',
  notFoundText: 'Perhaps it has moved, or the address is wrong.',
  toHome: 'To the home page',
  items: [
    {
      slug: 'hal-3',
      age: 1,
      title: 'Hall 3 is open: heat pumps are now within walking distance',
      lead: 'After seven months of building, all heating stock lies together. That saves the warehouse some four kilometres of walking a day.',
      body: [
        'Last Thursday the last pallet moved over. The racks are higher, the aisles wider, and above each aisle hangs light that dims by itself when nobody is there.',
        'Not everything went well in the first week: the labels of aisles 14 and 41 had been swapped. An order picker saw it, and since then two people first walk through every new layout together.',
        'Do come and look. On Tuesdays and Thursdays at 15.00 there is a tour of twenty minutes.',
      ],
    },
    {
      slug: 'route-7',
      age: 3,
      title: 'Route 7 is the first to drive without diesel',
      lead: 'The new van makes the round along the coast on one charge, against the wind too.',
      body: [
        'Transport tried a borrowed van for three weeks. Planning proved harder than driving: charging takes time that was not on the schedule yet.',
        'That is why route 7 now leaves at 6.40, ten minutes later than you are used to. Routes 3 and 9 follow in spring.',
      ],
    },
    {
      slug: 'inwerken',
      age: 6,
      title: 'How inside sales brings new colleagues in',
      lead: 'No more folder of 80 pages, but half an hour of listening in every afternoon, and telling it back.',
      body: [
        'In the first two weeks, a new colleague listens in with six others. After each call the new colleague tells what happened; the other one adds to it.',
        'The idea came out of a reflection: everyone turned out to have half the trade from somebody else, and nobody remembered from whom.',
      ],
    },
  ],
};

export const INTRANET_TEXTS: Localized<IntranetTexts> = { nl, en };

/** A day some days before another, as the intranet writes it. */
export function dayIn(language: Language, now: Date, age: number): string {
  return new Intl.DateTimeFormat(INTRANET_TEXTS[language].locale, {
    day: 'numeric',
    month: 'long',
    timeZone: 'Europe/Amsterdam',
  }).format(new Date(now.getTime() - age * 86_400_000));
}

/** Monday is 0, Sunday 6, where the organisation is. */
export function weekday(now: Date): number {
  const name = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'Europe/Amsterdam' }).format(now);
  return ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name);
}
