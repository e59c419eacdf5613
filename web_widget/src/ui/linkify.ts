/** Finds addresses in a text. Only web and mail addresses: never another scheme. */

export interface Piece {
  text: string;
  href: string | null;
}

/** Every repetition is bounded, so that no text takes long. */
const ADDRESS =
  /\b(?:https?:\/\/|www\.)[^\s<>"'`\u00ab\u00bb\u201c-\u201f\u200b-\u200f\u202a-\u202e\u2066-\u2069]{1,2000}|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;
const TRAILING = /[.,;:!?…-]+$/u;

/** Cuts a text into plain pieces and addresses; together they are the text again. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = hrefOf(address);
    if (href === null) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null });
    end = match.index + address.length;
    pieces.push({ text: address, href });
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

/** Leaves out what belongs to the sentence: a full stop, a bracket that was opened before. */
function trimmed(address: string): string {
  let text = address.replace(TRAILING, "");
  let unopened = count(text, ")") - count(text, "(");
  for (; unopened > 0 && text.endsWith(")"); unopened -= 1) {
    text = text.slice(0, -1).replace(TRAILING, "");
  }
  return text;
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function hrefOf(address: string): string | null {
  if (!/^(https?:|www\.)/i.test(address)) return `mailto:${address}`;
  try {
    return new URL(/^www\./i.test(address) ? `https://${address}` : address).href;
  } catch {
    return null;
  }
}
