import fc from 'fast-check';
import * as v from 'valibot';

/** How the values that a schema allows are drawn. */
export interface Drawing {
  /** Values from the world that is tested, by the name of the field that they stand in: real keys reach deeper. */
  readonly known?: (field: string) => fc.Arbitrary<unknown> | undefined;
  /** Stands in texts of the free kind, so that they can be found back where they must not be. */
  readonly mark?: string;
}

/** A value with something wrong in it. */
export interface Wrong {
  readonly value: unknown;
  /** What was done to it. */
  readonly fault: string;
  /** Whether the schema can't allow it any more; some oddities are allowed, such as a text in another script. */
  readonly surely: boolean;
}

/** What Valibot's schemas are made of, as far as a contract uses it. */
interface Part {
  readonly kind: 'schema' | 'validation' | 'transformation';
  readonly type: string;
  readonly requirement?: unknown;
  readonly pipe?: readonly Part[];
  readonly entries?: Readonly<Record<string, Part>>;
  readonly wrapped?: Part;
  readonly item?: Part;
  readonly key?: Part;
  readonly value?: Part;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

/** Any code units at all, halves of pairs too. Made once: it takes a table of every character. */
const ANY_TEXT = fc.string({ unit: 'binary' });

const OPTIONAL: ReadonlySet<string> = new Set(['optional', 'exact_optional']);

/** Names that every object has already, or that mean something to who reads them carelessly. */
export const ODD_NAMES = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'then', 'length',
  'toJSON', '', ' ', '0', '-1', '$where', 'a.b', 'a/b', 'a~b', 'ＡＢ', 'x\u0000y', '\ud800', '\u202egnp',
] as const;

/** Texts that have broken something somewhere. */
export const ODD_TEXTS = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', 'a\udc00', '\udfff\ud800', '\ufeff', '\ufffe', '\u202eabc', 'e\u0301', '\u0007', '\u007f', '\u0085',
  '\u2028', '😀', '👩‍👩‍👧', '漢字', 'ﬀ', 'İ', '..', '../../etc/passwd', '%00', '%', '%zz', "' or 1=1 --", '"; drop table round', '$1', '${7*7}',
  '{{7*7}}', '<script>', '\\', '\\u0000', 'null', 'undefined', 'NaN', 'true', '1e999', '[object Object]', '2026-02-30T25:61:61Z',
  '-'.repeat(300), 'é'.repeat(201), '\u0000'.repeat(43), 'A'.repeat(43), '_'.repeat(86), ...ODD_NAMES,
] as const;

const ODD_NUMBERS = [
  0, -0, -1, 1.5, 6, 12, 255, 256, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 2 ** 63, 1e21, 1e308, -1e308, 5e-324, 0.1,
] as const;

/** A value that a schema allows. Every field of an object may be drawn from what is known of the world. */
export function validOf(schema: v.GenericSchema, drawing: Drawing = {}): fc.Arbitrary<unknown> {
  return allowed(partOf(schema), drawing);
}

/** A value that a schema nearly allows: one thing is wrong or odd in it, at any depth. */
export function nearlyValidOf(schema: v.GenericSchema, drawing: Drawing = {}): fc.Arbitrary<Wrong> {
  return wrong(partOf(schema), drawing);
}

/** The same for a value that is known to be right, such as one that took work to make. */
export function nearly(schema: v.GenericSchema, right: fc.Arbitrary<unknown>, drawing: Drawing = {}): fc.Arbitrary<Wrong> {
  return wrong(partOf(schema), drawing, right);
}

function partOf(schema: v.GenericSchema): Part {
  return schema;
}

function allowed(part: Part, drawing: Drawing): fc.Arbitrary<unknown> {
  const drawn = drawnFrom(part, drawing);
  if (!part.pipe) return drawn;
  const schema = part as unknown as v.GenericSchema;
  return drawn.filter((value) => v.is(schema, value));
}

