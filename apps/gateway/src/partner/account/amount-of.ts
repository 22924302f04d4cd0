/** An amount of Тройка Бизнес, which is kept as it was written: a number, or null for what is none. */
export const amountOf = (column: string): string =>
  `case when ${column} ~ '^[0-9]{1,18}([.][0-9]{1,10})?$' then ${column}::numeric end`;
