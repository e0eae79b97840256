import { strToU8, zipSync } from 'fflate';
import { ICONS, localizationFile, localizationOf, manifestOf, otherLanguages, TEXTS, type TeamsApp } from './template.ts';

/** The icons as PNG. */
export type Icons = Readonly<Record<keyof typeof ICONS, Uint8Array>>;

/** The day that the format's calendar begins with: the same app is the same file, whenever it is packed. */
const NO_DATE = new Date(1980, 0, 1);

/** The file that an administrator uploads to Teams. */
export function packageOf(app: TeamsApp, icons: Icons): Uint8Array {
  const json = (content: object) => strToU8(`${JSON.stringify(content, null, 2)}\n`);
  const languages = otherLanguages().map((language) => [localizationFile(language), json(localizationOf(TEXTS[language]))] as const);
  return zipSync(
    {
      'manifest.json': json(manifestOf(app)),
      [ICONS.color]: icons.color,
      [ICONS.outline]: icons.outline,
      ...Object.fromEntries(languages),
    },
    { mtime: NO_DATE, level: 9 },
  );
}
