/**
 * The routes' paths, apart from the schemas: what imports only these carries no run-time check along, and a form in a
 * browser has to be small.
 */
export const OPEN_ROUNDS_PATH = '/v1/rounds/open';
export const PAPERS_PATH = '/v1/papers';
export const BALLOTS_PATH = '/v1/ballots';
export const REPORTS_PATH = '/v1/reports';

/** How every problem's `type` begins (RFC 9457). */
export const PROBLEM_TYPE = 'urn:leerkring:problem:';
