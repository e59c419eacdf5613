/** The head of the panel: the brand, who answers now, the menu. */

import type { JSX } from "preact";
import { icon } from "./icons";
import { menu } from "./menu";
import { avatar } from "./people";
import type { Screen } from "./screen";

export function header(screen: Screen): JSX.Element {
  const { state, shown, texts, view, brand } = screen;
  const kind = state.phase === "assigned" ? "operator" : "bot";
  return (
    <div class="header">
      {avatar({ kind, name: state.operator })}
      <div class="heading">
        <h2>{brand}</h2>
        <p class={`status ${state.phase}`} role="status">
          {statusOf(screen)}
        </p>
      </div>
      <button
        type="button"
        class="round"
        aria-label={texts.menu}
        aria-expanded={shown.isMenuOpen}
        onClick={() => view.show({ isMenuOpen: !shown.isMenuOpen })}
      >
        {icon("more")}
      </button>
      <button
        type="button"
        class="round"
        aria-label={texts.close}
        onClick={() => view.setOpen(false)}
      >
        {icon("down")}
      </button>
      {shown.isMenuOpen && menu(screen)}
    </div>
  );
}

function statusOf({ state, texts }: Screen): string {
  const said = texts.status[state.phase];
  return state.phase === "assigned" && state.operator ? `${state.operator} · ${said}` : said;
}
