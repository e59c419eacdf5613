/** Who speaks: names and faces. */

import type { JSX } from "preact";
import type { Texts } from "../i18n";
import type { Author } from "../protocol";
import { botFace } from "./icons";

export function nameOf(author: Author, texts: Texts): string {
  if (author.kind === "operator") return author.name ?? texts.operatorName;
  return author.kind === "subscriber" ? texts.you : texts.botName;
}

export function avatar(author: Author): JSX.Element {
  return (
    <span class="avatar" aria-hidden="true">
      {author.kind === "operator" ? initials(author.name ?? "") : botFace()}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words.map((word) => [...word][0]?.toUpperCase()).join("") || "•";
}
