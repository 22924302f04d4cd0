import type { SecondPersonKind } from './second-person-kinds.js';
import type { KeyLimits } from './read-key-limits.js';
import type { Proxy } from '@vestibule/troika-client';
import type { BarcodeType, KoshelekApiVersion, PromoFields, ReservedNumberForm } from '@vestibule/koshelek-contract';
import type { OrderScope } from './order-scopes.js';
import type { TunnelWay } from '../egress/checked-tunnel.js';
import type { Network } from '../egress/special-networks.js';
import type { AlertTarget } from '../alerts/alert-target.js';

/** The folder of each process's send journal, and for how many days it is kept. */
export interface JournalSettings {
  readonly directory: string;
  readonly keepDays: number;
}

/** What a process may run; `ROLES` picks from these. */
export const ROLES = ['loyalty', 'orders', 'worker', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** `single-first`: producers take turns, single orders before batches. `fifo`: as they came. */
export type OrdersPriority = 'single-first' | 'fifo';

/** A named secret of the internal port: who a bearer token speaks for. */
export interface ApiKey {
  readonly name: string;
  readonly secret: string;
  /** What a producer's key may do; undefined: what every producer may. */
  readonly scopes?: ReadonlySet<OrderScope> | undefined;
}

export interface ListenerConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsConfig | undefined;
}

export interface TlsConfig {
  readonly certFile: string;
  readonly keyFile: string;
  /** Set: the caller must show a certificate of this authority (mutual TLS). */
  readonly clientCaFile: string | undefined;
}

export interface KoshelekConfig {
  readonly credentials: readonly { readonly login: string; readonly password: string }[];
  readonly apiVersion: KoshelekApiVersion;
  /** A path before `/v1`, with a leading and without a trailing slash; `''` for none. */
  readonly basePath: string;
  readonly authFailureStatus: 401 | 422;
  /** How an absent value is written. */
  readonly nulls: 'omit' | 'empty';
  readonly reservedNumber: ReservedNumberForm;
  /** The path of method 9 below `/v1`. */
  readonly offersPath: string;
  readonly promoFields: PromoFields;
  /** The largest sum of a receipt, in kopecks. */
  readonly receiptMaxSum: number;
  /** After how many days receipts and purchases lose their texts; undefined keeps them for good. */
  readonly retentionDays: number | undefined;
  /** Whether operators can look at the last calls. */
  readonly areCallsRecorded: boolean;
  /** Where cards live. */
  readonly cardProgramSource: CardProgramSource;
  readonly cardProgram: CardProgramConfig;
}

/** The programme behind the public listener: the built-in one, the company's own system, or a file that exports one. */
export type CardProgramSource =
  | { readonly kind: 'postgres' }
  | ({ readonly kind: 'http' } & HttpProgramConfig)
  | { readonly kind: 'module'; readonly file: string; readonly timeoutMs: number };

/** How the company's own system is called. */
export interface HttpProgramConfig {
  /** Without a slash at its end. */
  readonly url: string;
  /** What calls are signed with. */
  readonly key: string;
  /** Asked for a tunnel to it; absent: it is called directly. */
  readonly proxy?: Proxy | undefined;
  /** Of one call. */
  readonly timeoutMs: number;
  /** Of all calls for one request. */
  readonly deadlineMs: number;
  /** So many outages in a row open the circuit breaker. */
  readonly pauseAfter: number;
  /** How long it stays open before one call tries whether the system is back. */
  readonly pauseMs: number;
}

/** What the built-in programme leaves to its owner. */
export interface CardProgramConfig {
  readonly reservationHoldSecs: number;
  /** `pool-or-generated`: an imported pool first; when it has no free number, one is generated. */
  readonly cardNumberSource: 'pool-or-generated' | 'pool';
  readonly generatedNumber: GeneratedNumberConfig;
  /** A card that is blocked: an error, or shown as `inactive`. */
  readonly blockedCards: 'refuse' | 'show-inactive';
  /** Several different cards match a search: an error, or the phone's card before the e-mail's. */
  readonly ambiguousSearch: 'refuse' | 'prefer-phone';
}

/** A generated number: the prefix, a serial number filled up with zeros, and a check digit where the barcode has one. */
export interface GeneratedNumberConfig {
  readonly prefix: string;
  /** Of the whole number. */
  readonly length: number;
  readonly barcodeType: BarcodeType;
}

