import type { Texts } from '../texts.ts';

const nl: Texts = {
  locale: 'nl-NL',

  team: 'Team',
  leader: 'Jij leidt dit team',
  member: 'Jij hoort bij dit team',
  round: 'Ronde',
  closed: (round, date) => `Ronde ${round}, gesloten op ${date}`,

  answered: (n, of) => `${n} van ${of} antwoordden`,
  everyoneAnswered: (n) => `Alle ${n} antwoordden`,
  fewerAnswered: (threshold, of) => `minder dan ${threshold} van ${of} antwoordden`,
  more: (above) =>
    above === null
      ? 'Er waren nog een paar antwoorden: te weinig om te tonen.'
      : `Nog een paar antwoorden tellen alleen mee in ${above}.`,
  legend: 'Stip: het gemiddelde. Band: waar dat van het hele team waarschijnlijk ligt.',
  legendBefore: 'Streepje: de vorige keer.',

  mean: 'Gemiddelde',
  interval: 'waarschijnlijk',
  from: (mean) => `vanaf ${mean}`,
  upTo: (mean) => `tot ${mean}`,
  range: (low, high) => `${low} tot ${high}`,
  agree: (n, of) => `${n} van ${of} eens`,
  nearlyAllAgree: (of) => `Bijna alle ${of} eens`,
  hardlyAnyoneAgrees: (of) => `Bijna niemand van ${of} eens`,
  between: (low, high) => `zeker tussen ${low} en ${high} van het hele team`,
  exactly: (share) => `dat is ${share} van het hele team`,
  atLeast: (share) => `zeker ${share} of meer van het hele team`,
  atMost: (share) => `zeker niet meer dan ${share} van het hele team`,
  census: 'Iedereen antwoordde: alleen de meetfout blijft over.',
  incomplete: 'te weinig volledige antwoorden',
  distribution: ({ unfavourable, neutral, favourable }) =>
    `Verdeling: ${unfavourable} oneens, ${neutral} neutraal, ${favourable} eens.`,
  nearlyAll: {
    unfavourable: 'Verdeling: bijna allemaal oneens.',
    neutral: 'Verdeling: bijna allemaal neutraal.',
    favourable: 'Verdeling: bijna allemaal eens.',
  },

  inMonth: (month) => `in ${month}`,
  onDay: (day) => `op ${day}`,
  higher: (than) => `Hoger dan ${than}`,
  lower: (than) => `Lager dan ${than}`,
  beyondChance: 'meer dan toeval verklaart.',
  noChange: 'Geen verandering die we kunnen vaststellen.',
  firstTime: 'Voor het eerst gevraagd.',
  noEarlierFigure: 'Er is geen eerder cijfer om mee te vergelijken.',

  nextStep: 'Eén volgende stap',
  comments: 'In eigen woorden',
  commentsOrder: 'Door elkaar gehusseld, zonder naam of datum.',

  course: 'Het verloop',
  theme: 'Thema',
  asTable: 'Als tabel',
  tableRound: 'Gesloten',
  tableInterval: 'Waarschijnlijk',
  tableAnswered: 'Antwoorden',
  tooFew: 'te weinig antwoorden',
  chart: (theme) => `Grafiek van ${theme}. De tabel hierboven geeft dezelfde cijfers.`,
  chartFailed: 'De grafiek kon niet worden opgehaald. De tabel geeft dezelfde cijfers.',

  about: 'Over deze cijfers',
  aboutScale: (lowest, highest) =>
    `Het gemiddelde loopt van ${lowest} tot ${highest}. Een stelling die andersom is gesteld, is omgedraaid: hoger is altijd gunstiger.`,
  aboutInterval:
    'De band is een interval van 95 %. Hoe meer mensen van het team antwoordden, hoe smaller de band. De meetfout van de vragen zelf zit er niet in.',
  aboutCertain: '‘Zeker tussen’ rekent met wie niet antwoordde: zij kunnen het allemaal oneens zijn, of allemaal eens.',
  aboutEnds: '‘Vanaf’, ‘tot’ en ‘bijna’ staan er omdat een cijfer nooit verraadt dat iedereen hetzelfde koos.',
  aboutChange: 'We noemen een verandering alleen als die groter is dan wat toeval verklaart.',
  deviation: (value) => `standaardafwijking ${value}`,
  wilson: (low, high) => `aandeel eens volgens Wilson ${low} tot ${high}`,
  alpha: (value) => `Cronbachs alfa ${value}`,

  noFigures: 'Geen cijfers deze ronde',
  tooFewBecause: (threshold, of) =>
    `Minder dan ${threshold} van de ${of} antwoordden. Bij zo weinig mensen zou een cijfer verraden wie wat vindt.`,
  smallTeamBecause: (threshold, of) =>
    `Cijfers zijn er vanaf ${threshold} antwoorden. Dit team telt ${of}: een cijfer zou verraden wie wat vindt.`,
  incompleteBecause: (answered) => `${answered}, maar te weinig mensen vulden een heel thema in.`,
  talk: 'Praat erover, tien minuten',
  questions: [
    'Wat hebben we deze maand geleerd dat we vorige maand niet wisten?',
    'Wie heeft iets geprobeerd dat niet lukte? Wat weten we nu?',
    'Wat doen we volgende maand één keer anders?',
  ],
  countAbove: (above) => `De antwoorden tellen mee bij ${above}.`,

  openUntil: (moment) => `Ronde open tot ${moment}`,
  arriving: 'De ronde is net gesloten',
  ballotsIn: (n, of) => `${n} van ${of} stembiljetten zijn binnen.`,
  fewerIn: (threshold) => `Er zijn nog minder dan ${threshold} stembiljetten binnen.`,
  sealed: 'Tot de sluiting kan niemand ze lezen.',
  resultsAt: (moment) => `De cijfers komen op ${moment}, hier.`,
  ownAnswers: (above) => `Jij leidt dit team. Jouw eigen antwoorden tellen mee bij ${above}.`,

  none: {
    title: 'Nog geen ronde',
    text: 'Wie Leerkring beheert, start de eerste. Na de sluiting staat hier hoeveel mensen antwoordden, het gemiddelde van elk thema en hoe zeker dat is.',
  },
  noneYet: 'Dan staat hier hoeveel mensen antwoordden, het gemiddelde van elk thema en hoe zeker dat is.',
  offline: { title: 'Geen verbinding', text: 'De cijfers konden niet worden opgehaald. Zodra je weer verbinding hebt, halen we ze op.' },
  signedOut: { title: 'Je bent niet aangemeld', text: 'Meld je aan op deze site. Daarna zie je hier de cijfers van je team.' },
  notInRoster: { title: 'Je staat nog niet in een team', text: 'Vraag wie Leerkring beheert om je toe te voegen. Daarna zie je hier de cijfers van je team.' },
  notAllowed: { title: 'Deze cijfers zijn van een ander team', text: 'Alleen wie bij een team hoort of het leidt, ziet de cijfers.' },
  failed: { title: 'De cijfers zijn er even niet', text: 'De server gaf geen goed antwoord. Er is niets kwijt. Probeer het over een minuut opnieuw.' },
  tryAgain: 'Probeer opnieuw',
};

export default nl;
