import type { TeamsManifestV1D25 } from '@microsoft/app-manifest/build/generated-types/teams/TeamsManifestV1D25.js';
import {
  PRIVACY_PATH,
  SUPPORT_PATH,
  TEAMS_LOG_PATH,
  TEAMS_SETTINGS_PATH,
  TEAMS_TEAM_PATH,
  TEAMS_TODAY_PATH,
  TERMS_PATH,
} from '../src/contract/teams-paths.ts';
import type { Language, Localized } from '../src/domain/language.ts';
import colours from './colours.json' with { type: 'json' };
import type { TeamsTexts } from './texts.ts';
import en from './texts/en.ts';
import nl from './texts/nl.ts';

/** What one organisation's app differs in from another's. */
export interface TeamsApp {
  /** By which Teams knows that a package is a newer version of an app that it has. */
  readonly id: string;
  /** `major.minor.patch`; Teams takes a package anew only when this has gone up. */
  readonly version: string;
  /** Where the server is: a plain name, in lower case. */
  readonly host: string;
  /** Of the app registration in Entra. */
  readonly clientId: string;
}

export const TEXTS: Localized<TeamsTexts> = { nl, en };

/** What people read whose client is in a language that has no file of its own. */
export const DEFAULT_LANGUAGE = 'en' satisfies Language;

export const ICONS = { color: 'color.png', outline: 'outline.png' } as const;

export const localizationFile = (language: Language) => `${language}.json`;

/** What Teams' tokens are for. Teams asks for it in these very words: the host of the tab, then the client id. */
export const appIdUriOf = ({ host, clientId }: Pick<TeamsApp, 'host' | 'clientId'>) => `api://${host}/${clientId}`;

/**
 * What Teams fills in, so that a page has the right language and colours before it has heard from Teams. Hints alone,
 * and not every client knows them: a page has to do with the words themselves as well.
 */
const HINTS = '?lang={locale}&theme={theme}';

export function manifestOf(app: TeamsApp): TeamsManifestV1D25 {
  const { name, description, tabs } = TEXTS[DEFAULT_LANGUAGE];
  const at = (path: string) => `https://${app.host}${path}`;
  const personalTab = (entityId: string, label: string, path: string) => ({
    entityId,
    name: label,
    contentUrl: at(path) + HINTS,
    websiteUrl: at(path),
    scopes: ['personal' as const],
    context: ['personalTab' as const],
  });
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
    manifestVersion: '1.25',
    version: app.version,
    id: app.id,
    // Without a language: the manifest has one address for all, and the pages follow the reader's browser.
    developer: { name: 'Leerkring', websiteUrl: at(SUPPORT_PATH), privacyUrl: at(PRIVACY_PATH), termsOfUseUrl: at(TERMS_PATH) },
    name,
    description,
    localizationInfo: {
      defaultLanguageTag: DEFAULT_LANGUAGE,
      additionalLanguages: otherLanguages().map((language) => ({ languageTag: language, file: localizationFile(language) })),
    },
    icons: ICONS,
    accentColor: colours.accent,
    staticTabs: [
      personalTab('today', tabs.today, TEAMS_TODAY_PATH),
      personalTab('learning-log', tabs.log, TEAMS_LOG_PATH),
      personalTab('team', tabs.team, TEAMS_TEAM_PATH),
    ],
    configurableTabs: [
      {
        configurationUrl: at(TEAMS_SETTINGS_PATH) + HINTS,
        canUpdateConfiguration: true,
        scopes: ['team', 'groupChat'],
        context: ['channelTab', 'privateChatTab', 'meetingChatTab', 'meetingDetailsTab', 'meetingSidePanel', 'meetingStage'],
      },
    ],
    supportsChannelFeatures: 'tier1',
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'tab', groupchat: 'tab', meetings: 'tab' },
    permissions: ['identity'],
    // Showing the side panel's figures on a meeting's stage needs these, the second one in a channel's meeting.
    authorization: {
      permissions: {
        resourceSpecific: [
          { name: 'MeetingStage.Write.Chat', type: 'Delegated' },
          { name: 'ChannelMeetingStage.Write.Group', type: 'Delegated' },
        ],
      },
    },
    validDomains: [app.host],
    webApplicationInfo: { id: app.clientId, resource: appIdUriOf(app) },
  };
}

/** The languages that have a file beside the manifest. */
export function otherLanguages(): Exclude<Language, typeof DEFAULT_LANGUAGE>[] {
  return (Object.keys(TEXTS) as Language[]).filter((language) => language !== DEFAULT_LANGUAGE);
}

/** What of the manifest is said in another language, each under its place in the manifest. */
export function localizationOf({ name, description, tabs }: TeamsTexts): Readonly<Record<string, string>> {
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json',
    'name.short': name.short,
    'name.full': name.full,
    'description.short': description.short,
    'description.full': description.full,
    'staticTabs[0].name': tabs.today,
    'staticTabs[1].name': tabs.log,
    'staticTabs[2].name': tabs.team,
  };
}
