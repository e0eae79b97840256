import type { WritingTexts } from '../texts.ts';

const and = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} en ${names.at(-1) ?? ''}` : (names[0] ?? '');

const nl: WritingTexts = {
  project: 'Project',
  projectHint: 'Kies een project, of typ een nieuw.',
  tags: 'Labels',
  tagsHint: 'Typ een label, en dan een komma of Enter.',
  tooManyTags: 'Meer dan tien labels kan niet.',
  longTag: 'Een label heeft niet meer dan 40 tekens.',
  link: 'Link',
  different: 'Wat ik anders ga doen',
  differentHint: 'Na 30 dagen vragen we wat ervan kwam. Alleen jij ziet die vraag.',
  remove: (name) => `${name} weghalen`,
  removed: (name) => `${name} is weggehaald.`,
  added: (name) => `${name} staat erbij.`,
  kept: (months) => `Notities blijven ${months % 12 === 0 ? `${months / 12} jaar` : `${months} maanden`} bewaard.`,

  onlyMe: 'Alleen ik',
  myTeam: 'Mijn team',
  whichTeam: 'Welk team',
  colleagues: 'Collega’s die ik kies',
  everybody: (organisation) => `Iedereen bij ${organisation}`,
  findColleague: 'Zoek een collega op naam',
  alsoColleague: 'Ook een collega buiten het team',
  noColleague: 'Niemand gevonden met die naam.',
  found: (colleagues) => (colleagues === 1 ? '1 collega gevonden.' : `${colleagues} collega’s gevonden.`),
  searchFailed: 'Zoeken lukt nu niet. Probeer het zo nog eens.',
  sharingWaits: 'Delen kan zodra er verbinding is.',
  openedBy: (names, many, others) =>
    `${and(names)} ${many ? 'hebben' : 'heeft'} dit al geopend.${others ? ' In de lijst kunnen ook anderen het al gelezen hebben.' : ''}`,
  openedByNobody: 'Niemand heeft dit al geopend, maar in de lijst kunnen anderen het al gelezen hebben.',
  formerColleague: 'een oud-collega',
  formerColleagues: 'oud-collega’s',

  left: (characters) => `Nog ${characters} tekens over.`,
  over: (characters) => `${characters} tekens te lang. Maak het korter, of maak er twee notities van.`,
  writeFirst: 'Schrijf eerst iets op.',
  nameSomebody: 'Kies minstens één collega.',
  notALink: 'Een link begint met https:// of http://.',
  tooLong: 'Dit is te lang om op te slaan. Maak het korter.',

  widen: 'Dit delen?',
  yesShare: 'Ja, delen',
  back: 'Terug',

  changing: 'Je verandert een notitie die er al is.',
  leaveIt: 'Niet veranderen',
  restored: 'Dit schreef je eerder. Het is nog niet opgeslagen.',
  startAgain: 'Opnieuw beginnen',
  drafts: 'Nog niet af',
  goOn: 'Verder schrijven',
  discard: 'Weggooien',
  discarded: 'Weggegooid.',
  takeBack: 'Toch houden',

  saved: (readers) => `Je notitie is opgeslagen. ${readers}`,
  savedBefore: (name) => `Opgeslagen: ‘${name}’.`,
  waiting: {
    offline: 'Nog niet opgeslagen. Er is geen verbinding; we blijven het proberen.',
    'signed-out': 'Nog niet opgeslagen: je bent niet aangemeld. Meld je aan op deze site en laad de pagina opnieuw.',
    'not-in-roster': 'Nog niet opgeslagen: je staat in geen team meer. Vraag het aan wie Leerkring bij jullie beheert.',
    server: 'Nog niet opgeslagen: de server gaf geen goed antwoord. We proberen het later opnieuw.',
  },
  waitingHere: 'Deze browser bewaart niets. Laat deze pagina open.',
  gone: 'Nog niet opgeslagen: deze notitie is ergens anders verwijderd.',
  refused: {
    team: 'Niet opgeslagen: je hoort niet meer bij dit team. Kies opnieuw wie dit mag lezen.',
    people: 'Niet opgeslagen: een collega die je koos, is er niet meer. Kies opnieuw wie dit mag lezen.',
    other: 'Niet opgeslagen: de server neemt dit zo niet aan. Kijk na wat je schreef, en probeer het opnieuw.',
  },
  asNew: 'Opslaan als nieuwe notitie',
  toForm: 'Aanpassen',
  tryAgain: 'Probeer opnieuw',

  differs: {
    title: 'Twee versies van één notitie',
    text: 'Deze notitie is intussen ergens anders veranderd. Er is niets kwijt: kies wat er moet blijven staan.',
  },
  theirs: 'Zoals opgeslagen',
  mine: 'Zoals je het hier schreef',
  takeTheirs: 'Houd wat is opgeslagen',
  takeMine: 'Neem wat ik hier schreef',
  makeOne: 'Maak er één van',
  merging: 'Beide teksten staan onder elkaar. Maak er één van en sla op.',

  notices: {
    'signed-out': {
      title: 'Je bent niet aangemeld',
      text: 'Meld je aan op deze site en laad de pagina opnieuw. Dan kun je hier schrijven.',
    },
    'not-in-roster': {
      title: 'Je staat nog in geen team',
      text: 'Een leerlogboek is er voor wie in de organisatie bekend is. Vraag het aan wie Leerkring bij jullie beheert.',
    },
  },
  notKept: 'Je browser bewaart hier niets. Wat niet is opgeslagen als je deze pagina verlaat, is weg.',
  keptHere: 'Wat hier nog niet is opgeslagen, blijft bewaard in deze browser, voor wie het schreef.',
  troubles: {
    offline: 'Geen verbinding. Schrijven kan gewoon: wat je schrijft, blijft hier bewaard.',
    'signed-out': 'Je bent niet aangemeld. Wat je schreef, blijft hier bewaard. Meld je aan en laad de pagina opnieuw.',
    'not-in-roster': 'Je staat nog in geen team, dus opslaan kan niet. Wat je schreef, blijft hier bewaard.',
    server: 'De server geeft nu geen goed antwoord. Schrijven kan gewoon: wat je schrijft, blijft hier bewaard.',
  },
};

export default nl;
