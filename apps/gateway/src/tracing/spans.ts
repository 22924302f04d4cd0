/** All spans, each with whom it is between, as OpenTelemetry has it. */
export const SPANS = {
  'POST /orders': 'server',
  'POST /orders/batch': 'server',
  /** Into the ledger, on disk. */
  'commit order': 'internal',
  /** From when an order was due until a worker had it. */
  'wait in queue': 'internal',
  'send attempt': 'internal',
  app_create_order: 'client',
  /** What came of an attempt, into the ledger. */
  'settle attempt': 'internal',
  'deliver callback': 'client',
} as const satisfies Readonly<Record<string, 'server' | 'client' | 'internal'>>;

export type SpanName = keyof typeof SPANS;

/**
 * What a span may say, by the name of its attribute. A fixed set of ids, codes and counts: no field could hold a phone,
 * a name or the number of a card.
 */
export const FACTS = {
  orderId: 'vestibule.order.id',
  /** Counts from 1. */
  attempt: 'vestibule.attempt',
  outcome: 'vestibule.outcome',
  reason: 'vestibule.reason',
  /** The status that the order or the callback came to. */
  status: 'vestibule.status',
  resultCode: 'vestibule.result_code',
  partnerRequestId: 'vestibule.partner.request_id',
  eventType: 'vestibule.event.type',
  webhookId: 'vestibule.webhook.id',
  requestId: 'vestibule.request.id',
  httpStatus: 'http.response.status_code',
} as const;

export type SpanFacts = { readonly [K in keyof typeof FACTS]?: string | number | null | undefined };
