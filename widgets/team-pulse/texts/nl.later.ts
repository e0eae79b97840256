import type { LaterTexts } from '../texts.ts';

const nl: LaterTexts = {
  noneYet: 'Dan staat hier hoeveel mensen antwoordden, het gemiddelde van elk thema en hoe zeker dat is.',

  spread: 'Verdeling',
  spreadOf: (n) => `Verdeling van de ${n} antwoorden uit delen waar genoeg mensen antwoordden`,
  distribution: ({ unfavourable, neutral, favourable }, about) =>
    `${about ? 'ongeveer ' : ''}${unfavourable} oneens, ${neutral} neutraal, ${favourable} eens`,
  nearlyAll: {
    unfavourable: 'bijna allemaal oneens',
    neutral: 'bijna allemaal neutraal',
    favourable: 'bijna allemaal eens',
  },

  nOf: (n, of) => `${n} van ${of}`,
  course: 'Het verloop',
  theme: 'Thema',
  asTable: 'Als tabel',
  tableRound: 'Gesloten',
  tableInterval: 'Band',
  tableAnswered: 'Aantal',
  tooFew: 'te weinig antwoorden',
  chart: (theme) => `Grafiek van ${theme}. De tabel hierboven geeft dezelfde cijfers.`,
  chartFailed: 'De grafiek kon niet worden opgehaald. De tabel geeft dezelfde cijfers.',

  about: 'Over deze cijfers',
  aboutScale: (lowest, highest) =>
    `Het gemiddelde loopt van ${lowest} tot ${highest}. ` +
    'Een stelling die andersom is gesteld, is omgedraaid: hoger is altijd gunstiger.',
  aboutInterval:
    'De band is een interval van 95%. Hoe meer mensen van het team antwoordden, hoe smaller de band. De meetfout ' +
    'van de vragen zelf zit er niet in.',
  aboutCertain: '‘Zeker tussen’ rekent met wie niet antwoordde: zij kunnen het allemaal oneens zijn, of allemaal eens.',
  aboutEnds:
    '‘Vanaf’, ‘tot’ en ‘bijna’ staan er omdat een cijfer nooit verraadt dat iedereen hetzelfde koos. De stip is ' +
    'dan open.',
  aboutChange: 'We noemen een verandering alleen als die groter is dan wat toeval verklaart.',
  deviation: (value) => `standaardafwijking ${value}`,
  wilson: (low, high) => `aandeel eens volgens Wilson ${low} tot ${high}`,
  alpha: (value) => `Cronbachs alfa ${value}`,

  comments: 'In eigen woorden',
  commentsOrder: 'Door elkaar gehusseld, zonder naam of datum.',
  tooFewBecause: (threshold) =>
    `Cijfers zijn er vanaf ${threshold} antwoorden. Nu waren er niet genoeg om ze te tonen zonder te verraden wie wat vindt.`,
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

  notices: {
    'no-round': {
      title: 'Nog geen cijfers',
      text:
        'Wie Leerkring beheert, start de rondes. Zodra de eerste gesloten is, staat hier hoeveel mensen ' +
        'antwoordden, het gemiddelde van elk thema en hoe zeker dat is.',
    },
    'signed-out': {
      title: 'Je bent niet aangemeld',
      text: 'Meld je aan op deze site. Daarna zie je hier de cijfers van je team.',
    },
    'not-in-roster': {
      title: 'Je staat nog niet in een team',
      text: 'Vraag wie Leerkring beheert om je toe te voegen. Daarna zie je hier de cijfers van je team.',
    },
    'not-found': {
      title: 'Deze cijfers zijn van een ander team',
      text: 'Alleen wie bij een team hoort of het leidt, ziet de cijfers.',
    },
  },
};

export default nl;
