import { CATALOGUES, type Language, type Messages } from "@/i18n";
import { usePreferences } from "@/settings/preferences";

/** The catalogue of the chosen language. */
export function useTexts(): Messages {
  return CATALOGUES[useLanguage()];
}

export function useLanguage(): Language {
  return usePreferences((preferences) => preferences.language);
}
