/** The menu: the language, a person, the rating. */

import type { JSX } from "preact";
import { LANGUAGES } from "../i18n";
import { hasTalk } from "../state/selectors";
import { icon } from "./icons";
import type { Screen } from "./screen";

export function menu(screen: Screen): JSX.Element {
  const { texts, shown, view } = screen;
  return (
    <>
      <div
        class="menu-backdrop"
        aria-hidden="true"
        onClick={() => view.show({ isMenuOpen: false })}
      />
      <div class="menu">
        <fieldset>
          <legend>{texts.language}</legend>
          {LANGUAGES.map(({ locale, name }) => (
            <button
              type="button"
              key={locale}
              lang={locale}
              aria-pressed={locale === shown.locale}
              onClick={() => view.setLocale(locale, true)}
            >
              {name}
              {locale === shown.locale && icon("check")}
            </button>
          ))}
        </fieldset>
        {actions(screen)}
      </div>
    </>
  );
}

function actions({ state, client, texts, view }: Screen): JSX.Element {
  const action = (name: Parameters<typeof icon>[0], label: string, act: () => void) => (
    <button
      type="button"
      onClick={() => {
        act();
        view.show({ isMenuOpen: false });
      }}
    >
      {icon(name)}
      {label}
    </button>
  );
  const isRatable = hasTalk(state) && state.rated !== state.conversation;
  return (
    <div class="menu-actions">
      {state.phase === "bot" && action("person", texts.person, () => client.askForPerson())}
      {state.phase === "queued" && action("close", texts.leaveQueue, () => client.leaveQueue())}
      {isRatable && action("star", texts.rateLater, () => view.show({ rating: "asked" }))}
    </div>
  );
}
