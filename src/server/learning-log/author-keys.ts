import { createHmac, hkdfSync, webcrypto } from 'node:crypto';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';

const IV = 12;

/** A text is padded to a multiple of so many bytes, so that its length tells little. */
const BLOCK = 256;

/** What one author's text is sealed under. */
export interface AuthorKey {
  /** AES-256-GCM (NIST SP 800-38D, by Web Crypto), bound to the place where it lies. */
  seal(place: readonly string[], value: unknown): Promise<Uint8Array>;
  /** @returns undefined when it was sealed under another key or for another place, or was damaged */
  unseal(place: readonly string[], sealed: Uint8Array): Promise<unknown>;
  /** Tells one text from another; once the key is gone, nobody finds out what the text was, not even by guessing it. */
  digest(text: string): string;
}

/**
 * The key of an author, made when there is none. A row of a table of its own holds it, wrapped by the master secret: when
 * the row is deleted, nobody reads what was sealed under it any more, wherever a copy of that lies.
 * @param database the transaction in which something is sealed under it, so that no key is lost that was used
 */
export async function authorKey({ master }: Pick<Services, 'master'>, database: Database, { organisation, person }: Identity): Promise<AuthorKey> {
  const owner = JSON.stringify([organisation, person]);
  const known = () => {
    const row = database
      .selectFrom('keyring.author_key')
      .select('wrapped')
      .where('organisation', '=', organisation)
      .where('person', '=', person);
    // Who deletes it waits until what is sealed under it is there to be deleted too.
    return (database.isTransaction ? row.forKeyShare() : row).executeTakeFirst();
  };
  let row = await known();
  if (!row) {
    const wrapped = master.wrap('author key', owner, webcrypto.getRandomValues(new Uint8Array(32)));
    // Of two that make one at the same time, the first one's stays.
    await database
      .insertInto('keyring.author_key')
      .values({ organisation, person, wrapped })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    row = await known();
  }
  if (!row) throw new Error('The key of an author could not be kept.');
  const raw = new Uint8Array(master.unwrap('author key', owner, row.wrapped));
  const key = await webcrypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const telling = new Uint8Array(hkdfSync('sha256', raw, 'leerkring', 'telling texts apart v1', 32));
  const bound = (place: readonly string[]) => new TextEncoder().encode(JSON.stringify([organisation, person, ...place]));
  return {
    async seal(place, value) {
      const text = new TextEncoder().encode(JSON.stringify(value));
      const padded = new Uint8Array(Math.ceil((text.length + 1) / BLOCK) * BLOCK).fill(0x20);
      padded.set(text);
      const iv = webcrypto.getRandomValues(new Uint8Array(IV));
      const sealed = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(place) }, key, padded);
      return Buffer.concat([iv, new Uint8Array(sealed)]);
    },
    async unseal(place, sealed) {
      const how = { name: 'AES-GCM', iv: new Uint8Array(sealed.subarray(0, IV)), additionalData: bound(place) };
      const text = await webcrypto.subtle.decrypt(how, key, new Uint8Array(sealed.subarray(IV))).catch(() => undefined);
      return text && (JSON.parse(new TextDecoder().decode(text)) as unknown);
    },
    digest: (text) => createHmac('sha256', telling).update(text).digest('base64url').slice(0, 22),
  };
}
