import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { problemSchema } from '../../contract/problems.ts';
import { GENERAL_PROBLEMS, ROUTES, takesForm, type Route } from '../../contract/routes.ts';
import { statusOf } from './problems.ts';

/** The contract as an OpenAPI 3.1 document: what the routes check is what it tells. */
export function openApi(publicUrl: string, version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, route] of Object.entries<Route>(ROUTES)) {
    const path = (paths[route.path] ??= {});
    path[route.method] = operation(operationId, route);
    if (takesForm(route)) path['post'] = formOperation(operationId, route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Leerkring', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema) },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operation(operationId: string, route: Route): Record<string, unknown> {
  return {
    operationId,
    summary: route.summary,
    security: route.lane === 'signed-in' ? [{ token: [] }] : [],
    ...parametersOf(route),
    ...(route.body ? { requestBody: { required: true, content: json(jsonSchema(route.body)) } } : {}),
    responses: { 200: { description: 'As asked.', content: answers(route) }, ...problemResponses(route) },
  };
}

/** The same with the token and the query in a form. */
function formOperation(operationId: string, route: Route): Record<string, unknown> {
  const { properties = {}, required = [] } = route.query ? jsonSchema(route.query) : {};
  const schema = {
    type: 'object',
    properties: { access_token: { type: 'string' }, ...properties },
    required: ['access_token', ...required],
  };
  const rest = operation(`${operationId}ByForm`, { ...route, query: undefined });
  return { ...rest, security: [], requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema } } } };
}

function problemResponses(route: Route): Record<string, unknown> {
  const kinds = [...route.problems, ...GENERAL_PROBLEMS];
  const statuses = new Set(kinds.map(statusOf));
  return Object.fromEntries(
    [...statuses].map((status) => [
      status,
      {
        description: kinds.filter((kind) => statusOf(kind) === status).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function answers(route: Route) {
  return route.streams ? { 'text/event-stream': { schema: jsonSchema(route.answer) } } : json(jsonSchema(route.answer));
}

function parametersOf({ params, query, method, versioned }: Route): { readonly parameters?: unknown[] } {
  const parameters = [
    ...(params ? fieldsOf(params, 'path') : []),
    ...(query ? fieldsOf(query, 'query') : []),
    ...(versioned && method === 'put' ? [{ name: 'if-match', in: 'header', required: true, schema: { type: 'string' } }] : []),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function fieldsOf(fields: v.GenericSchema, where: 'path' | 'query'): unknown[] {
  const { properties = {}, required = [] } = jsonSchema(fields);
  return Object.entries(properties).map(([name, schema]) => ({ name, in: where, required: required.includes(name), schema }));
}

function json(schema: unknown) {
  return { 'application/json': { schema } };
}

function jsonSchema(schema: v.GenericSchema) {
  // Checks that JSON Schema has no word for are left to the server.
  const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: 'ignore', target: 'draft-2020-12' });
  return rest;
}
