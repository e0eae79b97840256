import { importInstrument, parseInstrument } from '../server/instruments/instruments.ts';
import { contentOf, Refusal, withOrganisation, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { count } from './words.ts';

/** Adds an organisation's own instrument from a JSON file. */
export async function importInstrumentFile(context: Context, file: string, options: GlobalOptions): Promise<Outcome> {
  const parsed = parseInstrument((await contentOf(context, file)).toString('utf8').replace(/^\ufeff/, ''));
  if ('errors' in parsed) {
    const { errors } = parsed;
    const wrong = count(errors.length, 'thing is wrong', 'things are wrong');
    throw new Refusal(`${file} is not an instrument yet: ${wrong}.`, {
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
            `The instrument ${key}, version ${String(version)} (${title.en}), is added: ` +
              `${count(items.length, 'item', 'items')}, ${count(constructs.length, 'construct', 'constructs')}.`,
            `Ask it: leerkring series start --instrument ${key} ...`,
          ]
        : [`The instrument ${key}, version ${String(version)}, was there already, word for word. Nothing was changed.`],
    };
  });
}
