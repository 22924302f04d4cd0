/**
 * The stand-in's tariffs, card types and regions: a small, invented dictionary with the forms of the real one
 * (troika-business.md, "Methods": app_get_tariff, app_get_cardtype, app_get_region). Prices are kopecks, so that sums
 * are exact.
 */

/** A tariff. A `purse` is topped up with an amount of one's own choice; any other has one price. */
export interface DictionaryTariff {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly ticketGroup: 'purse' | 'single' | 'singlemcd' | 'tat' | 'bus';
  readonly priceMinKopecks: number;
  readonly priceMaxKopecks: number;
  readonly validityDays: number;
  readonly types: readonly string[];
  readonly zone: 'a' | 'b' | 'both';
  /** Other tariffs of the same family, by id, and how they differ. */
  readonly relatedIds: readonly number[];
  readonly relatedValues: readonly string[];
}

export interface DictionaryCardType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly priceKopecks: number;
  readonly depositKopecks: number;
}

export interface DictionaryRegion {
  readonly id: string;
  readonly name: string;
}

const CITY = ['metro', 'tram', 'bus', 'trolleybus'];

// prettier-ignore
const TARIFF_LIST: readonly DictionaryTariff[] = [
  { id: 2671, name: 'Единый, 30 дней',        description: 'Безлимитные поездки по городу, 30 дней',      ticketGroup: 'tat',       priceMinKopecks: 280_000,   priceMaxKopecks: 280_000,   validityDays: 30,  types: CITY,                zone: 'a',    relatedIds: [2672, 2673], relatedValues: ['30', '90', '365'] },
  { id: 2672, name: 'Единый, 90 дней',        description: 'Безлимитные поездки по городу, 90 дней',      ticketGroup: 'tat',       priceMinKopecks: 690_000,   priceMaxKopecks: 690_000,   validityDays: 90,  types: CITY,                zone: 'a',    relatedIds: [2671, 2673], relatedValues: ['30', '90', '365'] },
  { id: 2673, name: 'Единый, 365 дней',       description: 'Безлимитные поездки по городу, 365 дней',     ticketGroup: 'tat',       priceMinKopecks: 2_190_000, priceMaxKopecks: 2_190_000, validityDays: 365, types: CITY,                zone: 'a',    relatedIds: [2671, 2672], relatedValues: ['30', '90', '365'] },
  { id: 2680, name: 'Кошелёк',                description: 'Пополнение кошелька карты на любую сумму',    ticketGroup: 'purse',     priceMinKopecks: 10_000,    priceMaxKopecks: 1_500_000, validityDays: 1825, types: [...CITY, 'train'], zone: 'both', relatedIds: [],           relatedValues: [] },
  { id: 2690, name: '1 поездка',              description: 'Одна поездка на городском транспорте',        ticketGroup: 'single',    priceMinKopecks: 6_350,     priceMaxKopecks: 6_350,     validityDays: 5,   types: CITY,                zone: 'a',    relatedIds: [2691],       relatedValues: ['1', '2'] },
  { id: 2691, name: '2 поездки',              description: 'Две поездки на городском транспорте',         ticketGroup: 'single',    priceMinKopecks: 12_700,    priceMaxKopecks: 12_700,    validityDays: 5,   types: CITY,                zone: 'a',    relatedIds: [2690],       relatedValues: ['1', '2'] },
  { id: 2700, name: '1 поездка, МЦД Пригород', description: 'Одна поездка с пересадкой на диаметры',      ticketGroup: 'singlemcd', priceMinKopecks: 7_950,     priceMaxKopecks: 7_950,     validityDays: 5,   types: ['metro', 'train'],  zone: 'b',    relatedIds: [],           relatedValues: [] },
  { id: 2710, name: 'Автобус, 60 поездок',    description: 'Шестьдесят поездок на наземном транспорте',   ticketGroup: 'bus',       priceMinKopecks: 219_000,   priceMaxKopecks: 219_000,   validityDays: 45,  types: ['bus', 'tram'],     zone: 'both', relatedIds: [],           relatedValues: [] },
];

// prettier-ignore
const CARD_TYPE_LIST: readonly DictionaryCardType[] = [
  { id: '1', name: 'Тройка',             description: 'Обычная карта',                 priceKopecks: 8_000,  depositKopecks: 0 },
  { id: '2', name: 'Тройка, брелок',     description: 'Карта в виде брелока',          priceKopecks: 65_000, depositKopecks: 0 },
  { id: '3', name: 'Тройка с логотипом', description: 'Карта с логотипом компании',    priceKopecks: 15_050, depositKopecks: 5_000 },
];

// prettier-ignore
const REGION_LIST: readonly DictionaryRegion[] = [
  { id: '77', name: 'Москва' },
  { id: '50', name: 'Московская область' },
  { id: '71', name: 'Тульская область' },
];

/** Tariffs by id. */
export const TARIFFS: ReadonlyMap<number, DictionaryTariff> = new Map(TARIFF_LIST.map((tariff) => [tariff.id, tariff]));

/** Kinds of a new card by the number an order names them with; in answers the id is a text. */
export const CARD_TYPES: ReadonlyMap<number, DictionaryCardType> = new Map(
  CARD_TYPE_LIST.map((cardType) => [Number(cardType.id), cardType]),
);

/** Regions by the number an order names them with; in answers the id is a text. */
export const REGIONS: ReadonlyMap<number, DictionaryRegion> = new Map(
  REGION_LIST.map((region) => [Number(region.id), region]),
);
