import { useMemo } from "react";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import { Transcript } from "@/desk/Transcript";
import { TypingPreview } from "@/desk/TypingPreview";
import type { Conversation } from "@/state/desk";
import { hasEarlier } from "@/state/log";
import { pendingIn } from "@/state/outbox";
import { transcriptRows } from "@/state/transcript";

/** The transcript of an open conversation, growing as it goes on. */
export function LiveTranscript({ conversation }: { conversation: Conversation }) {
  const client = useDeskClient();
  const outbox = useDesk((model) => model.outbox);
  const { id, events, readSeq, history, typing } = conversation;
  const rows = useMemo(
    () => transcriptRows({ events, pending: pendingIn(outbox, id), readSeq }),
    [events, outbox, id, readSeq],
  );
  return (
    <Transcript
      rows={rows}
      isLoading={history === "loading"}
      hasFailed={history === "failed"}
      hasEarlier={hasEarlier(events)}
      onEarlier={() => client.loadEarlier(id)}
      footer={typing && <TypingPreview typing={typing} name={conversation.about.subscriber.name} />}
    />
  );
}
