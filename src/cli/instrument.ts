import { importInstrument, parseInstrument } from '../server/instruments/instruments.ts';
import { contentOf, Refusal, withOrganisation, type Context, type GlobalOptions, type Outcome } from './context.ts';

/** Adds an organisation's own instrument from a JSON file. */
export async function importInstrumentFile(context: Context, file: string, options: GlobalOptions): Promise<Outcome> {
  const parsed = parseInstrument((await contentOf(context, file)).toString('utf8').replace(/^\ufeff/, ''));
  if ('errors' in parsed) {
    const { errors } = parsed;
    throw new Refusal(`${file} is not an instrument yet: ${String(errors.length)} ${errors.length === 1 ? 'thing is' : 'things are'} wrong.`, {
      lines: errors.map(({ path, message }) => `  ${path === '' ? 'the whole' : path}: ${message}`),
      data: { errors },
    });
  }
  const { key, version, title, items, constructs } = parsed.instrument;
  return withOrganisation(context, options, async ({ database, now }, organisation) => {
    const added = await database
      .transaction()
      .execute((transaction) => importInstrument(transaction, organisation, parsed.instrument, now()));
    return {
      data: { organisation, key, version, added },
      lines: added
        ? [
            `The instrument ${key}, version ${String(version)} (${title.en}), is added: ${String(items.length)} items, ${String(constructs.length)} constructs.`,
            `Ask it: leerkring series start --instrument ${key} ...`,
          ]
        : [`The instrument ${key}, version ${String(version)}, was there already, word for word. Nothing was changed.`],
    };
  });
}
