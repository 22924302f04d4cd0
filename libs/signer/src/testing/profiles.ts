import { parseSignatureProfile } from '../parse-profile.js';
import type { SignatureProfileOptions } from '../profile-options.js';
import type { SignatureProfile } from '../profile.js';
import { SCHEME_NAMES, schemeNamed } from '../schemes.js';

/** A profile that must be good. */
export function profileOf(text: string, options?: SignatureProfileOptions): SignatureProfile {
  const parsed = parseSignatureProfile(text, options);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.profile;
}

/** Why a profile is refused. */
export function refusalOf(text: string, options?: SignatureProfileOptions): string {
  const parsed = parseSignatureProfile(text, options);
  if (parsed.ok) throw new Error(`${text} was accepted`);
  return parsed.error;
}

/** Every built-in scheme with a template it accepts. */
export const EVERY_SCHEME = SCHEME_NAMES.map((name) => {
  const scheme = schemeNamed(name)!;
  const template = scheme.kind === 'hash' && scheme.secret === 'template' ? '{secret}{body}' : '{body}';
  return { name, scheme, template };
});
