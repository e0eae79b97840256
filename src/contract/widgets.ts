import * as v from 'valibot';

const localized = v.strictObject({ nl: v.string(), en: v.string() });

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
  /** Whether it sends ballots: then it takes `ballot-key`, and is over for a person who has taken part. */
  sends: v.picklist(['ballots', 'nothing']),
  /** The instrument that it asks or shows when nothing else is said; absent where it is about none. */
  instrument: v.exactOptional(v.string()),
  /**
   * What the element may weigh until a person can use it, compressed, with the texts of one language: such as `13 kB`.
   * Twice a bare Lit element, 14 kB, is what any may weigh that does not say so.
   */
  budget: v.exactOptional(v.pipe(v.string(), v.regex(/^\d+(\.\d+)? kB$/))),
});
export type Widget = v.InferOutput<typeof widgetSchema>;

export const widgetsSchema = v.array(widgetSchema);
