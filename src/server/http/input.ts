import * as v from 'valibot';
import { inPlainWords } from '../../contract/issues.ts';
import { LIMITS } from '../../contract/limits.ts';
import { ProblemError } from './problems.ts';

/** A JSON body, not larger and not deeper than the limits. @throws ProblemError */
export function parseBody(text: string): unknown {
  if (depth(text) > LIMITS.depth) {
    throw new ProblemError('invalid-request', [{ pointer: '', detail: `Nested deeper than ${LIMITS.depth} levels.` }]);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProblemError('invalid-request', [{ pointer: '', detail: 'Not valid JSON.' }]);
  }
}

/** Input against its schema; unknown fields are refused. What was sent is never repeated. @throws ProblemError */
export function checked<S extends v.GenericSchema>(schema: S, input: unknown, where: 'body' | 'query'): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new ProblemError(
    'invalid-request',
    result.issues.slice(0, 20).map((issue) => ({ pointer: pointerTo(issue, where), detail: inPlainWords(issue) })),
  );
}

function pointerTo(issue: v.BaseIssue<unknown>, where: 'body' | 'query'): string {
  const keys = (issue.path ?? []).map((part) => String(part.key).slice(0, LIMITS.key));
  if (where === 'query') return `?${keys.join('.')}`;
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function depth(text: string): number {
  let deepest = 0;
  let level = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (level += 1));
    else if (character === '}' || character === ']') level -= 1;
  }
  return deepest;
}