/** The hours in which orders are sent, by the clock of a time zone; past midnight where they close before they open. */
export interface SendWindow {
  /** HH:MM */
  readonly opens: string;
  readonly closes: string;
  readonly zone: string;
}

export interface TroikaConfig {
  readonly url: string;
  readonly basicUser: string;
  readonly basicPassword: string;
  readonly apiPhone: string;
  readonly terminalId: string;
  readonly languageId: string;
  /** On the way out to it. */
  readonly proxy: Proxy | undefined;
  readonly timeFormat: 'sample' | 'atom';
  readonly signature: {
    readonly profile: string;
    readonly template: string;
    /** The first signs; further ones are accepted while a key is being changed. */
    readonly keys: readonly ({ readonly text: string } | { readonly file: string })[];
  };
  readonly timeoutMs: number;
  /** So long may a request wait, while no other is answered, until the partner counts as silent. */
  readonly silentAfterMs: number;
  readonly ratePerSecond: number;
  readonly retryScheduleSecs: readonly number[];
  /** The pauses between polls of a paid order, by the number of polls without a change; the last one repeats. */
  readonly trackScheduleSecs: readonly number[];
  /** The share of the rate that tracking keeps while orders wait to be sent, in percent. */
  readonly trackSharePercent: number;
  /** How long a paid order is polled at most. */
  readonly trackDeadlineDays: number;
  /** The most orders, and beside them the most polls, that one process has in progress at once. */
  readonly concurrency: number;
  /** HTTP statuses that say, without a valid envelope, that nothing was executed. */
  readonly trustedStatuses: ReadonlySet<number>;
  /** Result codes that mean "not executed, try again later". */
  readonly retryableCodes: readonly number[];
  /** After how many seconds an unknown order is sent again by rule; absent: a person decides. */
  readonly resendUnknownAfterSecs: number | undefined;
  readonly breaker: {
    readonly failures: number;
    /** After so many unknown outcomes of orders in a row sending pauses. */
    readonly unknowns: number;
    readonly pauseSecs: readonly number[];
  };
  /** Absent: orders are sent at any time. */
  readonly sendWindow: SendWindow | undefined;
  /** Beyond `timeoutMs`: how long a sender may need to write an outcome down before its order counts as unknown. */
  readonly leaseMarginMs: number;
  /** How long an order may be due before the queue is asked whether it has it. */
  readonly sweepGraceMs: number;
  /** A process whose clock differs from PostgreSQL's by more does not send. */
  readonly clockSkewLimitSecs: number;
  readonly catalog: CatalogConfig;
}

/** How often data of Тройка Бизнес are read, and the limits of the guarantee fund, in roubles as exact texts. */
export interface CatalogConfig {
  readonly catalogRefreshSecs: number;
  readonly accountRefreshSecs: number;
  /** Below it operators get an event; absent: no event. */
  readonly fundLow: string | undefined;
  /** Under it orders wait; absent: they never do. */
  readonly fundFloor: string | undefined;
}

/** How callbacks are delivered to producers. */
export interface CallbacksConfig {
  /** By the name of the producer's API key; of several, all sign and the first signs first. */
  readonly secrets: ReadonlyMap<string, readonly Buffer[]>;
  /** Only in the demo. */
  readonly isPlainHttpAllowed: boolean;
  /** Networks that callbacks may go to beside the public internet. */
  readonly allowedNetworks: readonly Network[];
  /** The name servers, as `address` or `address:port`; none: the system's name servers. */
  readonly dnsServers: readonly string[];
  /** The proxy on the way to an address; undefined where the way is direct. */
  readonly wayTo: (url: URL) => TunnelWay | undefined;
  /** One entry per attempt: how long after the one before. */
  readonly scheduleSecs: readonly number[];
  /** Of one attempt, from resolving the name on. */
  readonly timeoutMs: number;
  /** Attempts of one process in progress at once. */
  readonly concurrency: number;
  /** An address that has done nothing but fail for so long is disabled. */
  readonly disableAfterSecs: number;
  /** How long a delivery can be looked at and repeated. */
  readonly retentionDays: number;
}

