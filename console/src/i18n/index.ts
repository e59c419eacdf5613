import { en, type Messages } from "@/i18n/en";
import type { Language } from "@/i18n/plural";
import { ru } from "@/i18n/ru";
import { uk } from "@/i18n/uk";

export type { Messages } from "@/i18n/en";
export { LANGUAGES, type Language } from "@/i18n/plural";

export const CATALOGUES: Record<Language, Messages> = { uk, ru, en };
