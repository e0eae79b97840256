/**
 * Where the pages of the Teams app lie, and those that its manifest names: one place for what packs the app and for what
 * serves it. A manifest that people have installed goes on asking for them: a path that changes needs a new version.
 */
export const TEAMS_TODAY_PATH = '/teams/today';
export const TEAMS_LOG_PATH = '/teams/learning-log';
export const TEAMS_TEAM_PATH = '/teams/team';
export const TEAMS_SETTINGS_PATH = '/teams/settings';
/** Named by each tab that the settings page makes; the manifest does not know it. */
export const TEAMS_REMOVE_PATH = '/teams/remove';

/** Where a window signs in with Entra and comes back to: each app registration names it as a redirect URI. */
export const TEAMS_SIGN_IN_PATH = '/teams/sign-in';

/** Read without signing in, in the reader's language or the one that `?lang` asks for. */
export const PRIVACY_PATH = '/privacy';
export const TERMS_PATH = '/terms';
export const SUPPORT_PATH = '/support';