/** Where alerts go, and how. */
export interface AlertsConfig {
  readonly targets: readonly AlertTarget[];
  /** Only in the demo. */
  readonly isPlainHttpAllowed: boolean;
  /** Networks that alerts may go to beside the public internet. */
  readonly allowedNetworks: readonly Network[];
  /** The name servers, as for callbacks. */
  readonly dnsServers: readonly string[];
  /** The proxy on the way to a target; undefined where the way is direct. */
  readonly wayTo: (url: URL) => TunnelWay | undefined;
  /** The folder of the runbook, without a slash at its end. */
  readonly runbookUrl: string;
  /** Where people open the console, without a slash at its end. */
  readonly consoleUrl: string | undefined;
}

/** Where traces are sent (OTLP over HTTP). */
export interface TracingConfig {
  /** A base URL; the path of traces, `/v1/traces`, is added. */
  readonly endpoint: string;
  /** `name=value`, comma-separated and percent-encoded; `''` for none. */
  readonly headers: string;
}

/** Where and as whom Кошелёк calls: what a check from outside needs. */
export interface GoLiveConfig {
  /** The part before `/v1`; absent where no one has named it. */
  readonly publicUrl: string | undefined;
  /** The first pair; absent in a process that has none. */
  readonly credentials: { readonly login: string; readonly password: string } | undefined;
  readonly apiVersion: KoshelekApiVersion;
}

/** Failed logins in a minute; further ones are slowed down. */
export interface LoginLimits {
  readonly perAddress: number;
  readonly total: number;
}

/** The whole configuration of one process. Nothing else reads the environment. */
export interface Config {
  readonly roles: ReadonlySet<Role>;
  readonly publicListener: ListenerConfig & {
    /** How many are taken at once; fewer where the system allows few open files. */
    readonly connections: { readonly total: number; readonly perAddress: number };
  };
  readonly internalListener: ListenerConfig & { readonly connections: { readonly total: number } };
  /** Addresses and networks whose `X-Forwarded-For` is believed, on both listeners. */
  readonly trustedProxies: readonly string[];
  readonly loginLimits: LoginLimits;
  readonly database: {
    /** Absent: an embedded PostgreSQL in `dataDir`. */
    readonly url: string | undefined;
    /** Past a pooler, for what needs a session of its own. */
    readonly directUrl: string | undefined;
    readonly dataDir: string;
    readonly poolSize: number;
  };
  readonly sendJournal: JournalSettings;
  readonly queue: {
    /** Absent: the queue lives in PostgreSQL. */
    readonly redisUrl: string | undefined;
  };
  /** Present when the role that needs it runs. */
  readonly koshelek: KoshelekConfig | undefined;
  readonly goLive: GoLiveConfig;
  /** Whether cards are in our own PostgreSQL: only then operators manage them here. */
  readonly cardsAreHere: boolean;
  readonly orders: {
    readonly apiKeys: readonly ApiKey[];
    readonly priority: OrdersPriority;
    /** The first makes hashes of requests, all recognise them; none: the database has its own. */
    readonly requestHashKeys: readonly string[];
    /** How many orders each key may place in a second, in each process. */
    readonly perSecond: KeyLimits;
    /** What the orders of each key may cost on a day. */
    readonly roublesPerDay: KeyLimits;
  };
  readonly admin: {
    readonly apiKeys: readonly ApiKey[];
    /** The largest credit that one person gives, in bonuses. */
    readonly creditLimit: number;
    /** What needs a second person. */
    readonly secondPerson: ReadonlySet<SecondPersonKind>;
    /** In which days and months reports count. */
    readonly reportZone: string;
  };
  /** Present for the role `worker`, and for `admin` where `TROIKA_URL` is set: operators' claims are checked there. */
  readonly troika: TroikaConfig | undefined;
  /** How long a settled order keeps its personal data; undefined: for good. */
  readonly retentionDays: number | undefined;
  /** From the first signal to the moment when listeners close. */
  readonly shutdownDelayMs: number;
  readonly callbacks: CallbacksConfig;
  readonly alerts: AlertsConfig;
  /** `production`: what is unsafe is refused. `demo`: secrets that everyone knows are taken. */
  readonly mode: 'production' | 'demo' | 'trial';
  /** What `NODE_ENV=production` would refuse, one sentence each. */
  readonly unsafe: readonly string[];
  readonly logLevel: string;
  /** Absent: nothing is traced. */
  readonly tracing: TracingConfig | undefined;
}
