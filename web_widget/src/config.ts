/** What the embedding page asks for, by the attributes of its script tag. */

import { localeOf } from "./i18n";
import type { Locale } from "./protocol";

export type Theme = "light" | "dark" | "auto";

export interface Config {
  /** The address of the subscriber's socket. */
  url: string;
  /** The operator's brand, one for all languages or one for each. */
  titles: Partial<Record<Locale | "any", string>>;
  accent: string;
  position: "left" | "right";
  theme: Theme;
  locale: Locale | null;
}

const DEFAULT_ACCENT = "#0b5fa5";

/**
 * Reads the attributes.
 *
 * Args:
 *   source: the script's own address; its origin is the server unless `data-url` says another.
 */
export function readConfig(data: DOMStringMap, source: string): Config {
  return {
    url: socketUrl(data.url ?? "", source),
    titles: titles(data),
    accent: /^#([\da-f]{3}|[\da-f]{6})$/i.test(data.color ?? "") ? `${data.color}` : DEFAULT_ACCENT,
    position: data.position === "left" ? "left" : "right",
    theme: data.theme === "light" || data.theme === "dark" ? data.theme : "auto",
    locale: localeOf(data.locale),
  };
}

function socketUrl(given: string, source: string): string {
  const url = new URL(given === "" ? "/" : given, source);
  if (url.pathname === "/") url.pathname = "/chat";
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  return url.href;
}

function titles(data: DOMStringMap): Config["titles"] {
  const { title, titleRu, titleUk, titleEn } = data;
  return {
    ...(title ? { any: title } : {}),
    ...(titleRu ? { ru: titleRu } : {}),
    ...(titleUk ? { uk: titleUk } : {}),
    ...(titleEn ? { en: titleEn } : {}),
  };
}
