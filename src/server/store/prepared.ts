import { parse, protocol, types, type PGlite, type Results } from '@electric-sql/pglite';

/** A statement with more values than this is one of a batch, which hardly comes again with as many. */
const FEW_VALUES = 20;

/** How many statements stay prepared: more than there are to come again, some tens of kilobytes each. */
const PREPARED = 200;

/** A statement as the database knows it. */
interface Prepared {
  readonly name: string;
  /** The types of its values, as PostgreSQL's object identifiers. */
  readonly types: readonly number[];
}

/**
 * The statements of an embedded database. One that comes again is read and planned once: PGlite's own `query` has that
 * done each time anew, which is more than half of what a ballot costs it. The database itself chooses between a plan for
 * these values and one for all, and makes new ones where a table changes.
 */
export class PreparedStatements {
  readonly #database: PGlite;
  readonly #prepared = new Map<string, Prepared>();
  #made = 0;

  constructor(database: PGlite) {
    this.#database = database;
  }

  async query(text: string, values: readonly unknown[]): Promise<Results> {
    if (values.length > FEW_VALUES || !COMES_AGAIN.test(text)) return this.#database.query(text, [...values]);
    return this.#database.runExclusive(() => this.#queryPrepared(text, values));
  }

  async #queryPrepared(text: string, values: readonly unknown[]): Promise<Results> {
    const statement = this.#prepared.get(text) ?? (await this.#prepare(text));
    const messages = await this.#send(
      protocol.serialize.bind({ statement: statement.name, values: values.map((value, index) => this.#sent(value, statement.types[index])) }),
      protocol.serialize.describe({ type: 'P' }),
      protocol.serialize.execute({}),
    );
    const [results] = parse.parseResults(messages, this.#database.parsers);
    if (!results) throw new Error('The embedded database did not answer.');
    return results;
  }

  async #prepare(text: string): Promise<Prepared> {
    const [oldest] = this.#prepared;
    if (oldest && this.#prepared.size >= PREPARED) {
      this.#prepared.delete(oldest[0]);
      await this.#send(protocol.serialize.close({ type: 'S', name: oldest[1].name }));
    }
    this.#made += 1;
    const name = `prepared${String(this.#made)}`;
    const described = await this.#send(protocol.serialize.parse({ name, text }), protocol.serialize.describe({ type: 'S', name }));
    const prepared = { name, types: parse.parseDescribeStatementResults(described) };
    this.#prepared.set(text, prepared);
    return prepared;
  }

  /** Messages of PostgreSQL's extended query protocol, of which an error skips the rest. */
  async #send(...messages: readonly Uint8Array[]) {
    return this.#database.execProtocolStream(Buffer.concat([...messages, protocol.serialize.sync()]));
  }

  #sent(value: unknown, type = 0): string | Uint8Array | null {
    if (value === null || value === undefined) return null;
    // Bytes are sent as they are; as text they would be thrice as many steps.
    if (type === types.BYTEA && value instanceof Uint8Array) return value;
    const asText = this.#database.serializers[type] ?? String;
    return asText(value);
  }
}

const COMES_AGAIN = /^\s*(with|select|insert|update|delete)\b/i;
