import type { PoolClient } from 'pg';
import { BARCODE_TAKEN } from '../pipeline/barcodes.js';
import type { Rejection } from '../pipeline/rejection.js';
import type { ClientLine } from './client-line.js';

/** What no two cards may have in common. */
const OWNED = ['phone', 'email', 'barcode'] as const;
type Owned = (typeof OWNED)[number];
type Held = Record<Owned, string | null>;

const TAKEN: Readonly<Record<Owned, string>> = {
  phone: "is the phone of another card's holder",
  email: "is the e-mail of another card's holder",
  barcode: BARCODE_TAKEN,
};

/** What a batch needs to know of a member, from the database or from the batch itself. */
interface Member extends Held {
  readonly id: string;
  readonly isNew: boolean;
  cardNumber: string | null;
}

interface KeptLine {
  readonly line: ClientLine;
  readonly member: Readonly<Member>;
}

/** Who each line of a batch is of. */
export interface Match {
  readonly kept: readonly KeptLine[];
  readonly rejected: readonly Rejection[];
  /** The ids of members who give their phone or their e-mail up to another line of the batch. */
  readonly released: { readonly phones: readonly string[]; readonly emails: readonly string[] };
}

/** The owner of each value that the lines claim: members, numbers in a pool, cards of erased members. */
const HOLDERS = `
select m.id::text, m.msisdn as phone, lower(m.email) as email, c.number, c.barcode
  from (select id from members where msisdn = any($1)
        union select id from members where lower(email) = any($2)
        union select member_id from cards where number = any($3)
        union select member_id from cards where barcode = any($4)) as touched
  join members m using (id) left join cards c on c.member_id = m.id
union all
select null, null, null, number, barcode from card_numbers where barcode = any($4) and issued_at is null
union all
select null, null, null, number, barcode from cards where barcode = any($4) and erased_at is not null`;

/** What lines of earlier batches claimed in a dry run. */
const CLAIMS = `
select field, value, owner from import_claims
 where (field = 'phone' and value = any($1)) or (field = 'email' and value = any($2))
    or (field = 'barcode' and value = any($3)) or owner = any($4)`;

/**
 * Finds the member of each line, and rejects a line that claims a value of another card. Lines of a batch see each
 * other: a line may take a phone that another line gives up, in any order.
 */
export async function matchClients(client: PoolClient, lines: readonly ClientLine[]): Promise<Match> {
  const members = await readHolders(client, lines);
  const { rows: ids } = await client.query<{ id: string }>(
    `select nextval(pg_get_serial_sequence('members', 'id'))::text as id from generate_series(1, $1)`,
    [lines.length],
  );
  const ofLines = assign(members, lines, (at) => ids[at]?.id ?? '');
  return settle(members, ofLines);
}

async function readHolders(client: PoolClient, lines: readonly ClientLine[]): Promise<Member[]> {
  const phones = lines.map(({ phone }) => phone);
  const emails = lines.map(({ email }) => email);
  const barcodes = lines.map(({ barcode }) => barcode);
  const { rows } = await client.query<Held & { id: string | null; number: string | null }>(HOLDERS, [
    phones,
    emails,
    lines.map(({ cardNumber }) => cardNumber),
    barcodes,
  ]);
  const members = rows.map(({ id, number, phone, email, barcode }): Member => ({
    id: id ?? `number ${number}`,
    isNew: id === null,
    cardNumber: number,
    phone,
    email,
    barcode,
  }));
  const { rows: claims } = await client.query<{ field: Owned; value: string; owner: string }>(CLAIMS, [
    phones,
    emails,
    barcodes,
    members.flatMap(({ cardNumber }) => cardNumber ?? []),
  ]);
  const byCard = new Map(members.map((member) => [member.cardNumber, member]));
  for (const { field, value, owner } of claims) {
    let member = byCard.get(owner);
    if (member === undefined) {
      member = { id: `card ${owner}`, isNew: true, cardNumber: owner, phone: null, email: null, barcode: null };
      byCard.set(owner, member);
      members.unshift(member);
    }
    member[field] = value;
  }
  return members;
}

/** The member of each line: the holder of its card, else one without a card who has its phone, else a new one. */
function assign(members: Member[], lines: readonly ClientLine[], newId: (at: number) => string): KeptLine[] {
  const byCard = new Map<string, Member>();
  const cardless = new Map<string, Member>();
  for (const member of members) {
    if (member.isNew) continue;
    if (member.cardNumber !== null) byCard.set(member.cardNumber, member);
    else if (member.phone !== null) cardless.set(member.phone, member);
  }
  return lines.map((line, at) => {
    let member = byCard.get(line.cardNumber) ?? cardless.get(line.phone ?? '');
    if (member?.cardNumber === null) cardless.delete(line.phone ?? '');
    if (member === undefined) {
      const nothing = { phone: null, email: null, barcode: null };
      member = { id: newId(at), isNew: true, cardNumber: line.cardNumber, ...nothing };
      members.push(member);
    }
    member.cardNumber = line.cardNumber;
    return { line, member };
  });
}

/**
 * Rejects lines until no two cards have anything in common. A rejected line leaves its member as he was, so what he has
 * is not free for others after all; each pass rejects a line at least, and nearly always the first is the last.
 */
function settle(members: readonly Member[], ofLines: readonly KeptLine[]): Match {
  const rejected: Rejection[] = [];
  let kept = ofLines;
  for (;;) {
    const owners = ownersBeside(members, new Set(kept.map(({ member }) => member)));
    const still: KeptLine[] = [];
    for (const { line, member } of kept) {
      const wanted = OWNED.map((field) => ({ field, value: line[field] ?? member[field] }));
      const taken = wanted.find(({ field, value }) => {
        const owner = value === null ? undefined : owners[field].get(value);
        return owner !== undefined && owner !== member && owner.cardNumber !== line.cardNumber;
      });
      if (taken !== undefined) {
        // The registry leaves a barcode out that is the number.
        const field = taken.field === 'barcode' && line.barcode === line.cardNumber ? 'card_number' : taken.field;
        rejected.push({ line: line.line, field, reason: TAKEN[taken.field] });
        continue;
      }
      for (const { field, value } of wanted) if (value !== null) owners[field].set(value, member);
      still.push({ line, member });
    }
    if (still.length === kept.length) return { kept, rejected, released: releasedIn(kept) };
    kept = still;
  }
}

function ownersBeside(members: readonly Member[], moving: ReadonlySet<Member>): Record<Owned, Map<string, Member>> {
  const owners = { phone: new Map(), email: new Map(), barcode: new Map() } as Record<Owned, Map<string, Member>>;
  for (const member of members) {
    if (moving.has(member)) continue;
    for (const field of OWNED) {
      const value = member[field];
      if (value !== null && !owners[field].has(value)) owners[field].set(value, member);
    }
  }
  return owners;
}

function releasedIn(kept: readonly KeptLine[]): Match['released'] {
  const idsOf = (field: 'phone' | 'email'): string[] => {
    const takers = new Map(kept.map(({ line, member }) => [line[field], member]));
    return kept.flatMap(({ line, member }) => {
      const had = member[field];
      const taker = had === null ? undefined : takers.get(had);
      return line[field] !== null && line[field] !== had && taker !== undefined && taker !== member ? [member.id] : [];
    });
  };
  return { phones: idsOf('phone'), emails: idsOf('email') };
}