function drawnFrom(part: Part, drawing: Drawing): fc.Arbitrary<unknown> {
  const { entries, wrapped, item, key, value } = part;
  switch (part.type) {
    case 'object':
    case 'strict_object':
    case 'loose_object': {
      const fields = Object.entries(entries ?? {});
      const model = Object.fromEntries(fields.map(([name, field]) => [name, ofField(name, field, drawing)]));
      const requiredKeys = fields.filter(([, field]) => !OPTIONAL.has(field.type)).map(([name]) => name);
      return fc.record(model, { requiredKeys, noNullPrototype: true });
    }
    case 'optional':
    case 'exact_optional':
      return allowed(needed(wrapped), drawing);
    case 'nullable':
      return fc.option(allowed(needed(wrapped), drawing), { nil: null, freq: 3 });
    case 'array':
      return fc.array(allowed(needed(item), drawing), { maxLength: 4 });
    case 'record':
      return fc.dictionary(
        (drawing.known?.('<key>') ?? allowed(needed(key), drawing)) as fc.Arbitrary<string>,
        allowed(needed(value), drawing),
        { maxKeys: 6, noNullPrototype: true },
      );
    case 'union':
      return fc.oneof(...(part.options ?? []).map((option) => allowed(option as Part, drawing)));
    case 'picklist':
      return fc.constantFrom(...(part.options ?? []));
    case 'literal':
      return fc.constant(part.literal);
    case 'boolean':
      return fc.boolean();
    case 'number': {
      const least = limit(part, 'min_value') ?? -(2 ** 31);
      const most = limit(part, 'max_value') ?? 2 ** 31;
      return check(part, 'integer') ? fc.integer({ min: least, max: most }) : fc.double({ min: least, max: most, noNaN: true });
    }
    case 'string':
      return textOf(part, drawing);
    default:
      throw new Error(`No values are known for a schema of the type ${part.type}.`);
  }
}

function ofField(name: string, part: Part, drawing: Drawing): fc.Arbitrary<unknown> {
  const known = drawing.known?.(name);
  const any = allowed(part, drawing);
  return known ? fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: any }) : any;
}

function textOf(part: Part, { mark }: Drawing): fc.Arbitrary<string> {
  if (check(part, 'iso_timestamp')) {
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01T00:00:00Z') }).map((date) => date.toISOString());
  }
  if (check(part, 'uuid')) return fc.uuid();
  if (check(part, 'iso_date')) return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString().slice(0, 10));
  const exact = limit(part, 'length');
  const start = check(part, 'starts_with')?.requirement;
  const pattern = check(part, 'regex')?.requirement;
  if (pattern instanceof RegExp) {
    // One class of characters, repeated: the length is known elsewhere in the pipe.
    const source = exact === undefined ? pattern.source : pattern.source.replace(/\+\$$/, `{${String(exact)}}$`);
    return fc.stringMatching(new RegExp(source, pattern.flags));
  }
  const minLength = exact ?? limit(part, 'min_length') ?? 0;
  const maxLength = exact ?? limit(part, 'max_length') ?? 60;
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) });
  const more = [
    // Some texts are checked to be an address, which nobody hits upon by chance.
    `https://${mark ?? 'www'}.example.org/`,
    // As long as may be, where that is long; in two scripts of which one has characters of two code units.
    ...(maxLength > 60 ? ['ä'.repeat(maxLength), '😀'.repeat(Math.floor(maxLength / 2))] : []),
  ].filter((text) => text.length >= minLength && text.length <= maxLength);
  const plainOrMore = more.length > 0 ? fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: fc.constantFrom(...more) }) : plain;
  const texts = mark === undefined ? plainOrMore : fc.oneof(plainOrMore, plain.map((text) => `${mark} ${text}`.slice(0, maxLength)));
  return typeof start === 'string' ? texts.map((text) => start + text) : texts;
}

