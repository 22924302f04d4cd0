/** The languages of the console. */
export const LANGUAGES = { ru: 'Русский', en: 'English' } as const;
export type Language = keyof typeof LANGUAGES;

const PLACE = 'vestibule.language';

/** The chosen language; before a choice English for a browser in English, and Russian for every other one. */
export const language: Language = chosen() ?? (preferred().startsWith('en') ? 'en' : 'ru');

/** Keeps the choice for the next visit, and loads the page again: every text of it changes. */
export function chooseLanguage(next: Language): void {
  localStorage.setItem(PLACE, next);
  location.reload();
}

function chosen(): Language | undefined {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(PLACE);
  return kept !== null && kept in LANGUAGES ? (kept as Language) : undefined;
}

/** Outside a browser, where only tests are, English. */
function preferred(): string {
  return typeof document === 'undefined' ? 'en' : navigator.language;
}
