export { meeting, pages } from '@microsoft/teams-js';
