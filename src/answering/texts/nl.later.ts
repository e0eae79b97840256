import type { LaterTexts } from '../later.ts';

const kept = (kept: boolean) =>
  kept ? 'Je kunt deze pagina gerust sluiten.' : 'Houd deze pagina open: je browser bewaart niets als je hem sluit.';

const nl: LaterTexts = {
  tooFew: (team, reach, threshold, above) =>
    `${team} heeft ${reach === 1 ? '1 persoon' : `${reach} mensen`}, en eigen cijfers komen er pas bij ${threshold} antwoorden: anders verraden ze wie wat vindt. ` +
    (above === null ? 'Er komen dus geen cijfers van je team.' : `Jouw antwoorden tellen mee bij ${above}.`),
  leaderSees: (leader, threshold) =>
    `Wat je over ${leader} zegt, ziet alleen ${leader} zelf, bij ${threshold} antwoorden of meer.`,
  notKept: 'Je browser bewaart hier niets. Sluit je deze pagina voordat je verstuurt, dan zijn je antwoorden weg.',
  chooseFirst: 'Kies eerst een antwoord. ‘Geen antwoord’ mag ook.',
  hints: {
    name: (found) => `Er staat een naam in: ${found}. Daaraan kan iemand te herkennen zijn.`,
    date: (found) => `Er staat een datum in: ${found}. Daaraan kan iemand te herkennen zijn.`,
    phone: (found) => `Er staat een telefoonnummer in: ${found}. Daaraan is iemand te herkennen.`,
    email: (found) => `Er staat een e-mailadres in: ${found}. Daaraan is iemand te herkennen.`,
  },
  howSteps: [
    'Eerst vraagt je browser op jouw naam een stempas. Wij stempelen die door een dichte envelop heen: de stempas zelf zien we niet.',
    'Daarna gaat je stembiljet de stembus in, zonder je naam en op een moment dat het lot bepaalt. Wij zien dat het stempel echt is, niet van wie het is.',
    'De stembus blijft op slot tot de ronde sluit. Niemand kijkt erin.',
    'Na sluiting blijven alleen optellingen over, en opmerkingen als er genoeg antwoorden zijn. De stembiljetten en de lijst van wie een stempas nam, worden gewist.',
  ],
  again: 'Probeer opnieuw',
  toAnswers: 'Terug naar je antwoorden',
  nothing: (opens) => ({
    title: 'Nu is er niets in te vullen',
    text: opens ? `De volgende ronde opent ${opens}. Je vindt hem dan hier.` : 'Komt er een nieuwe ronde, dan vind je die hier.',
  }),
  notInRoster: {
    title: 'Je staat nog niet in een team',
    text: 'Daarom is er voor jou niets in te vullen. Je beheerder kan je aan je team toevoegen.',
  },
  taken: (results) => ({
    title: 'Je stempas is gebruikt',
    text: `Niemand kan zien wat je antwoordde, ook wij niet. ${results} Deed je het op een ander apparaat, en was je nog niet klaar? Open het daar.`,
  }),
  failed: {
    offline: {
      title: 'Er is geen verbinding',
      text: 'De vragen konden niet geladen worden. Zodra er weer verbinding is, proberen we het opnieuw.',
    },
    'signed-out': {
      title: 'Je bent niet aangemeld',
      text: 'Meld je aan, dan staat hier wat je team wil weten. Wat je al had ingevuld, is niet weg.',
    },
    server: { title: 'Dat lukte niet', text: 'Onze server gaf geen goed antwoord. Het ligt niet aan jou. Probeer het zo nog eens.' },
  },
  onItsWay: (seconds) => ({
    title: 'Onderweg naar de stembus',
    text: `Je antwoorden gaan binnen ${seconds} seconden de stembus in, op een moment dat het lot bepaalt. Zo kan niemand aan de tijd zien dat ze van jou zijn. Je hoeft niet te wachten.`,
  }),
  waiting: {
    offline: (stays) => ({
      title: 'Bewaard, nog niet verstuurd',
      text: `Er is geen verbinding. Je antwoorden staan in deze browser en worden verstuurd zodra het kan, één keer. ${kept(stays)}`,
    }),
    'signed-out': (stays) => ({
      title: 'Bewaard, nog niet verstuurd',
      text: `Je bent niet meer aangemeld. Meld je opnieuw aan, dan worden je antwoorden verstuurd. ${kept(stays)}`,
    }),
    server: (stays) => ({
      title: 'Bewaard, nog niet verstuurd',
      text: `Onze server antwoordt nu niet goed. We proberen het vanzelf opnieuw. ${kept(stays)}`,
    }),
  },
  sent: { title: 'In de stembus', text: 'Niemand kan je antwoorden nog aan jou koppelen, ook wij niet.' },
  results: (when) => `De uitslag komt ${when}.`,
  resultsAbove: (above) =>
    above === null ? 'Je team is te klein voor eigen cijfers.' : `Je team is te klein voor eigen cijfers: je antwoorden tellen mee bij ${above}.`,
  refused: {
    'other-key': {
      title: 'We versturen niets',
      text: 'De sleutel van de stembus is een andere dan deze pagina verwacht. Dan kunnen we niet beloven dat niemand je antwoorden kan herleiden. Er is niets verstuurd. Vraag je beheerder om de sleutel na te kijken.',
    },
    'round-closed': { title: 'De ronde is gesloten', text: 'Je antwoorden zijn niet verstuurd en uit deze browser gewist.' },
    'closed-underway': {
      title: 'De ronde is gesloten',
      text: 'Je stembiljet was al onderweg. Kwam het op tijd aan, dan telt het mee; dat kunnen wij niet zien.',
    },
    'paper-taken': {
      title: 'Je stempas is al gebruikt',
      text: 'Je nam je stempas voor deze ronde al in een andere browser of op een ander apparaat. Daarom versturen we hier niets. Was je daar nog niet klaar? Open deze pagina dan daar.',
    },
    'paper-invalid': {
      title: 'De stembus nam je stembiljet niet aan',
      text: 'De stempas werd niet herkend, dus je antwoorden tellen niet mee. Het ligt niet aan jou. Laat het je beheerder weten.',
    },
    'ballot-differs': {
      title: 'Er ligt al een stembiljet van deze stempas',
      text: 'Dat telt mee. Wat je hier invulde, is niet verstuurd.',
    },
    'not-accepted': {
      title: 'De server nam je antwoorden niet aan',
      text: 'Het ligt niet aan jou, en je antwoorden staan nog in deze browser. Laat het je beheerder weten.',
    },
  },
};

export default nl;
