import type { LaterTexts } from '../later/texts.ts';

const nl: LaterTexts = {
  title: 'Notities',
  lists: { all: 'Alles', mine: 'Van mij', concerning: 'Voor mij bedoeld', intentions: 'Wat ik ga doen' },
  empty: {
    all: 'Hier komen notities van jou en van collega’s die iets met je delen. Begin met één ding dat je deze week leerde.',
    mine: 'Je schreef nog niets. Begin met één ding dat je deze week leerde: eerst alleen voor jezelf, delen kan altijd nog.',
    concerning: 'Hier staat wat collega’s met jou of je team delen, en wat ze je vragen. Deel zelf iets om te beginnen.',
  },
  toFull: 'Alle notities',
  back: 'Terug naar de lijst',
  oneEntry: 'Notitie',
  tryAgain: 'Probeer opnieuw',
  fetching: 'Ophalen…',
  cancel: 'Toch niet',
  newEntries: 'Nieuwe notities',
  today: (time) => `vandaag ${time}`,
  you: 'Jij',
  formerColleague: 'een oud-collega',
  formerColleagues: 'oud-collega’s',

  search: 'Zoeken',
  filters: {
    title: 'Filteren',
    kind: 'Soort',
    project: 'Project',
    tag: 'Label',
    month: 'Maand',
    person: 'Van wie',
    any: 'Alles',
  },
  filtered: ({ search, kind, project, tag, person, month }) =>
    `${kind ?? 'Alles'}${search === undefined ? '' : ` met ‘${search}’`}${project === undefined ? '' : ` over ${project}`}${tag === undefined ? '' : ` met label ${tag}`}${person === undefined ? '' : ` van ${person}`}${month === undefined ? '' : ` uit ${month}`}.`,
  clearFilters: 'Toon alles',
  nothingFound: 'Niets gevonden. Probeer een ander woord of minder filters.',
  still: (what) => `Je ziet nog: ${what}`,
  foundOfPerson: 'De notities van deze collega.',
  foundSome: 'Dit is gevonden.',
  found: (count, n, more) => {
    if (n === 0) return 'Niets gevonden.';
    if (more) return `De nieuwste ${count} notities. Er zijn er meer.`;
    return n === 1 ? '1 notitie.' : `${count} notities.`;
  },

  kinds: { insight: 'Inzicht', mistake: 'Fout', experiment: 'Experiment', question: 'Vraag', feedback: 'Feedback' },
  scopes: { me: 'alleen ik', people: 'gekozen collega’s', team: 'mijn team', organisation: 'iedereen' },
  audience: {
    me: () => 'Alleen jij kunt dit lezen.',
    people: (_team, named) => (named === undefined ? 'Alleen voor wie het gedeeld is.' : `Gedeeld met ${named}.`),
    team: (team, named) => `Gedeeld met ${team}${named === undefined ? '' : `, en met ${named}`}.`,
    organisation: (_team, named) => `Gedeeld met de hele organisatie${named === undefined ? '' : `, en met ${named}`}.`,
  },
  readers: (n, count) => (n === 0 ? 'Nu kan nog niemand anders het lezen.' : n === 1 ? 'Dat is nu 1 ander.' : `Dat zijn nu ${count} anderen.`),
  openedBy: (names) => `Geopend door ${names}.`,
  leadsThis: 'leidt dit team',
  leads: (team) => `leidt ${team}`,
  different: 'Wat ik anders ga doen',
  differentOf: (name) => `Wat ${name} anders gaat doen`,
  link: 'Link',
  project: 'Project',
  tags: 'Labels',
  changedOn: (moment) => `Veranderd: ${moment}.`,
  versions: 'Eerdere versies',
  unreadable: 'Deze tekst is niet meer te lezen: de sleutel waarmee hij bewaard werd, is er niet meer.',
  tombstone: 'Deze notitie is verwijderd. Wat jij eronder schreef, is van jou en staat er nog.',

  copyLink: 'Kopieer link',
  shareLink: 'Deel een link',
  linkCopied: 'Link gekopieerd',
  linkHere: 'Kopiëren mag hier niet. Dit is de link.',
  edit: 'Veranderen',
  delete: 'Verwijderen',
  keep: 'Laat staan',
  deleteNow: 'Ja, verwijderen',
  deleteAsk: (thread) =>
    thread
      ? 'Deze notitie verwijderen? Niemand ziet haar daarna nog. Wat collega’s eronder schreven, blijft voor henzelf staan.'
      : 'Deze notitie verwijderen? Niemand ziet haar daarna nog, en terughalen kan niet.',
  deleted: 'De notitie is verwijderd.',
  notDeleted: 'Niet verwijderd.',

  sayOfIt: 'Zeg er één ding over',
  endorsements: { recognise: 'Herkenbaar', 'helped-me': 'Hielp mij', 'want-to-know-more': 'Wil er meer van weten' },
  endorsedAs: (word) => `Je zei ‘${word}’.`,
  endorsedNoMore: 'Weggehaald.',
  notEndorsed: 'Dat is niet aangekomen. Het staat weer zoals het was.',
  saidBy: (word, names, count) => `${word}, ${count > 1 ? 'zeggen' : 'zegt'} ${names}.`,
  tryThis: 'Dit ga ik proberen',
  onMyList: 'Dit staat op je lijst. Over 30 dagen vragen we wat ervan kwam.',
  onMyListShort: 'op mijn lijst',
  notOnMyList: 'Het staat niet op je lijst: dat is niet aangekomen.',

  replies: 'Reacties',
  reply: 'Jouw reactie',
  send: 'Plaatsen',
  sending: 'Bezig…',
  sent: 'Het staat erbij.',
  notSent: 'Nog niet geplaatst. Wat je schreef, blijft hier bewaard.',
  writeFirst: 'Schrijf eerst iets op.',
  answerAll: 'Beantwoord alle drie de vragen. Kort mag.',
  left: (count) => `Nog ${count} tekens over.`,
  over: (count) => `${count} tekens te lang. Maak het korter.`,
  postGone: 'Deze tekst is verwijderd.',
  deletePostAsk: 'Deze tekst verwijderen? Terughalen kan niet.',
  postDeleted: 'De tekst is verwijderd.',
  takesSaid: 'neemt hieruit mee',

  helpKinds: { 'peer-review': 'Collegiale toets', intervision: 'Intervisie' },
  helpAbout: {
    'peer-review': 'Eén collega leest je notitie en beantwoordt drie korte vragen.',
    intervision:
      'Een paar collega’s denken met je mee, in drie stappen: eerst de feiten, dan wat ieder zou doen, dan wat jij eruit meeneemt.',
  },
  askHelp: 'Vraag hulp',
  askWhom: { 'peer-review': 'Wie vraag je?', intervision: 'Wie denken er mee?' },
  askQuestion: { 'peer-review': 'Waar let je collega op? Je hoeft niets te schrijven.', intervision: 'Wat is je vraag?' },
  askSees: 'Wie je vraagt, kan deze notitie vanaf nu lezen.',
  askMissing: { question: 'Schrijf eerst je vraag op.', people: 'Kies minstens één collega.' },
  wishDate: 'Liefst voor (hoeft niet)',
  wishedBy: (day) => `Liefst voor ${day}.`,
  ask: 'Vragen',
  askedDone: 'Je vraag is gesteld.',
  notAsked: 'Nog niet gevraagd. Wat je schreef, blijft hier bewaard.',
  asked: (people) => `Gevraagd: ${people}.`,
  participant: {
    asked: (name) => name,
    answered: (name) => `${name} (heeft geantwoord)`,
    declined: (name) => `${name} (kan nu niet)`,
  },
  stepOf: (step) => `Stap ${step} van 3`,
  reviewQuestions: ['Wat vind je hier sterk aan?', 'Wat mis je, of zou jij anders doen?', 'Welke vraag of tip geef je mee?'],
  steps: {
    reply: () => ({ labels: ['Jouw reactie'], button: 'Plaatsen', hint: '' }),
    review: () => ({
      labels: ['Wat vind je hier sterk aan?', 'Wat mis je, of zou jij anders doen?', 'Welke vraag of tip geef je mee?'],
      button: 'Antwoord geven',
      hint: '',
    }),
    facts: (mine) =>
      mine
        ? { labels: ['Wat is er gebeurd?'], button: 'Plaatsen', hint: 'Vertel wat er gebeurde en beantwoord vragen. Nog zonder oordeel.' }
        : { labels: ['Wat wil je weten?'], button: 'Plaatsen', hint: 'Vraag alleen naar wat er gebeurde. Adviezen komen zo.' },
    'would-do': () => ({ labels: ['Wat zou jij doen?'], button: 'Plaatsen', hint: '' }),
    takes: () => ({
      labels: ['Wat neem je hieruit mee?'],
      button: 'Afronden',
      hint: 'Hiermee sluit je de vraag af. Je collega’s zien wat je meeneemt.',
    }),
  },
  acts: {
    decline: { label: 'Ik kan nu niet', done: 'Doorgegeven. Een reden is niet nodig.' },
    withdraw: { label: 'Vraag intrekken', done: 'Je vraag is ingetrokken.' },
    'move-on': { label: 'De feiten zijn duidelijk: verder', done: 'Nu schrijft ieder wat hij of zij zou doen.' },
  },
  notDone: 'Dat is niet aangekomen. Er is niets veranderd.',
  standing: {
    ended: 'Afgerond.',
    youWithdrew: 'Je hebt je vraag ingetrokken.',
    withdrawn: (author) => `${author} heeft de vraag ingetrokken. Je hoeft niets meer te doen.`,
    declined: (people, count) => `${people} ${count > 1 ? 'kunnen' : 'kan'} nu niet. Vraag gerust iemand anders.`,
    youDeclined: 'Je liet weten dat het nu niet lukt.',
    reviewWaits: (people) => `${people} is aan de beurt en leest je notitie.`,
    reviewYours: (author) => `${author} vraagt jou om mee te lezen. Jij bent aan de beurt.`,
    answeredYours: (people) => `${people} heeft geantwoord. Jij bent aan de beurt: schrijf op wat je eruit meeneemt.`,
    answeredTheirs: (author) => `Je hebt geantwoord. ${author} is aan de beurt en schrijft op wat het opleverde.`,
    factsYours: 'De feiten. Jij vertelt, je collega’s vragen. Ga verder als alles duidelijk is.',
    factsAsk: (author) => `De feiten. Vraag wat je wilt weten; ${author} vertelt en bepaalt wanneer het verder gaat.`,
    wouldDoTheirs: (waiting) =>
      waiting === undefined
        ? 'Wat ik zou doen. Iedereen heeft geschreven. Jij bent aan de beurt.'
        : `Wat ik zou doen. Aan de beurt: ${waiting}. Afronden kan zodra jij genoeg hebt.`,
    wouldDoYours: 'Wat ik zou doen. Jij bent aan de beurt.',
    wouldDoDone: (author) => `Wat ik zou doen. Jij hebt geschreven; ${author} rondt af.`,
  },

  intentions: {
    dueTitle: 'Hoe liep dit af?',
    open: 'Wat ik ga doen',
    done: 'Wat ervan kwam',
    empty: 'Hier komt wat je anders gaat doen, of van een collega gaat proberen. Kies bij een notitie ‘Dit ga ik proberen’.',
    own: 'Uit je eigen notitie',
    from: (name) => `Van ${name}`,
    fromOther: 'Van een collega',
    entryGone: 'De notitie waar dit uit kwam, is er voor jou niet meer.',
    question: 'Heb je dit geprobeerd, en wat kwam ervan? Je hoeft niets te schrijven.',
    answers: { tried: 'Geprobeerd', 'not-tried': 'Niet geprobeerd', dropped: 'Laat maar' },
    answered: {
      tried: 'Opgeschreven: geprobeerd.',
      'not-tried': 'Opgeschreven: niet geprobeerd.',
      dropped: 'Van je lijst gehaald.',
    },
    states: { open: 'Nog te doen', tried: 'Geprobeerd', 'not-tried': 'Niet geprobeerd', dropped: 'Losgelaten' },
    askedOn: (day) => `Op ${day} vragen we wat ervan kwam.`,
    lookBack: 'Nu al terugkijken',
    more: (count) => `Hierna nog ${count}.`,
    next: (count) => `Volgende (nog ${count})`,
    reopen: 'Anders beantwoorden',
  },
  evaluation: {
    title: 'Wat het team ermee deed',
    team: 'Team',
    figures: (tried, of, bound) =>
      bound === 'exact'
        ? `${tried} van ${of} voornemens werden werkelijkheid.`
        : bound === 'at-least'
          ? `Bijna alle ${of} voornemens werden werkelijkheid.`
          : `Bijna geen van de ${of} voornemens werd werkelijkheid.`,
    tooFew: 'Te weinig om te laten zien.',
    none: (threshold) => `Zodra minstens ${threshold} mensen in een maand een voornemen hadden, staat hier hoeveel daarvan lukten.`,
    earlier: 'Eerdere maanden',
    about: (threshold) => `Vanaf ${threshold} mensen met een voornemen, en nooit per persoon. Een maand telt als de antwoorden er zijn.`,
  },
  digest: {
    title: 'Sinds de vorige keer',
    what: {
      trying: (names, n) => `${names} ${n === 1 ? 'gaat' : 'gaan'} dit proberen.`,
      endorsed: (names, n) => `${names} ${n === 1 ? 'liet' : 'lieten'} een woord voor je achter.`,
      replied: (names, n) => `${names} ${n === 1 ? 'reageerde' : 'reageerden'}.`,
      helped: (names, n) => `${names} ${n === 1 ? 'dacht' : 'dachten'} mee.`,
    },
    dismiss: 'Gelezen',
    lastShared: (team, day) => `Je deelde voor het laatst iets met ${team} op ${day}. Wat leerde je sindsdien? Alleen jij ziet dit.`,
    neverShared: (team) => `Je deelde nog niets met ${team}. Een fout en wat je ervan leerde, is een goed begin. Alleen jij ziet dit.`,
  },
  owning: {
    title: 'Mijn notities meenemen of verwijderen',
    about: 'Alles wat je schreef, is van jou. Neem het mee als pagina om te lezen of af te drukken, of als gegevens (JSON).',
    page: 'Als pagina',
    json: 'Als JSON',
    file: 'leerlogboek',
    exported: 'Het bestand staat bij je downloads.',
    notExported: 'Het bestand is niet gemaakt.',
    deleteAll: 'Alles verwijderen',
    deleteAbout:
      'Al je notities, reacties en voornemens gaan weg, ook wat je deelde. Wat collega’s onder jouw notities schreven, blijft voor henzelf staan. Terughalen kan niet: neem eerst mee wat je wilt houden.',
    typeWord: 'Typ het woord: verwijder',
    word: 'verwijder',
    mistyped: 'Typ het woord precies zo: verwijder.',
    deleteNow: 'Alles verwijderen',
    deleted: 'Alles is verwijderd.',
  },
  export: { title: 'Mijn leerlogboek', posts: 'Wat ik onder notities van anderen schreef', intentions: 'Wat ik ging doen' },
  waits: {
    title: 'Iemand vraagt je hulp',
    yours: (author) => `${author} vraagt je hulp`,
    answer: 'Er is een antwoord: jij bent aan de beurt',
    by: (day) => `liefst voor ${day}`,
    more: (count) => `Nog ${count}, bij ‘Voor mij bedoeld’.`,
  },
  failures: {
    offline: 'Er is geen verbinding. Probeer het opnieuw zodra die er is.',
    'signed-out': 'Je bent niet aangemeld. Meld je aan op deze site en laad de pagina opnieuw.',
    'not-in-roster': 'Je staat nog in geen team. Vraag het aan wie Leerkring bij jullie beheert.',
    'not-found': 'Deze notitie is er niet, of is niet met jou gedeeld.',
    'step-closed': 'Deze stap is intussen voorbij. Open de notitie opnieuw om te zien hoe het ervoor staat.',
    'key-used': 'Een eerdere versie hiervan staat er al. Open de notitie opnieuw om haar te zien.',
    'too-many-requests': 'Dat was even te veel achter elkaar. Wacht een minuut en probeer het opnieuw.',
    'invalid-request': 'De server neemt dit zo niet aan. Maak het korter of kijk het na.',
    internal: 'De server gaf geen goed antwoord. Er is niets kwijt. Probeer het over een minuut opnieuw.',
  },
};

export default nl;
