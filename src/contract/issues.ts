import type * as v from 'valibot';

/**
 * What is wrong with a value, in words for a person. Never the value itself: it may be an answer, and an answer must
 * not come back in an error or reach a log.
 */
export function inPlainWords(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object') {
    return issue.expected === 'never' ? 'This field is not known here.' : 'This field is missing.';
  }
  // Sentences of our own; the library's begin with this word and repeat the value.
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  return issue.expected === null ? 'This value is not allowed here.' : `Expected ${issue.expected}.`;
}
