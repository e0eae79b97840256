/** Bounds that both sides keep, in one place so that a form can say them before the server has to. */
export const LIMITS = {
  /** Bytes of a request's body. */
  body: 64 * 1024,
  /** Levels of nesting in a JSON body. */
  depth: 8,
  /** Characters of a key: organisation, team, person, round, item. */
  key: 200,
  /** Seconds within which a ballot is sent, at a moment drawn at random. */
  ballotDelay: 20,
} as const;
