export { app, authentication } from '@microsoft/teams-js';

/** What is needed only once somebody does something. From here, since it imports what it shares from this file. */
export const later = () => import('./later.ts');
