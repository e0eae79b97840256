import type { AnsweringTexts } from '../texts.ts';

const duration = (items: number) =>
  items <= 6 ? 'een halve minuut' : items <= 12 ? 'een minuut' : `${Math.ceil(items / 12)} minuten`;

const nl: AnsweringTexts = {
  lead: (items, closes) => `${items} stellingen, ${duration(items)}.${closes && ` Sluit ${closes}.`}`,
  progress: (answered, items) => `${answered} van ${items} beantwoord`,
  noAnswer: 'geen antwoord',
  optional: '(hoeft niet)',
  whoReads: ({ reach, commentThreshold: least, above }) =>
    reach >= least
      ? `Je team en je leidinggevende kunnen dit lezen, zonder naam, bij ${least} antwoorden of meer${above === null ? '' : `; bij minder leest ${above} het`}.`
      : above === null
        ? `Niemand krijgt dit te lezen: daarvoor zijn ${least} antwoorden nodig.`
        : `Je team is hiervoor te klein: ${above} kan dit lezen, zonder naam, bij ${least} antwoorden of meer.`,
  nobodySees: 'Niemand kan zien wat jij antwoordt, ook de beheerder niet.',
  whoSees: (team, reach, threshold) =>
    `Na sluiting zien ${team} (${reach} mensen) en de leidinggevende alleen cijfers over het hele team, en pas bij ${threshold} antwoorden of meer.`,
  how: 'Hoe kan dat?',
  back: 'Terug',
  next: 'Verder',
  finish: 'Klaar om te versturen',
  unsent: 'Geen verbinding. Je antwoorden staan hier nog; we versturen ze zodra het kan.',
  send: 'Verstuur',
  stillOpen: (open) => `Nog ${open === 1 ? '1 stelling' : `${open} stellingen`} open; dat mag.`,
};

export default nl;
