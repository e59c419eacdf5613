import { Button, Loader } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "@/app/ConnectionBanner.module.css";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import type { Connection } from "@/state/connection";
import { useNow } from "@/ui/clock";
import { useTexts } from "@/ui/texts";

const PATIENCE_MS = 700;

/** Says that the desk cannot be reached, over the page so that nothing below moves. */
export function ConnectionBanner() {
  const connection = useDesk((model) => model.connection);
  const isShown = useLasting(connection.phase === "connecting" || connection.phase === "lost");
  return (
    <div className={classes.place} role="status" aria-live="polite">
      {isShown && <Banner connection={connection} />}
    </div>
  );
}

/** A connection that comes back at once is not worth a word. */
function useLasting(isDown: boolean): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isDown) return setShown(false);
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isDown]);
  return isShown && isDown;
}

function Banner({ connection }: { connection: Connection }) {
  const texts = useTexts();
  const client = useDeskClient();
  const isLost = connection.phase === "lost";
  const hasFailed = isLost || (connection.phase === "connecting" && connection.attempt > 0);
  return (
    <div className={classes.banner} data-lost={hasFailed || undefined}>
      {isLost ? <IconPlugConnectedX size={17} aria-hidden /> : <Loader size={14} aria-hidden />}
      {isLost ? <LostText retryAt={connection.retryAt} /> : texts.connection.connecting}
      {hasFailed && <span className={classes.kept}>{texts.connection.kept}</span>}
      {hasFailed && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={!isLost}
          onClick={() => client.reconnectNow()}
        >
          {texts.connection.retry}
        </Button>
      )}
    </div>
  );
}

function LostText({ retryAt }: { retryAt: number }) {
  const texts = useTexts();
  const seconds = Math.max(0, Math.ceil((retryAt - useNow()) / 1000));
  return <strong>{texts.connection.lost(seconds)}</strong>;
}
