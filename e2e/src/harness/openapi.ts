import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly path: string;
  readonly verb: string;
  readonly operation: {
    readonly operationId: string;
    readonly tags: readonly string[];
    readonly requestBody?: { readonly content: { readonly 'application/json': MediaType } };
    readonly responses: Readonly<Record<string, DescribedAnswer>>;
    readonly security?: readonly unknown[];
  };
}
interface MediaType {
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface DescribedAnswer {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

/** The OpenAPI document as a gateway serves it, and what it says of answers. */
export class ApiDocument {
  readonly operations: readonly Operation[];
  private readonly responses: Readonly<Record<string, DescribedAnswer>>;
  private readonly ajv = new Ajv2020({ allErrors: true, strict: false });

  private constructor(document: Json) {
    addFormats.default(this.ajv);
    // Of ours; its pattern is in the document.
    this.ajv.addFormat('event-id', true);
    this.ajv.addSchema({ ...(closeObjects(document) as Json), $id: 'api' });
    const { responses } = document['components'] as { responses: Readonly<Record<string, DescribedAnswer>> };
    this.responses = Object.fromEntries(
      Object.entries(responses).map(([name, response]) => [`#/components/responses/${name}`, response]),
    );
    this.operations = Object.entries(document['paths'] as Record<string, Json>).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, operation]) => ({
        path,
        verb,
        operation: operation as Operation['operation'],
      })),
    );
  }

  static async fetch(internalUrl: string): Promise<ApiDocument> {
    return new ApiDocument((await (await fetch(`${internalUrl}/openapi.json`)).json()) as Json);
  }

  operation(operationId: string): Operation {
    const found = this.operations.find(({ operation }) => operation.operationId === operationId);
    if (found === undefined) throw new Error(`the document has no operation ${operationId}`);
    return found;
  }

  /**
   * Differences between an answer and the document: an undescribed status or content type, a body that does not match,
   * a missing header. An undescribed field is a difference too.
   */
  faultsOf(
    operationId: string,
    { status, headers }: Pick<Response, 'status' | 'headers'>,
    contentType: string,
    body: unknown,
  ): string[] {
    const { path, verb, operation } = this.operation(operationId);
    const response = operation.responses[status];
    const described = response?.$ref === undefined ? response : this.responses[response.$ref];
    if (response === undefined || described === undefined) return [`${operationId} describes no answer ${status}`];
    const missing = Object.entries(described.headers ?? {}).filter(
      ([name, { required }]) => required === true && !headers.has(name),
    );
    if (missing.length > 0) return missing.map(([name]) => `${operationId} ${status} has no ${name}`);
    if (described.content === undefined) {
      return contentType === '' && body === '' ? [] : [`${operationId} describes no body for ${status}`];
    }
    const type = contentType.split(';')[0] ?? '';
    const place = response.$ref?.slice(1) ?? `/paths/${escape(path)}/${verb}/responses/${status}`;
    const check = this.ajv.getSchema(`api#${place}/content/${escape(type)}/schema`);
    if (check === undefined) return [`${operationId} describes no ${type} for ${status}`];
    if (check(body) === true) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

/** In a test every field must be in the document, although clients must tolerate more. */
function closeObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeObjects);
  if (typeof value !== 'object' || value === null) return value;
  const closed = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closeObjects(inner)]));
  const isObject = closed['type'] === 'object' && typeof closed['properties'] === 'object';
  return isObject && closed['additionalProperties'] === undefined ? { ...closed, additionalProperties: false } : closed;
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
