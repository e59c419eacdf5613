/** The demonstration site: its language, and the places that open the chat. */

import "./site.css";
import type {} from "../src/main";
import { drawCoverage } from "./coverage";
import { LOCALES, type Locale, say, wish } from "./texts";

const KEPT = "horizon:locale";
let locale = firstLocale();

function firstLocale(): Locale {
  const asked = new URLSearchParams(location.search).get("lang");
  const tags = [asked, kept(), ...navigator.languages];
  for (const tag of tags) {
    const known = LOCALES.find((each) => tag?.toLowerCase().startsWith(each));
    if (known) return known;
  }
  return "uk";
}

/** Storage may be blocked; the site works without it. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(chosen: Locale): void {
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    return;
  }
}

function translate(): void {
  document.documentElement.lang = locale;
  document.title = say("title", locale);
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    element.textContent = say(element.dataset.t ?? "", locale);
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label ?? "", locale));
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-locale]")) {
    button.setAttribute("aria-pressed", String(button.dataset.locale === locale));
  }
}

function speak(chosen: Locale): void {
  locale = chosen;
  keep(chosen);
  translate();
  window.Abonent?.setLocale(chosen);
}

/** A click on what has a question opens the chat and asks it. */
function openChat({ dataset }: HTMLElement): void {
  const { ask, tariff } = dataset;
  const question = tariff ? wish(tariff, locale) : ask && say(ask, locale);
  window.Abonent?.open(question || undefined);
}

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const chosen = target.closest<HTMLElement>("[data-locale]")?.dataset.locale;
  if (chosen) speak(chosen as Locale);
  const opener = target.closest<HTMLElement>("[data-chat]");
  if (opener) openChat(opener);
});

translate();
drawCoverage(document.querySelector(".map"));
