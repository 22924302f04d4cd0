import type { SignedFacts } from '../placeholders.js';
import { parseTemplate, renderTemplate } from '../template.js';
import type { Pieces } from './arrangements.js';

/**
 * Renders templates in pieces. Each placeholder is read from the request once, since thousands of templates have the
 * same ones.
 *
 * @returns a function that gives undefined when the request has nothing for a placeholder
 */
export function pieceRenderer(facts: SignedFacts): (pieces: Pieces) => Buffer | undefined {
  const known = new Map<string, Uint8Array | undefined>();
  return (pieces) => {
    const parts: Uint8Array[] = [];
    for (const piece of pieces) {
      if (!known.has(piece)) known.set(piece, bytesOf(piece, facts));
      const bytes = known.get(piece);
      if (bytes === undefined) return undefined;
      parts.push(bytes);
    }
    return Buffer.concat(parts);
  };
}

function bytesOf(piece: string, facts: SignedFacts): Uint8Array | undefined {
  if (!piece.startsWith('{')) return Buffer.from(piece === '\\n' ? '\n' : piece);
  const parsed = parseTemplate(piece);
  const rendered = parsed.ok ? renderTemplate(parsed.template, facts) : parsed;
  return rendered.ok ? Buffer.concat(rendered.pieces) : undefined;
}
