import type { FoundProfile, KeyForm, ProfileSearch } from '@vestibule/signer';

const WRITE_KEY: Readonly<Record<Exclude<KeyForm, 'as-given'>, string>> = {
  hex: '# TROIKA_SIGNATURE_KEY is the hex of the key: write hex: in front of it.',
  base64: '# TROIKA_SIGNATURE_KEY is the base64 of the key: write base64: in front of it.',
};

const NONE = `No profile makes this signature. What to look at:
- Is the sample the bytes that were signed? Copied text loses spaces, the order of fields, and \\u escapes.
- Is the key the one of this sample, whole, and no password beside it?
- If a date or a time is signed, give the whole HTTP message with its headers.
- Ask the manager what is signed, byte for byte, and for the key in hex. External signers (CMS, GOST) cannot be tried.`;

/** The settings to write down, or what to look at when there are none. The key is never shown. */
export function describeSearch({ found: [first, ...others], tried }: ProfileSearch): string {
  if (first === undefined) return `${NONE}\nTried: ${tried} combinations.`;
  const more =
    others.length === 0
      ? []
      : ['', '# These make it as well; a second pair decides between them:', ...others.flatMap(commented)];
  return [...settings(first), ...more].join('\n');
}

function settings({ signature, template, keyForm }: FoundProfile): string[] {
  return [
    `TROIKA_SIGNATURE=${signature}`,
    `TROIKA_SIGNATURE_TEMPLATE=${template}`,
    ...(keyForm === 'as-given' ? [] : [WRITE_KEY[keyForm]]),
  ];
}

const commented = (profile: FoundProfile): string[] =>
  settings(profile).map((line) => (line.startsWith('#') ? line : `# ${line}`));
