import type { Messages } from "@/i18n/en";

interface Named {
  conversation: string;
  subscriber?:
    | {
        id?: string | null | undefined;
        name?: string | null | undefined;
        number?: string | null | undefined;
      }
    | null
    | undefined;
}

const MARK_LENGTH = 4;

/** What to call a subscriber: by name, by number, or as a guest with a mark that tells one from another. */
export function subscriberName(texts: Messages, { subscriber, conversation }: Named): string {
  const known = subscriber?.name || subscriber?.number;
  if (known) return known;
  const letters = (subscriber?.id || conversation).replaceAll(/[^\p{L}\p{N}]/gu, "");
  return texts.conversation.anonymous(letters.slice(0, MARK_LENGTH).toUpperCase());
}
