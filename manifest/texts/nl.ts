import type { TeamsTexts } from '../texts.ts';

const nl: TeamsTexts = {
  name: { short: 'Leerkring', full: 'Leerkring: leren als team' },
  description: {
    short: 'Zie met je team of jullie leren, met antwoorden die niemand kan herleiden.',
    full: [
      'Leerkring helpt een team te leren van het eigen werk.',
      'Vandaag laat zien wat op je wacht: een korte polsslag, een intervisie, een voornemen om op terug te kijken.',
      'In Mijn leerlogboek schrijf je in een minuut op wat je leerde, voor jezelf of voor je team.',
      'Mijn team laat zien hoe het met het leren staat: hoeveel mensen antwoordden, hoe zeker een cijfer is, en of een verandering echt is.',
      'Niemand kan een antwoord in een polsslag herleiden: je leidinggevende ook niet, want de server bewaart nooit wie welk antwoord gaf. Een team met te weinig antwoorden ziet geen cijfers.',
      'Zet Leerkring in een kanaal, een groepschat of een vergadering om er samen naar te kijken.',
    ].join('\n\n'),
  },
  tabs: { today: 'Vandaag', log: 'Mijn leerlogboek', team: 'Mijn team' },
};

export default nl;
