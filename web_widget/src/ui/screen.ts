/** What every part of the screen is drawn from. Each part is a plain function of it. */

import type { Config } from "../config";
import type { ChatClient } from "../connection/client";
import { Moments, type Texts, textsOf } from "../i18n";
import type { Locale } from "../protocol";
import type { State } from "../state/model";
import type { View, ViewState } from "./view";

export interface Services {
  client: ChatClient;
  view: View;
  config: Config;
}

export interface Screen extends Services {
  state: State;
  shown: ViewState;
  texts: Texts;
  moments: Moments;
  brand: string;
}

/** Gathers the screen's data as it is now. */
export function screenOf(services: Services): Screen {
  const { client, view, config } = services;
  const { locale } = view.state;
  const texts = textsOf(locale);
  const brand = config.titles[locale] ?? config.titles.any ?? texts.brand;
  const moments = momentsOf(locale);
  return { ...services, state: client.state, shown: view.state, texts, moments, brand };
}

const known = new Map<Locale, Moments>();

/** Formatters are slow to make: one set for each language. */
function momentsOf(locale: Locale): Moments {
  const moments = known.get(locale) ?? new Moments(locale);
  known.set(locale, moments);
  return moments;
}
