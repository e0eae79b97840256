import type { Teams } from '../../host/teams.ts';

declare global {
  interface WindowEventMap {
    /** A deep link was followed on a page that was kept. */
    'kring-asked': CustomEvent<string>;
  }
}

/** What a deep link to figures or to a form may choose, as attributes of the elements on the page. */
const CHOICES = ['team', 'round'];

/** Has the elements on the page show what deep links ask for, written as a query: `team=north&round=2026-11`. */
export function followLink({ subPage }: Teams): void {
  const follow = (asked: string) => {
    const chosen = new URLSearchParams(asked);
    for (const element of document.querySelectorAll('kring-pulse-survey, kring-safety-check-in, kring-team-pulse')) {
      for (const name of CHOICES) {
        const value = chosen.get(name);
        if (value !== null) element.setAttribute(name, value);
      }
    }
  };
  if (subPage !== undefined) follow(subPage);
  addEventListener('kring-asked', ({ detail }) => { follow(detail); });
}
