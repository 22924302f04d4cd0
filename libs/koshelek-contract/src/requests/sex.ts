export type Sex = 'm' | 'f';

/** The spellings of the profile's `sex`, without regard to case (koshelek-loyalty.md, "Profile"). */
export const SEX_SPELLINGS: Readonly<Record<Sex, readonly string[]>> = {
  m: ['m', 'male', 'man', 'м', 'муж', 'мужской', 'мужчина'],
  f: ['f', 'female', 'woman', 'ж', 'жен', 'женский', 'женщина'],
};

const BY_SPELLING = new Map(
  (['m', 'f'] as const).flatMap((sex) => SEX_SPELLINGS[sex].map((spelling) => [spelling, sex] as const)),
);

/** `m` or `f`, or `undefined` for a word the mapping does not know. */
export function normaliseSex(text: string): Sex | undefined {
  return BY_SPELLING.get(text.trim().toLowerCase());
}
