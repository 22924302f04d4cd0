/** The name under which an event goes out, and under which it is looked up here. */
export function webhookIdOf(deliveryId: string): string {
  return `evt_${deliveryId.replaceAll('-', '')}`;
}

/** @returns the delivery's uuid, or undefined for a text that is no {@link webhookIdOf} */
export function deliveryIdOf(webhookId: string): string | undefined {
  const [, ...parts] = /^evt_([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/.exec(webhookId) ?? [];
  return parts.length === 0 ? undefined : parts.join('-');
}