function wrong(part: Part, drawing: Drawing, right = allowed(part, drawing)): fc.Arbitrary<Wrong> {
  const { entries, wrapped, item, key, value } = part;
  switch (part.type) {
    case 'object':
    case 'strict_object':
    case 'loose_object': {
      const fields = Object.entries(entries ?? {});
      const objects = right as fc.Arbitrary<Record<string, unknown>>;
      const missing = fields
        .filter(([, field]) => !OPTIONAL.has(field.type))
        .map(([name]) =>
          objects.map((object): Wrong => {
            const { [name]: _, ...rest } = object;
            return { value: rest, fault: `${name} is missing`, surely: true };
          }),
        );
      const inside = fields.map(([name, field]) =>
        fc.tuple(objects, wrong(field, drawing)).map(([object, bad]): Wrong => ({
          ...bad,
          value: { ...object, [name]: bad.value },
          fault: `${name}: ${bad.fault}`,
        })),
      );
      const others = fc.constantFrom<string>(...ODD_NAMES, 'role', 'person', 'admin', 'Round', 'choices ')
        .filter((name) => !fields.some(([field]) => field === name));
      const more = fc.tuple(objects, others, oddValue(drawing)).map(([object, name, odd]): Wrong => ({
        value: withOwn(object, name, odd),
        fault: `one field more, ${JSON.stringify(name)}`,
        surely: part.type === 'strict_object',
      }));
      return fc.oneof(...missing, ...inside.flatMap((arbitrary) => [arbitrary, arbitrary]), more, otherType(part, drawing));
    }
    case 'optional':
    case 'exact_optional':
      return wrong(needed(wrapped), drawing);
    case 'nullable': {
      // Null is as it should be here.
      return wrong(needed(wrapped), drawing).filter((bad) => bad.value !== null);
    }
    case 'array':
      return fc.oneof(
        fc.tuple(right as fc.Arbitrary<unknown[]>, wrong(needed(item), drawing)).map(([list, bad]): Wrong => ({
          ...bad,
          value: [...list, bad.value],
          fault: `in a list: ${bad.fault}`,
        })),
        otherType(part, drawing),
      );
    case 'record': {
      const records = right as fc.Arbitrary<Record<string, unknown>>;
      const names = fc.constantFrom<string>(...ODD_NAMES, 'k'.repeat(200), 'k'.repeat(201));
      return fc.oneof(
        fc.tuple(records, names, allowed(needed(value), drawing)).map(([record, name, fine]): Wrong => ({
          value: withOwn(record, name, fine),
          fault: `an odd key, ${JSON.stringify(name.slice(0, 20))}`,
          surely: !v.is(key as unknown as v.GenericSchema, name),
        })),
        fc.tuple(records, (drawing.known?.('<key>') ?? fc.constant('k')) as fc.Arbitrary<string>, wrong(needed(value), drawing)).map(
          ([record, name, bad]): Wrong => ({ ...bad, value: withOwn(record, name, bad.value), fault: `under a key: ${bad.fault}` }),
        ),
        fc.constant<Wrong>({
          value: Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`k${String(index)}`, 1])),
          fault: 'very many keys',
          surely: false,
        }),
        otherType(part, drawing),
      );
    }
    case 'union':
      return otherType(part, drawing);
    default:
      return fc.oneof(otherType(part, drawing), oddOf(part));
  }
}

/** A leaf that is of the right type: just out of bounds, or odd. */
function oddOf(part: Part): fc.Arbitrary<Wrong> {
  const schema = part as unknown as v.GenericSchema;
  const judged = (value: unknown): Wrong => ({ value, fault: `odd: ${JSON.stringify(value).slice(0, 40)}`, surely: !v.is(schema, value) });
  if (part.type === 'number') {
    const bounds = [limit(part, 'min_value'), limit(part, 'max_value')].filter((bound) => bound !== undefined);
    return fc.constantFrom<number>(...ODD_NUMBERS, ...bounds.flatMap((bound) => [bound - 1, bound + 1])).map(judged);
  }
  if (part.type !== 'string') return fc.constantFrom(...ODD_TEXTS).map(judged);
  const bounds = ['length', 'min_length', 'max_length'].map((type) => limit(part, type)).filter((bound) => bound !== undefined);
  const long = bounds.flatMap((bound) => [bound - 1, bound, bound + 1]).filter((length) => length >= 0).map((length) => 'x'.repeat(length));
  return fc.oneof(fc.constantFrom<string>(...ODD_TEXTS), fc.constantFrom('x', ...long), ANY_TEXT).map(judged);
}

function otherType(part: Part, drawing: Drawing): fc.Arbitrary<Wrong> {
  const schema = part as unknown as v.GenericSchema;
  return oddValue(drawing)
    .filter((value) => typeof value !== typeNameOf(part) || value === null || Array.isArray(value) !== (part.type === 'array'))
    .map((value) => ({ value, fault: 'of another type', surely: !v.is(schema, value) }));
}

function typeNameOf(part: Part): string {
  return ['string', 'number', 'boolean'].includes(part.type) ? part.type : 'object';
}

