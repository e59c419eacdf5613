/** Puts the widget on a page, in a shadow tree that the page's own styles do not reach. */

import { render } from "preact";
import type { Config, Theme } from "../config";
import { styleSheets } from "../styles";
import { App } from "./app";
import { accents } from "./colour";
import type { Services } from "./screen";

const PHONE = "(max-width: 480px), (max-height: 440px) and (pointer: coarse)";
const SURFACES = { light: "#f5f7fa", dark: "#1d2836" };

/** Draws the widget at the end of the page. */
export function mount(services: Services): HTMLElement {
  const host = document.createElement("abonent-chat");
  host.style.setProperty("all", "initial", "important");
  paint(host, services.config);
  followTheme(host, services.config.theme);
  watch(PHONE, (isPhone) => services.view.show({ isPhone }));
  // A panel over the whole screen would hide the page that was just asked for.
  if (services.view.state.isPhone && !isReload()) services.view.setOpen(false);
  const root = host.attachShadow({ mode: "open" });
  adoptStyles(root);
  render(<App {...services} />, root);
  document.body.append(host);
  return host;
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return (entry as PerformanceNavigationTiming | undefined)?.type === "reload";
}

function paint(host: HTMLElement, config: Config): void {
  const { accent, onAccent, textOnLight, textOnDark } = accents(config.accent, SURFACES);
  host.style.setProperty("--accent", accent);
  host.style.setProperty("--on-accent", onAccent);
  host.style.setProperty("--accent-on-light", textOnLight);
  host.style.setProperty("--accent-on-dark", textOnDark);
}

function followTheme(host: HTMLElement, theme: Theme): void {
  watch("(prefers-color-scheme: dark)", (isDark) => {
    host.dataset.theme = theme === "auto" ? (isDark ? "dark" : "light") : theme;
  });
}

/** Tells whether a media query holds, now and whenever that changes. */
function watch(query: string, tell: (holds: boolean) => void): void {
  const list = matchMedia(query);
  tell(list.matches);
  list.addEventListener("change", () => tell(list.matches));
}

/** Adopted sheets pass any `style-src`, where a style element might not. */
function adoptStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styleSheets);
  root.adoptedStyleSheets = [sheet];
}
