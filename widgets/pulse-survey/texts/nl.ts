import type { PulseSurveyTexts } from '../texts.ts';

const duration = (items: number) =>
  items <= 6 ? 'een halve minuut' : items <= 12 ? 'een minuut' : `${Math.ceil(items / 12)} minuten`;

const nl: PulseSurveyTexts = {
  lead: (items, closes) => `${items} stellingen, ${duration(items)}. Sluit ${closes}.`,
  progress: (answered, items) => `${answered} van ${items} beantwoord`,
  noAnswer: 'geen antwoord',
  optional: '(hoeft niet)',
  whoReads: (comments) =>
    `Je team en je leidinggevende kunnen dit lezen, zonder naam, als er minstens ${comments} antwoorden zijn.`,
  nobodySees: 'Niemand kan zien wat jij antwoordt, ook de beheerder niet.',
  whoSees: (team, reach, threshold) =>
    `Na sluiting zien ${team} (${reach} mensen) en de leidinggevende alleen cijfers over het hele team, en pas bij ${threshold} antwoorden of meer.`,
  tooFew: (team, reach, threshold, above) =>
    `${team} heeft ${reach === 1 ? '1 persoon' : `${reach} mensen`}, en eigen cijfers komen er pas bij ${threshold} antwoorden: anders verraden ze wie wat vindt. ` +
    (above === null ? 'Er komen dus geen cijfers van je team.' : `Jouw antwoorden tellen mee bij ${above}.`),
  how: 'Hoe kan dat?',
  notKept: 'Je browser bewaart hier niets. Sluit je deze pagina voordat je verstuurt, dan zijn je antwoorden weg.',
  back: 'Terug',
  next: 'Verder',
  finish: 'Klaar om te versturen',
  unsent: 'Geen verbinding. Je antwoorden staan hier nog; we versturen ze zodra het kan.',
  send: 'Verstuur',
  stillOpen: (open) => `Nog ${open === 1 ? '1 stelling' : `${open} stellingen`} open; dat mag.`,
  chooseFirst: 'Kies eerst een antwoord. ‘Geen antwoord’ mag ook.',
};

export default nl;
