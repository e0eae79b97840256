import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

/** A key server as Entra is one: a metadata document for each tenant, and keys at the address that it names. */
export class KeyServer {
  readonly keys: (JWK & { readonly issuer: string })[] = [];
  /** How often it was asked for anything, whatever it did then. */
  asked = 0;
  broken = false;
  /** Where the metadata says that the keys are, instead of here. */
  keysAt: string | undefined;
  /** Whether it leaves who asks without an answer. */
  hanging = false;
  /** How many of those waited until they gave up. */
  givenUp = 0;
  readonly #held = new Set<() => void>();
  #server: Server | undefined;
  readonly #tenant: string;
  address = '';

  constructor(tenant: string) {
    this.#tenant = tenant;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.asked += 1;
      const answer = () => { this.#answer(request.url, response); };
      if (this.hanging) this.#hold(response, answer);
      else answer();
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const address = server.address();
    assert.ok(typeof address === 'object' && address);
    this.address = `http://127.0.0.1:${String(address.port)}`;
    this.#server = server;
  }

  /** Answers all that wait. */
  answer(): void {
    this.hanging = false;
    for (const answer of this.#held) answer();
    this.#held.clear();
  }

  #hold(response: ServerResponse, answer: () => void): void {
    this.#held.add(answer);
    response.on('close', () => {
      if (this.#held.delete(answer)) this.givenUp += 1;
    });
  }

  #answer(path: string | undefined, response: ServerResponse): void {
    if (this.broken) return void response.writeHead(500).end('{}');
    const json = (body: unknown) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (path !== `/${this.#tenant}/v2.0/.well-known/openid-configuration`) return void json({ keys: this.keys });
    json({
      token_endpoint: `https://login.microsoftonline.com/${this.#tenant}/oauth2/v2.0/token`,
      jwks_uri: this.keysAt ?? `${this.address}/${this.#tenant}/discovery/v2.0/keys`,
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      issuer: `https://login.microsoftonline.com/${this.#tenant}/v2.0`,
      cloud_instance_name: 'microsoftonline.com',
    });
  }

  async addKey(kid: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.keys.push({ ...(await exportJWK(publicKey)), kid, use: 'sig', x5t: kid, issuer: `https://login.microsoftonline.com/${this.#tenant}/v2.0` });
    return privateKey;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => { this.#server?.close(resolve); });
  }
}
