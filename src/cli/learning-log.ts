import type { LeaverRule } from '../domain/learning-log.ts';
import { monthsBefore } from '../server/learning-log/months.ts';
import { changeLogSettings } from '../server/learning-log/settings.ts';
import { withOrganisation, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { count, dayOf } from './words.ts';

/** What becomes of what people shared, in the words of the terminal. */
const LEAVER_MEANINGS: Readonly<Record<LeaverRule, string>> = {
  keep: 'what people shared stays when they leave, without their name',
  remove: 'what people shared goes when they leave',
};

/** Shows what an organisation decided on its learning log, or changes it. */
export async function learningLogSettings(
  context: Context,
  options: GlobalOptions & { readonly leavers?: LeaverRule; readonly keepMonths?: number },
): Promise<Outcome> {
  const { leavers, keepMonths } = options;
  return withOrganisation(context, options, async (services, organisation) => {
    const { before, settings } = await changeLogSettings(services, organisation, {
      ...(leavers === undefined ? {} : { leavers }),
      ...(keepMonths === undefined ? {} : { keepMonths }),
    });
    const months = (number: number) => count(number, 'month', 'months');
    const lines = [
      `The learning log of ${organisation}:`,
      `  ${LEAVER_MEANINGS[settings.leavers]} (--leavers ${settings.leavers})`,
      `  an entry goes ${months(settings.keepMonths)} after it was last changed (--keep-months ${String(settings.keepMonths)})`,
    ];
    if (settings.leavers !== before.leavers) {
      lines.push('The form says so from now on. What was shared before goes as the form said then.');
    }
    if (settings.keepMonths < before.keepMonths) {
      // Not how many: private ones would count.
      lines.push(
        `All entries that were last changed before ${dayOf(monthsBefore(context.now(), settings.keepMonths))} go for good: within an hour when a server runs,`,
        `or when the next one starts. Until then, --keep-months ${String(before.keepMonths)} takes it back.`,
      );
    }
    return { data: { organisation, ...settings }, lines };
  });
}
