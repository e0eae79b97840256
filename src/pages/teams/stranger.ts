import { openRounds, RequestFailure, type Connection } from '../../client/api.ts';
import { pickLanguage } from '../../domain/language.ts';
import type { Teams } from '../../host/teams.ts';

/** Tells somebody who is in no roster which one that is, and whom to ask, instead of a page on which nothing works. */
export async function open(teams: Teams, show: (state: string) => void): Promise<void> {
  const connection: Connection = { server: location.origin, language: pickLanguage([document.documentElement.lang]), token: teams.token };
  try {
    await openRounds(connection);
  } catch (error) {
    if (!(error instanceof RequestFailure) || error.kind !== 'not-in-roster') return;
    const words = document.querySelector('[data-when=stranger] [data-words]');
    if (words) words.textContent = error.problem.detail ?? '';
    show('stranger');
  }
}
