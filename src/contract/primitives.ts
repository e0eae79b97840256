import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import { isPlain } from './plain.ts';

/** An opaque key: what it means is the server's affair. */
export const key = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(LIMITS.key),
  v.check(isPlain, 'Control characters are not allowed here.'),
);

/** A moment in UTC, ISO 8601. */
export const instant = v.pipe(v.string(), v.isoTimestamp());

/** Bytes in base64url without padding (RFC 4648 section 5), of a fixed length. */
export const bytes = (length: number) =>
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.length(Math.ceil((length * 4) / 3)));

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A list that nobody changes. */
export const list = <S extends v.GenericSchema>(schema: S) => v.pipe(v.array(schema), v.readonly());
