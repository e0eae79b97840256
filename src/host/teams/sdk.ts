export { app, authentication } from '@microsoft/teams-js';

/** From here, since it imports what it shares from this file. */
export const later = async () => (await import('./later.ts')).acts;
