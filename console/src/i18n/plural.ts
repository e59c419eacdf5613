export type Language = "uk" | "ru" | "en";

export const LANGUAGES: readonly Language[] = ["uk", "ru", "en"];

export interface Forms {
  one: string;
  few?: string;
  many?: string;
  other: string;
}

const rules: Record<Language, Intl.PluralRules> = {
  uk: new Intl.PluralRules("uk"),
  ru: new Intl.PluralRules("ru"),
  en: new Intl.PluralRules("en"),
};

/** A count with its noun in the right form; `#` in the form stands for the count. */
export function plural(language: Language, count: number, forms: Forms): string {
  const form = rules[language].select(count) as keyof Forms;
  return (forms[form] ?? forms.other).replace("#", String(count));
}
