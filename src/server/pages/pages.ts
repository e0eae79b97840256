import { Hono } from 'hono';
import { compress } from 'hono/compress';
import {
  PRIVACY_PATH,
  SUPPORT_PATH,
  TEAMS_LOG_PATH,
  TEAMS_REMOVE_PATH,
  TEAMS_SETTINGS_PATH,
  TEAMS_SIGN_IN_PATH,
  TEAMS_TEAM_PATH,
  TEAMS_TODAY_PATH,
  TERMS_PATH,
} from '../../contract/teams-paths.ts';
import { ENTRA_AUTHORITY } from '../auth/entra.ts';
import type { Services } from '../services.ts';
import { privacyPage, readPrivacy, supportPage, termsPage } from './open.ts';
import { answerPage, pageLanguage } from './page.ts';
import { signInPage, signsIn, teamsPage, type OrganisationNames, type TeamsPageName, type TeamsPlace } from './teams.ts';

export interface PagesOptions extends TeamsPlace {
  /** The folder of the documentation, part of which is shown. */
  readonly docs: string;
  /** The sites that may show the pages of the Teams app in a frame. */
  readonly frames: readonly string[];
}

/** Where teams-js asks which sites it may answer. Without an answer it uses the list that it brings. */
const TEAMS_DOMAINS = 'https://res.cdn.office.net';

const TABS: readonly (readonly [path: string, name: TeamsPageName])[] = [
  [TEAMS_TODAY_PATH, 'today'],
  [TEAMS_LOG_PATH, 'learning-log'],
  [TEAMS_TEAM_PATH, 'team'],
  [TEAMS_SETTINGS_PATH, 'settings'],
  [TEAMS_REMOVE_PATH, 'remove'],
];

/**
 * The pages that the server itself shows: those of the Teams app, which alone may lie in a frame, and those that anybody
 * may read. None of them holds anything of a person.
 */
export function serverPages({ database }: Services, options: PagesOptions): Hono {
  const pages = new Hono();
  // Nothing in them is secret: of an answer that is, its length under compression would tell (the BREACH attack).
  const packed = compress();
  const organisations = () => database.selectFrom('organisation').select(['id', 'name', 'contact']).orderBy('name').execute();
  const names = async (): Promise<OrganisationNames> => {
    // A tab whose database is away is there all the same, and says so itself.
    const all = options.clients.size > 1 ? await organisations().catch(() => []) : [];
    return new Map(all.map(({ id, name }) => [id, name]));
  };
  for (const [path, name] of TABS) {
    pages.get(path, packed, async (context) =>
      answerPage(context, teamsPage(context, name, pageLanguage(context), options, await names()), {
        frames: options.frames,
        connect: [TEAMS_DOMAINS, ...(signsIn(name, options) ? [ENTRA_AUTHORITY] : [])],
      }),
    );
  }
  // In a window of its own, and never in a frame.
  pages.get(TEAMS_SIGN_IN_PATH, packed, (context) =>
    answerPage(context, signInPage(pageLanguage(context), context.req.query('tenant') ?? '', options), { connect: [TEAMS_DOMAINS] }),
  );
  let privacy: ReturnType<typeof readPrivacy> | undefined;
  pages.get(PRIVACY_PATH, packed, async (context) => {
    privacy ??= readPrivacy(options.docs);
    privacy.catch(() => { privacy = undefined; });
    const language = pageLanguage(context);
    return answerPage(context, privacyPage(language, (await privacy)[language]), {});
  });
  pages.get(TERMS_PATH, packed, (context) => answerPage(context, termsPage(pageLanguage(context)), {}));
  pages.get(SUPPORT_PATH, packed, async (context) => {
    return answerPage(context, supportPage(pageLanguage(context), await organisations()), {});
  });
  return pages;
}
