/** An order that was accepted, and by which version. */
export interface AcceptedOrder {
  readonly id: string;
  readonly key: string;
  readonly cardNumber: string;
  readonly version: string;
}

export interface UpgradeEvidence {
  readonly posted: readonly AcceptedOrder[];
  readonly ledger: readonly { readonly id: string; readonly status: string; readonly troikaOrderId: string | null }[];
  /** What the partner has executed. */
  readonly executed: readonly { readonly orderId: string; readonly cardNumber: string }[];
}

/** @returns the faults, one sentence each: what was lost, bought twice, or is not known to both sides alike */
export function judge({ posted, ledger, executed }: UpgradeEvidence): string[] {
  const lines = new Map(ledger.map((line) => [line.id, line]));
  const bought = new Map<string, string[]>();
  for (const { cardNumber, orderId } of executed) bought.set(cardNumber, [...(bought.get(cardNumber) ?? []), orderId]);
  const known = new Set(posted.map(({ cardNumber }) => cardNumber));
  return [
    ...posted.flatMap(({ id, cardNumber, version }) => {
      const line = lines.get(id);
      const ids = bought.get(cardNumber) ?? [];
      const of = `order ${id}, accepted by ${version},`;
      if (line === undefined) return [`${of} is not in the ledger`];
      if (ids.length > 1) return [`${of} was bought ${ids.length} times`];
      if (line.status !== 'confirmed') return [`${of} is ${line.status}, and was bought ${ids.length} times`];
      return ids[0] === line.troikaOrderId ? [] : [`${of} is ${line.troikaOrderId} in the ledger, and ${ids[0]} there`];
    }),
    ...[...bought.keys()]
      .filter((card) => !known.has(card))
      .map((card) => `card ${card} was bought and never accepted`),
  ];
}
