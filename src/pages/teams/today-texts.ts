import type { HelpKind } from '../../domain/learning-log.ts';
import type { Localized } from '../../domain/language.ts';

export interface TodayTexts {
  readonly asks: (name: string, kind: HelpKind) => string;
  /** To one who asked, when it is that person's turn again. */
  readonly answered: (kind: HelpKind) => string;
  readonly due: string;
  readonly formerColleague: string;
}

export const TODAY_TEXTS: Localized<TodayTexts> = {
  nl: {
    asks: (name, kind) => (kind === 'intervision' ? `${name} vraagt je voor intervisie` : `${name} vraagt je om een collegiale toets`),
    answered: (kind) => (kind === 'intervision' ? 'Je intervisie wacht op jou' : 'Je collegiale toets wacht op jou'),
    due: 'Wat kwam er van je voornemen?',
    formerColleague: 'Een oud-collega',
  },
  en: {
    asks: (name, kind) => (kind === 'intervision' ? `${name} asks you for an intervision` : `${name} asks you for a peer review`),
    answered: (kind) => (kind === 'intervision' ? 'Your intervision waits for you' : 'Your peer review waits for you'),
    due: 'What came of your intention?',
    formerColleague: 'A former colleague',
  },
};
