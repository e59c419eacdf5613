import { Fragment } from "react";

// An address ends before the punctuation that follows it in a sentence.
const ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/;

/** What a person wrote, with its addresses as links. */
export function Prose({ text }: { text: string }) {
  const parts = text.split(ADDRESS);
  return parts.map((part, at) => {
    if (at % 2 === 0) return <Fragment key={at}>{part}</Fragment>;
    return (
      <a key={at} href={part} target="_blank" rel="noreferrer noopener">
        {part}
      </a>
    );
  });
}
