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
    };

/** What is signed, piece by piece, as data. */
export type Template = readonly TemplatePart[];

export type ParsedTemplate =
  { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly error: string };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '{': '{', '}': '}' };
const PIECES = /\\(?<escaped>.?)|\{(?<name>[^{}]*)\}|(?<brace>[{}])|(?<literal>[^\\{}]+)/gsu;
const WITH_SECRET_FIELD = /^sortedRootValues\((?<field>[\w.-]+)\)$/;
const ALLOWED = [...Object.keys(PLACEHOLDERS), 'sortedRootValues(NAME)'].map((name) => `{${name}}`).join(', ');

/**
 * Reads a template such as `{method}\n{md5(body)}\n{path}`. Backslash escapes: `\n`, `\r`, `\t`, `\\`, `\{`, `\}`;
 * everything else is literal. The error names what was given and what is allowed.
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
  if (!parts.some((part) => 'placeholder' in part && part.placeholder !== 'secret')) {
    return refuse(
      `the signature template ${JSON.stringify(text)} covers nothing of the request; it needs at least one of ${ALLOWED}`,
    );
  }
  return { ok: true, template: parts };
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

/** The pieces to be signed, in order. The body is among them by reference: it is neither decoded nor copied. */
export function renderTemplate(template: Template, facts: SignedFacts): Rendered {
  const pieces: Uint8Array[] = [];
  for (const part of template) {
    const piece = 'literal' in part ? part.literal : PLACEHOLDER_BYTES[part.placeholder](facts, part.secretField);
    if (piece === undefined) {
      const name = 'placeholder' in part ? part.placeholder : 'literal';
      return { ok: false, error: `this request's body gives nothing to sign for {${name}}` };
    }
    pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  }
  return { ok: true, pieces };
}

function readPlaceholder(name: string): TemplatePart | undefined {
  if (isPlaceholder(name)) return { placeholder: name };
  const secretField = WITH_SECRET_FIELD.exec(name)?.groups?.['field'];
  return secretField === undefined ? undefined : { placeholder: 'sortedRootValues', secretField };
}

function refuse(error: string): ParsedTemplate {
  return { ok: false, error };
}
