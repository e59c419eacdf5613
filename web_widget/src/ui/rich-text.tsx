/** A message's text: links can be followed, long ones are folded. */

import type { JSX } from "preact";
import type { Texts } from "../i18n";
import { linkify } from "./linkify";

const FOLD_CHARACTERS = 1200;
const FOLD_LINES = 20;

export function richText(text: string, texts: Texts): JSX.Element {
  const isLong = text.length > FOLD_CHARACTERS || text.split("\n").length > FOLD_LINES;
  return (
    <>
      <span class={isLong ? "text folded" : "text"} dir="auto">
        {linkify(text).map(({ text: piece, href }) => (href ? link(piece, href) : piece))}
      </span>
      {isLong && (
        <button type="button" class="unfold" onClick={unfold}>
          {texts.showWhole}
        </button>
      )}
    </>
  );
}

/** Unfolding is for the eye only: no state, the whole text is in the page already. */
function unfold({ currentTarget }: { currentTarget: HTMLElement }): void {
  currentTarget.previousElementSibling?.classList.remove("folded");
  currentTarget.hidden = true;
}

function link(text: string, href: string): JSX.Element {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
      {text}
    </a>
  );
}
