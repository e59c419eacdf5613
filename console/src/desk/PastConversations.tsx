import { UnstyledButton } from "@mantine/core";
import { useCallback, useState } from "react";
import classes from "@/desk/PastConversations.module.css";
import { RecordedTranscript } from "@/history/RecordedTranscript";
import { useLoaded } from "@/history/useLoaded";
import { subscriberName } from "@/i18n/names";
import { formatMoment } from "@/i18n/time";
import type { ConversationSummary } from "@/protocol/rest";
import { useSession } from "@/session/session";
import { Dialog } from "@/ui/Dialog";
import { useLanguage, useTexts } from "@/ui/texts";

const SHOWN = 20;

interface PastConversationsProps {
  subscriber: string | null;
  except: string;
}

/** What this subscriber came with before; each opens to be read. */
export function PastConversations({ subscriber, except }: PastConversationsProps) {
  const texts = useTexts();
  const { rest } = useSession();
  const [open, setOpen] = useState<ConversationSummary | null>(null);
  const load = useCallback(
    async () => (subscriber ? (await rest.past({ subscriber, limit: SHOWN })).conversations : []),
    [rest, subscriber],
  );
  const { value, hasFailed } = useLoaded(load);
  if (hasFailed) return <p className={classes.none}>{texts.context.pastFailed}</p>;
  if (!value) return <p className={classes.none}>{texts.conversation.loading}</p>;
  const past = value.filter(
    (one) => one.conversation !== except && one.subscriber?.id === subscriber,
  );
  if (past.length === 0) return <p className={classes.none}>{texts.context.noPast}</p>;
  return (
    <>
      <ul className={classes.list}>
        {past.map((one) => (
          <PastItem key={one.conversation} past={one} onOpen={() => setOpen(one)} />
        ))}
      </ul>
      <Dialog
        opened={open !== null}
        onClose={() => setOpen(null)}
        size={760}
        title={open && subscriberName(texts, open)}
      >
        {open && (
          <div className={classes.record}>
            <RecordedTranscript conversation={open.conversation} />
          </div>
        )}
      </Dialog>
    </>
  );
}

function PastItem({ past, onOpen }: { past: ConversationSummary; onOpen: () => void }) {
  const texts = useTexts();
  const language = useLanguage();
  const at = past.closed_at ?? past.opened_at;
  const disposition =
    past.disposition && (texts.dispositions[past.disposition] ?? past.disposition);
  return (
    <li>
      <UnstyledButton className={classes.item} onClick={onOpen}>
        <span className={classes.head}>
          <span>{at ? formatMoment(at, language) : ""}</span>
          <span className={classes.quiet}>{disposition}</span>
        </span>
        <span className={classes.preview}>{past.preview ?? past.summary}</span>
      </UnstyledButton>
    </li>
  );
}
