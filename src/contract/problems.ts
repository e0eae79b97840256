import * as v from 'valibot';
import { changedEntrySchema, entrySchema } from './learning-log.ts';
import { PROBLEM_TYPE } from './paths.ts';

/** Every way in which a request can fail; the last part of a problem's `type`. */
export const PROBLEMS = [
  'invalid-request',
  'too-large',
  'too-many-requests',
  'signed-out',
  'not-in-roster',
  'not-found',
  'not-asked',
  'round-closed',
  'paper-taken',
  'paper-invalid',
  'ballot-differs',
  'entry-changed',
  'key-used',
  'step-closed',
  'unavailable',
  'internal',
] as const;
export type ProblemKind = (typeof PROBLEMS)[number];

export { PROBLEM_TYPE };

/** RFC 9457, `application/problem+json`: what was wrong, where, and what to do; nothing internal. */
export const problemSchema = v.strictObject({
  type: v.pipe(v.string(), v.startsWith(PROBLEM_TYPE)),
  status: v.number(),
  title: v.string(),
  detail: v.string(),
  /** Where in the request: JSON Pointers (RFC 6901) and what is wrong there. */
  errors: v.exactOptional(v.array(v.strictObject({ pointer: v.string(), detail: v.string() }))),
  /** Of `entry-changed`: the entry as it is kept, and what was sent to change it. */
  kept: v.exactOptional(entrySchema),
  sent: v.exactOptional(changedEntrySchema),
});
export type Problem = v.InferOutput<typeof problemSchema>;
