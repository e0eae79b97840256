import type { GuideTexts } from '../texts.ts';

const nl: GuideTexts = {
  part: (number, of) => `Deel ${number} van ${of}`,
  team: {
    title: 'Jullie team',
    why: 'Denk aan de afgelopen drie maanden, en aan hoe het meestal gaat. Wat jullie samen antwoorden, laat zien waarover het team kan praten.',
  },
  leader: {
    title: (leader) => `Vertrouwen in ${leader}`,
    why: (leader) => `Wie leiding geeft, merkt vaak als laatste of mensen zich veilig voelen. Met jullie antwoorden samen kan ${leader} daar iets aan doen.`,
  },
  stop: 'Stoppen',
  stopTitle: 'Stoppen mag altijd',
  stopText: 'Er ligt nog niets van jou in de stembus. Wil je later verder, of liever niet?',
  stopNotKept: 'Er ligt nog niets van jou in de stembus. Je browser bewaart hier niets: als je weggaat, is het weg.',
  stay: 'Toch verder',
  keep: 'Bewaar voor later',
  discard: 'Gooi weg',
  kept: {
    title: 'Bewaard voor later',
    text: (until) => `Wat je invulde, staat alleen in deze browser. Je kunt verder tot ${until}.`,
  },
  discarded: 'Weggegooid. In deze browser staat er niets meer van.',
  answered: (answered, items) => `Je hebt ${answered} van de ${items} stellingen gehad. Terugkijken kan nog.`,
  support: 'Zit je ergens mee? Je hoeft er niet alleen mee rond te lopen: praat met iemand die je vertrouwt, een collega of de vertrouwenspersoon.',
  forYou: 'Iets voor jezelf',
  forYouText: 'Veiligheid begint klein. Kies wat je aanspreekt; wat je antwoordde, doet hier niet toe.',
};

export default nl;
