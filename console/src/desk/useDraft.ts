import { useCallback } from "react";
import { useOperator } from "@/session/session";
import { type Draft, draftKey, emptyDraft, useDrafts, writeDraft } from "@/settings/drafts";

/** The draft of a conversation, and what changes it. */
export function useDraft(conversation: string): [Draft, (change: Partial<Draft>) => void] {
  const key = draftKey(useOperator().id, conversation);
  const draft = useDrafts((drafts) => drafts.byKey[key]) ?? emptyDraft;
  const write = useCallback((change: Partial<Draft>) => writeDraft(key, change), [key]);
  return [draft, write];
}
