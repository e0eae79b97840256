import * as v from 'valibot';
import { inPlainWords } from '../../contract/issues.ts';
import { LIMITS } from '../../contract/limits.ts';
import { ProblemError } from './problems.ts';

/**
 * The text of a body, no more of it than the limit.
 * @throws ProblemError also when it did not arrive whole: who gives up half way is no failure of the server's
 */
export async function readBody(request: Request): Promise<string> {
  const length = Number(request.headers.get('content-length'));
  if (length > LIMITS.body) throw new ProblemError('too-large');
  // A body ends where its length says (RFC 9112 section 6.2): in one piece it costs less than as a stream.
  if (length > 0) return request.text().catch(notWhole);
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read().catch(notWhole);
    if (done) break;
    size += value.length;
    if (size > LIMITS.body) throw new ProblemError('too-large');
    parts.push(value);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

function notWhole(): never {
  throw new ProblemError('invalid-request', [{ pointer: '', detail: 'The body did not arrive whole.' }]);
}

/** A JSON body, not deeper than the limit. @throws ProblemError */
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
export function checked<S extends v.GenericSchema>(schema: S, input: unknown, where: 'body' | 'query' | 'path'): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new ProblemError(
    'invalid-request',
    result.issues.slice(0, 20).map((issue) => ({ pointer: pointerTo(issue, where), detail: inPlainWords(issue) })),
  );
}

function pointerTo(issue: v.BaseIssue<unknown>, where: 'body' | 'query' | 'path'): string {
  const keys = (issue.path ?? []).map((part) => String(part.key));
  // What looks like no name may be a text that came to stand where a name should: then the place around it is told.
  const odd = keys.findIndex((key) => !NAME.test(key));
  const names = odd === -1 ? keys : keys.slice(0, odd);
  // None of these characters asks for an escape in a JSON Pointer.
  return where === 'query' ? `?${names.join('.')}` : names.map((name) => `/${name}`).join('');
}

/** Fields of the contract, keys of items, and indices: nothing in which a sentence fits. */
const NAME = /^[A-Za-z0-9_-]{1,60}$/;

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
