import { isKey } from '../../contract/plain.ts';
import type { Teams } from '../../host/teams.ts';

declare global {
  interface WindowEventMap {
    /** A deep link was followed on a page that was kept. */
    'kring-asked': CustomEvent<string>;
  }
}

/** What a deep link may choose, as attributes of the elements that know them. */
const CHOICES = {
  'kring-pulse-survey': ['team'],
  'kring-safety-check-in': ['team'],
  'kring-team-pulse': ['team', 'round'],
} as const;

/**
 * Has the elements on the page show what deep links ask for, written as a query: `team=north&round=...`.
 * @returns does the same for elements that come later
 */
export function followLink({ subPage = '' }: Teams): (part: ParentNode) => void {
  let asked = subPage;
  const follow = (part: ParentNode) => {
    const chosen = new URLSearchParams(asked);
    for (const [element, names] of Object.entries(CHOICES)) {
      for (const one of part.querySelectorAll(element)) {
        for (const name of names) {
          const value = chosen.get(name);
          if (value !== null && isKey(value)) one.setAttribute(name, value);
        }
      }
    }
  };
  follow(document);
  addEventListener('kring-asked', ({ detail }) => {
    asked = detail;
    follow(document);
  });
  return follow;
}
