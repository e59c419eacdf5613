/** Drawings of the widget's own; all are decoration, hidden from screen readers. */

import type { JSX } from "preact";

const CIRCLE = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z";

const PATHS = {
  chat: "M5.2 18.6 3.6 21.4a.8.8 0 0 0 .9 1.1l4-1.1A10 10 0 1 0 5.2 18.6ZM8.4 12.2h.01M12.2 12.2h.01M16 12.2h.01",
  down: "m5.5 9 6.5 6.5L18.5 9",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.2h.01M12 12h.01M12 18.8h.01",
  send: "M12 19.5V5M5.5 11.2 12 4.6l6.5 6.6",
  person:
    "M4 13a8 8 0 0 1 16 0M4 13h3v6H5a1 1 0 0 1-1-1ZM20 13h-3v6h2a1 1 0 0 0 1-1ZM19 19q-1 2-5 2",
  clock: `${CIRCLE}M12 7v5l3 2`,
  check: "m5 12.6 4.6 4.6L19.5 7.3",
  checks: "m2.5 12.8 4.3 4.3 9-9.3M11 15.4l1.8 1.7 9-9.3",
  alert: `${CIRCLE}M12 7v6M12 16.4h.01`,
  star: "m12 3.4 2.7 5.5 6 .9-4.3 4.2 1 6-5.4-2.8L6.6 20l1-6-4.3-4.2 6-.9Z",
};

export function icon(name: keyof typeof PATHS): JSX.Element {
  return drawing(`icon icon-${name}`, PATHS[name]);
}

/** The assistant's face: the sun over the line where it rises. */
export function botFace(): JSX.Element {
  return drawing(
    "face",
    "M6.5 14.5a5.5 5.5 0 0 1 11 0M3 17.5h18M8 21h8M12 4v1.5M5.5 7l1 1M18.5 7l-1 1",
  );
}

function drawing(name: string, path: string): JSX.Element {
  return (
    <svg class={name} viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