function oddValue({ mark }: Drawing): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 1 }, [''], ['a', 'a']),
    fc.constantFrom<number>(...ODD_NUMBERS),
    fc.constantFrom<string>(...ODD_TEXTS, ...(mark === undefined ? [] : [mark, `${mark} in a place that was not meant for it`])),
    fc.constantFrom(1, 4, 7, 8, 9, 60, 3000).map((levels) => nested(levels)),
  );
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** With a field of its own, also when its name is `__proto__`. */
function withOwn(object: object, name: string, value: unknown): object {
  return Object.defineProperty({ ...object }, name, { value, enumerable: true, configurable: true, writable: true });
}

function check(part: Part, type: string): Part | undefined {
  return part.pipe?.find((step) => step.type === type);
}

function limit(part: Part, type: string): number | undefined {
  const requirement = check(part, type)?.requirement;
  return typeof requirement === 'number' ? requirement : undefined;
}

function needed(part: Part | undefined): Part {
  if (!part) throw new Error('A schema lacks a part.');
  return part;
}

/** A way to write an object down as JSON that is not quite what a serializer writes. */
export interface OddText {
  readonly make: (object: object) => string;
  /** How the text becomes bytes. */
  readonly encoding: 'utf8' | 'latin1' | 'utf16le';
  readonly fault: string;
  /** Whether it means the same still. */
  readonly same: boolean;
}

/** What can be wrong with the text of a JSON object on its way: cut off, doubled, in another encoding, decorated. */
export const oddText: fc.Arbitrary<OddText> = (() => {
  const written = (fault: string, make: (text: string, first: string) => string, more: Partial<OddText> = {}): OddText => ({
    fault,
    encoding: 'utf8',
    same: false,
    make: (object) => make(JSON.stringify(object), JSON.stringify(Object.keys(object)[0] ?? 'a')),
    ...more,
  });
  const number = /\d+(?=[,}])/;
  const fixed = [
    written('twice', (text) => text + text),
    written('a key twice, the last as it was', (text, first) => `{${first}:null,${text.slice(1)}`, { same: true }),
    written('a key twice, the last another', (text, first) => `${text.slice(0, -1)},${first}:[]}`),
    written('a byte order mark', (text) => `\ufeff${text}`, { same: true }),
    written('UTF-16', (text) => text, { encoding: 'utf16le' }),
    written('bytes that are no UTF-8', (text) => text.replace('{', '{"\xff\xc0\x80\xed\xa0\x80":"\xfe",'), { encoding: 'latin1' }),
    written('white space around it', (text) => ` \r\n\t${text} \n `, { same: true }),
    written('comments', (text) => `/* a */ ${text} // b`),
    written('single quotes', (text) => text.replaceAll('"', "'")),
    written('a comma at the end', (text) => `${text.slice(0, -1)},}`),
    written('a number that is too large', (text) => text.replace(number, '1e999')),
    written('not a number', (text) => text.replace(number, 'NaN')),
    written('a whole number with a point', (text) => text.replace(/:(\d+)(?=[,}])/, ':$1.0'), { same: true }),
    written('an escaped letter', (text) => text.replace(/"(\w)/, (_, letter: string) => `"\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`), { same: true }),
    written('in a list', (text) => `[${text}]`),
    written('as a text', (text) => JSON.stringify(text)),
    written('nothing', () => ''),
    written('very deep', () => '['.repeat(60_000)),
    written('deep in a field', (text, first) => `{${first}:${'{"a":'.repeat(9000)}1${'}'.repeat(9000)},${text.slice(1)}`),
  ];
  const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const cut = at.map((share) => written('cut off', (text) => text.slice(0, Math.floor(text.length * share))));
  const split = at.map((share) =>
    written('NUL in between', (text) => {
      const middle = Math.floor(text.length * share);
      return `${text.slice(0, middle)}\u0000${text.slice(middle)}`;
    }),
  );
  const full = fc.integer({ min: -600, max: 600 }).map((more) =>
    written('about as large as may be', (text) => `${text.slice(0, -1)},"fill":"${'x'.repeat(65_536 - text.length - 10 + more)}"}`),
  );
  return fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...fixed) }, { weight: 4, arbitrary: cut }, { weight: 1, arbitrary: split }, { weight: 1, arbitrary: full });
})();
