import type { Texts } from '../texts.ts';

const nl: Texts = {
  decimalSign: ',',
  thousandsSign: '.',
  weekdays: 'zondag maandag dinsdag woensdag donderdag vrijdag zaterdag',
  months: 'januari februari maart april mei juni juli augustus september oktober november december',
  shortMonths: 'jan feb mrt apr mei jun jul aug sep okt nov dec',
  atTime: (time) => `om ${time}`,

  openUntil: (moment) => `Ronde open tot ${moment}`,
  arriving: 'De ronde is net gesloten',
  ballotsIn: (n, of) => `${n} van ${of} stembiljetten zijn binnen.`,
  fewerIn: (threshold) => `Er zijn nog minder dan ${threshold} stembiljetten binnen.`,
  sealed: 'Tot de sluiting kan niemand ze lezen.',
  resultsAt: (moment) => `De cijfers komen op ${moment}, hier.`,
  ownAnswers: (above) => `Jij leidt dit team. Jouw eigen antwoorden tellen mee bij ${above}.`,

  team: 'Team',
  leader: 'Jij leidt dit team',
  member: 'Jij hoort bij dit team',
  round: 'Ronde',
  closed: (round, date) => `Ronde ${round}, gesloten op ${date}`,

  answered: (n, of) => `${n} van ${of} antwoordden`,
  completed: (n, of) => `${n} van ${of} vulden dit thema helemaal in`,
  more: (above) =>
    above === null
      ? 'Antwoorden uit een deel dat te klein is, zijn niet te zien.'
      : `Antwoorden uit een deel dat te klein is, tellen alleen mee in ${above}.`,
  legend: 'Stip: het gemiddelde. Band: waar dat van het hele team waarschijnlijk ligt.',
  legendBefore: 'Streepje: de vorige keer.',

  mean: 'Gemiddelde',
  interval: 'waarschijnlijk',
  from: (mean) => `vanaf ${mean}`,
  upTo: (mean) => `tot ${mean}`,
  range: (low, high) => `${low} tot ${high}`,
  agree: (n, of) => `${n} van ${of} eens`,
  agreeAbout: (n, of) => `Ongeveer ${n} van ${of} eens`,
  nearlyAllAgree: (of) => `Bijna alle ${of} eens`,
  hardlyAnyoneAgrees: (of) => `Bijna niemand van ${of} eens`,
  between: (low, high) => `zeker tussen ${low} en ${high} van het hele team`,
  exactly: (share) => `dat is ${share} van het hele team`,
  atLeast: (share) => `zeker ${share} of meer van het hele team`,
  atMost: (share) => `zeker niet meer dan ${share} van het hele team`,
  census: 'Iedereen antwoordde: alleen de meetfout blijft over.',
  incomplete: 'te weinig volledige antwoorden',

  inMonth: (month) => `in ${month}`,
  onDay: (day) => `op ${day}`,
  higher: (than) => `Hoger dan ${than}`,
  lower: (than) => `Lager dan ${than}`,
  beyondChance: 'meer dan toeval verklaart.',
  noChange: 'Geen verandering die we kunnen vaststellen.',
  firstTime: 'Voor het eerst gevraagd.',
  noEarlierFigure: 'Er is geen eerder cijfer om mee te vergelijken.',

  nextStep: 'Eén volgende stap',

  noFigures: 'Geen cijfers deze ronde',

  offline: {
    title: 'Geen verbinding',
    text: 'De cijfers konden niet worden opgehaald. Zodra je weer verbinding hebt, halen we ze op.',
  },
  failed: {
    title: 'De cijfers zijn er even niet',
    text: 'De server gaf geen goed antwoord. Er is niets kwijt. Probeer het over een minuut opnieuw.',
  },
  tryAgain: 'Probeer opnieuw',
};

export default nl;
