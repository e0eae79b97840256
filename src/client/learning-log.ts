import { answered, commonly, signedIn, type Connection } from './api.ts';

/**
 * Asks for a change as the person who is signed in. What is read goes by `read`.
 * @param version that the change began with, of what has versions
 * @throws RequestFailure
 */
export function send<T>(
  connection: Connection,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  version?: number,
): Promise<T> {
  const { server, language } = connection;
  return signedIn(connection, (token) =>
    answered(
      fetch(server + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'accept-language': language,
          ...(body && { 'content-type': 'application/json' }),
          ...(version !== undefined && { 'if-match': `"${version}"` }),
        },
        ...(body && { body: JSON.stringify(body) }),
        ...commonly(),
      }),
    ),
  );
}
