import type { Localized } from '../../domain/language.ts';
import type { Theme } from './choices.ts';

export interface GalleryTexts {
  readonly title: string;
  readonly lead: string;
  readonly home: string;
  readonly skip: string;
  readonly for: Readonly<Record<'everyone' | 'leader', string>>;
  readonly all: string;
  readonly states: string;
  readonly statesOf: (widget: string) => string;
  readonly count: (states: number) => string;
  readonly look: string;
  readonly theme: string;
  readonly themes: Readonly<Record<Theme, string>>;
  readonly width: string;
  readonly fit: string;
  readonly exactWidth: string;
  readonly language: string;
  readonly size: string;
  readonly previous: string;
  readonly next: string;
  readonly stage: (state: string) => string;
  readonly unknown: string;
  readonly failed: (reason: string) => string;
}

export const LANGUAGE_NAMES: Localized = { nl: 'Nederlands', en: 'English' };

export const TEXTS: Localized<GalleryTexts> = {
  nl: {
    title: 'Alle toestanden',
    lead: 'Elk onderdeel van Leerkring, in elke toestand waarin je het kunt tegenkomen. De namen en cijfers zijn verzonnen, en er gaat niets naar een server.',
    home: 'Overzicht',
    skip: 'Naar de inhoud',
    for: { everyone: 'Voor iedereen', leader: 'Voor de leidinggevende' },
    all: 'Alle toestanden bij elkaar',
    states: 'Toestanden',
    statesOf: (widget) => `Toestanden van ${widget}`,
    count: (states) => `${states} toestanden`,
    look: 'Hoe het eruitziet',
    theme: 'Kleuren',
    themes: { light: 'Licht', dark: 'Donker', contrast: 'Hoog contrast', intranet: 'Van een intranet' },
    width: 'Breedte',
    fit: 'Passend',
    exactWidth: 'Breedte in pixels',
    language: 'Taal',
    size: 'Tekst',
    previous: 'Vorige',
    next: 'Volgende',
    stage: (state) => `Voorbeeld: ${state}`,
    unknown: 'Deze toestand bestaat niet. Kies er een uit het overzicht.',
    failed: (reason) => `Dit voorbeeld kan nu niet worden getoond. ${reason}`,
  },
  en: {
    title: 'Every state',
    lead: 'Every part of Leerkring, in every state that you can meet it in. Names and figures are made up, and nothing is sent to a server.',
    home: 'Overview',
    skip: 'To the content',
    for: { everyone: 'For everyone', leader: 'For the leader' },
    all: 'All states together',
    states: 'States',
    statesOf: (widget) => `States of ${widget}`,
    count: (states) => `${states} states`,
    look: 'How it looks',
    theme: 'Colours',
    themes: { light: 'Light', dark: 'Dark', contrast: 'High contrast', intranet: 'Of an intranet' },
    width: 'Width',
    fit: 'Fitting',
    exactWidth: 'Width in pixels',
    language: 'Language',
    size: 'Text',
    previous: 'Previous',
    next: 'Next',
    stage: (state) => `Example: ${state}`,
    unknown: 'There is no such state. Choose one from the overview.',
    failed: (reason) => `This example can't be shown now. ${reason}`,
  },
};
