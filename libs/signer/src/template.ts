import { jsonValueAt } from './json-value-at.js';
import {
  isPlaceholder,
  PLACEHOLDER_BYTES,
  PLACEHOLDERS,
  type PlaceholderName,
  type SignedFacts,
} from './placeholders.js';

export type TemplatePart =
  | { readonly literal: string }
  | {
      readonly placeholder: PlaceholderName;
      /** The name under which the secret joins the sorted root values. */
      readonly secretField?: string;
    }
  /** The plain value at a path of the JSON body: names of members, indexes of lists. */
  | { readonly jsonPath: readonly string[] };

/** The pieces of the signed message, as data. */
export type Template = readonly TemplatePart[];

export type ParsedTemplate =
  { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly error: string };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '{': '{', '}': '}' };
const PIECES = /\\(?<escaped>.?)|\{(?<name>[^{}]*)\}|(?<brace>[{}])|(?<literal>[^\\{}]+)/gsu;
const WITH_SECRET_FIELD = /^sortedRootValues\((?<field>[\w.-]+)\)$/;
const JSON_VALUE = /^json\((?<path>[\w-]+(?:\.[\w-]+)*)\)$/;
const ALLOWED = [...Object.keys(PLACEHOLDERS), 'sortedRootValues(NAME)', 'json(NAME.NAME)']
  .map((name) => `{${name}}`)
  .join(', ');

/**
 * Reads a template such as `{method}\n{md5(body)}\n{path}`. Backslash escapes: `\n`, `\r`, `\t`, `\\`, `\{`, `\}`;
 * everything else is literal. The error names the given text and the allowed placeholders.
 */
export function parseTemplate(text: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  const addLiteral = (literal: string): void => {
    const last = parts.at(-1);
    if (last !== undefined && 'literal' in last) parts[parts.length - 1] = { literal: last.literal + literal };
    else parts.push({ literal });
  };
  for (const { groups } of text.matchAll(PIECES)) {
    const { escaped, name, brace, literal } = groups as Record<string, string | undefined>;
    if (name !== undefined) {
      const part = readPlaceholder(name);
      if (part === undefined) {
        return refuse(`unknown placeholder {${name}} in the signature template; allowed are ${ALLOWED}`);
      }
      parts.push(part);
    } else if (escaped !== undefined) {
      const character = ESCAPES[escaped];
      if (character === undefined) {
        return refuse(
          `unknown escape \\${escaped} in the signature template; allowed are \\n, \\r, \\t, \\\\, \\{ and \\}`,
        );
      }
      addLiteral(character);
    } else if (brace === undefined) {
      addLiteral(literal ?? '');
    } else {
      return refuse(
        `a lone ${brace} in the signature template; write \\${brace} for the character itself, or one of ${ALLOWED}`,
      );
    }
  }
  if (!parts.some(coversRequest)) {
    return refuse(
      `the signature template ${JSON.stringify(text)} covers nothing of the request; it needs at least one of ${ALLOWED}`,
    );
  }
  return { ok: true, template: parts };
}

function coversRequest(part: TemplatePart): boolean {
  return 'jsonPath' in part || ('placeholder' in part && part.placeholder !== 'secret');
}

/** Whether the template names this placeholder. */
export function mentions(template: Template, name: PlaceholderName): boolean {
  return template.some((part) => 'placeholder' in part && part.placeholder === name);
}

/** Whether the secret itself is inside the template. */
export function holdsSecret(template: Template): boolean {
  return mentions(template, 'secret') || template.some((part) => 'secretField' in part);
}

/** Whether the signed bytes are the body and nothing else: the way that needs no assembling. */
export function isBodyAlone(template: Template): boolean {
  return template.length === 1 && mentions(template, 'body');
}

export type Rendered =
  { readonly ok: true; readonly pieces: readonly Uint8Array[] } | { readonly ok: false; readonly error: string };

/** The pieces to be signed, in order. The body is included by reference: it is not decoded or copied. */
export function renderTemplate(template: Template, facts: SignedFacts): Rendered {
  const pieces: Uint8Array[] = [];
  let covers = false;
  for (const part of template) {
    const piece = pieceOf(part, facts);
    if (piece === undefined) {
      return { ok: false, error: `this request's body gives nothing to sign for {${nameOf(part)}}` };
    }
    covers ||= coversRequest(part) && (piece.length > 0 || !('jsonPath' in part));
    pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  }
  // That signature would be the same for every request.
  if (!covers) return { ok: false, error: 'this request has none of the values that the signature template names' };
  return { ok: true, pieces };
}

function pieceOf(part: TemplatePart, facts: SignedFacts): Uint8Array | string | undefined {
  if ('literal' in part) return part.literal;
  if ('jsonPath' in part) return jsonValueAt(facts.request.body, part.jsonPath);
  return PLACEHOLDER_BYTES[part.placeholder](facts, part.secretField);
}

function nameOf(part: TemplatePart): string {
  if ('jsonPath' in part) return `json(${part.jsonPath.join('.')})`;
  return 'placeholder' in part ? part.placeholder : 'literal';
}

function readPlaceholder(name: string): TemplatePart | undefined {
  if (isPlaceholder(name)) return { placeholder: name };
  const path = JSON_VALUE.exec(name)?.groups?.['path'];
  if (path !== undefined) return { jsonPath: path.split('.') };
  const secretField = WITH_SECRET_FIELD.exec(name)?.groups?.['field'];
  return secretField === undefined ? undefined : { placeholder: 'sortedRootValues', secretField };
}

function refuse(error: string): ParsedTemplate {
  return { ok: false, error };
}
