import * as v from 'valibot';
import type { Instrument } from '../domain/instrument.ts';
import { isPlain } from './plain.ts';
import { key } from './primitives.ts';

const text = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(1000),
  v.check(isPlain, 'Control characters are not allowed here.'),
);
const localized = v.strictObject({ nl: text, en: text });
const slug = v.pipe(
  key,
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case words joined by hyphens.'),
  // Keys become names of fields, and every object has some already.
  v.check((value) => !(value in {}), 'This word has a meaning of its own; choose another.'),
);
const labels = v.pipe(v.array(text), v.minLength(2), v.maxLength(11));

/** The shape of an instrument as a JSON document; what holds between its parts is checked after it. */
export const instrumentSchema = v.pipe(
  v.strictObject({
    key: slug,
    version: v.pipe(v.number(), v.integer(), v.minValue(1)),
    title: localized,
    summary: localized,
    source: localized,
    scale: v.strictObject({ labels: v.strictObject({ nl: labels, en: labels }) }),
    constructs: v.pipe(
      v.array(
        v.strictObject({
          key: slug,
          title: localized,
          about: v.exactOptional(v.literal('leader')),
          retest: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
          nextStep: localized,
          forYou: v.exactOptional(localized),
        }),
      ),
      v.minLength(1),
      v.maxLength(50),
    ),
    items: v.pipe(
      v.array(v.strictObject({ key: slug, construct: slug, text: localized, reversed: v.exactOptional(v.boolean()) })),
      v.minLength(1),
      v.maxLength(200),
    ),
    openQuestion: v.exactOptional(v.strictObject({ text: localized })),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { scale, constructs, items } = dataset.value;
    const report = (message: string, ...path: (string | number)[]) => {
      addIssue({ message, path: pathOf(dataset.value, path) });
    };
    if (scale.labels.nl.length !== scale.labels.en.length) {
      report('The scale has another number of labels in Dutch than in English.', 'scale', 'labels');
    }
    const seen = new Set<string>();
    constructs.forEach((construct, index) => {
      if (seen.has(construct.key)) report(`The construct ${construct.key} appears twice.`, 'constructs', index, 'key');
      seen.add(construct.key);
      if (!items.some((item) => item.construct === construct.key)) {
        report(`The construct ${construct.key} has no items.`, 'constructs', index, 'key');
      }
    });
    const itemKeys = new Set<string>();
    items.forEach((item, index) => {
      if (itemKeys.has(item.key)) report(`The item ${item.key} appears twice.`, 'items', index, 'key');
      itemKeys.add(item.key);
      if (!seen.has(item.construct)) report(`There is no construct ${item.construct}.`, 'items', index, 'construct');
    });
  }),
) satisfies v.GenericSchema<unknown, Instrument>;

type Path = [v.IssuePathItem, ...v.IssuePathItem[]];

function pathOf(input: unknown, keys: readonly (string | number)[]): Path {
  let value: unknown = input;
  return keys.map((part) => {
    const parent = value;
    value = (parent as Record<string | number, unknown>)[part];
    return { type: 'unknown', origin: 'value', input: parent, key: part, value } satisfies v.IssuePathItem;
  }) as unknown as Path;
}
