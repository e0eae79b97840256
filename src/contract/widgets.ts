import * as v from 'valibot';

const localized = v.strictObject({ nl: v.string(), en: v.string() });

/** An attribute of its own that whoever puts the widget on a page may set; it does without. */
const attribute = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z]+)*$/)),
  title: localized,
  /** What holds without it. */
  without: localized,
  /** What it may say. One such as `/learning-log` is an address on the site, for whoever owns it to put in its place. */
  values: v.pipe(v.array(v.strictObject({ value: v.pipe(v.string(), v.minLength(1)), title: localized })), v.minLength(1)),
});

/**
 * What a widget says of itself, in the `widget.json` of its folder: all that lists widgets reads it, so that adding a
 * widget means adding a folder. The build gathers them in `kit/widgets.json`.
 */
export const widgetSchema = v.strictObject({
  /** The folder's name; the tag is `kring-` and this. */
  name: v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z]+)*$/)),
  title: localized,
  /** One sentence. */
  summary: localized,
  /** Who gets something out of it. */
  for: v.picklist(['everyone', 'leader']),
  /**
   * Whether it sends ballots: then it takes `ballot-key`, and is over for a person who has taken part. Or entries, which are
   * kept with the name of whose they are.
   */
  sends: v.picklist(['ballots', 'entries', 'nothing']),
  /** The instrument that it asks or shows when nothing else is said; absent where it is about none. */
  instrument: v.exactOptional(v.string()),
  attributes: v.exactOptional(v.array(attribute)),
  /**
   * What the element may weigh until a person can use it, compressed, with the texts of one language: such as `13 kB`.
   * Twice a bare Lit element, 14 kB, is what any may weigh that does not say so.
   */
  budget: v.exactOptional(v.pipe(v.string(), v.regex(/^\d+(\.\d+)? kB$/))),
});
export type Widget = v.InferOutput<typeof widgetSchema>;

export const widgetsSchema = v.array(widgetSchema);
