import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { parentPort } from 'node:worker_threads';

/**
 * A client on a thread of its own, so that what it costs to ask does not stand in the way of the answers. It is told
 * requests and does them, so many at once. Without a port they go to a socket of its own that answers at once: then it
 * takes the same share of the machine while no server is measured.
 * @typedef {{ readonly path: string, readonly headers: Record<string, string>, readonly body?: string }} Asked
 * @typedef {{ readonly port?: number, readonly atOnce: number, readonly requests: readonly Asked[] }} Order
 */

const agent = new Agent({ keepAlive: true });

const nothing = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
}).listen(0, '127.0.0.1');
await once(nothing, 'listening');
const address = nothing.address();
const nowhere = typeof address === 'object' && address ? address.port : 0;

/**
 * @param {number} port
 * @param {Asked} asked
 * @returns {Promise<void>}
 */
function ask(port, { path, headers, body }) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asking = request(
      { agent, host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'POST', headers: { ...headers, ...length } },
      (answer) => {
        answer.resume();
        answer.once('error', reject);
        answer.once('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`${path} was answered with ${String(answer.statusCode)}.`));
        });
      },
    );
    asking.once('error', reject);
    asking.end(body);
  });
}

parentPort?.on('message', (/** @type {Order} */ { port = nowhere, atOnce, requests }) => {
  const rest = requests.values();
  const began = performance.now();
  const lane = async () => {
    for (const asked of rest) await ask(port, asked);
  };
  void Promise.all(Array.from({ length: atOnce }, lane)).then(
    () => parentPort?.postMessage({ milliseconds: performance.now() - began }),
    (/** @type {unknown} */ error) => parentPort?.postMessage({ failed: String(error) }),
  );
});
