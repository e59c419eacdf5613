import { useCallback, useMemo } from "react";
import { Transcript } from "@/desk/Transcript";
import { useLoaded } from "@/history/useLoaded";
import { useSession } from "@/session/session";
import { mergeEvents } from "@/state/log";
import { transcriptRows } from "@/state/transcript";

/** The transcript of a conversation that is not on this desk, to be read only. */
export function RecordedTranscript({ conversation }: { conversation: string }) {
  const { rest } = useSession();
  const load = useCallback(() => rest.conversation(conversation), [rest, conversation]);
  const { value, hasFailed } = useLoaded(load);
  const rows = useMemo(
    () => transcriptRows({ events: mergeEvents([], value?.events ?? []) }),
    [value],
  );
  return <Transcript rows={rows} isLoading={!value && !hasFailed} hasFailed={hasFailed} />;
}
