import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

/** What is being written, apart for the subscriber and for colleagues. */
export interface Draft {
  reply: string;
  note: string;
  isNote: boolean;
}

export const emptyDraft: Draft = { reply: "", note: "", isNote: false };

/** Drafts of conversations that others have ended would pile up without a limit. */
const MOST_DRAFTS = 50;

interface Drafts {
  byKey: Readonly<Record<string, Draft>>;
}

export const useDrafts = create<Drafts>()(
  persist((): Drafts => ({ byKey: {} }), {
    name: "abonent.drafts",
    storage: createJSONStorage(() => localStorage),
  }),
);

/** Drafts belong to one operator: two who share a computer do not see each other's. */
export function draftKey(operator: string, conversation: string): string {
  return `${operator}/${conversation}`;
}

/** Change a draft; an empty one is forgotten. */
export function writeDraft(key: string, change: Partial<Draft>): void {
  useDrafts.setState(({ byKey }) => {
    const draft = { ...emptyDraft, ...byKey[key], ...change };
    const { [key]: _old, ...others } = byKey;
    const kept = Object.fromEntries(Object.entries(others).slice(1 - MOST_DRAFTS));
    const isEmpty = draft.reply === "" && draft.note === "" && !draft.isNote;
    return { byKey: isEmpty ? others : { ...kept, [key]: draft } };
  });
}

/** Forget the draft of a conversation that has ended. */
export function forgetDraft(key: string): void {
  writeDraft(key, emptyDraft);
}
