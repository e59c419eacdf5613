import { CATALOGUES } from "@/i18n";
import { subscriberName } from "@/i18n/names";
import type { DeskModel, DeskPorts } from "@/live/desk";
import { showDesktop } from "@/notify/desktop";
import { playChime } from "@/notify/sound";
import type { Entry, LogEvent } from "@/protocol/frames";
import { usePreferences } from "@/settings/preferences";

const LATELY_MS = 60_000;

/** What is heard and shown when somebody waits or writes. */
export function makeAlerts(model: () => DeskModel): Pick<DeskPorts, "onEvent" | "onQueued"> {
  return {
    onEvent: (event) => {
      if (event.kind === "message" && event.author.kind === "subscriber")
        tellOfMessage(model(), event);
    },
    onQueued: (entries) => {
      if (entries.length > 0 && model().presence.status === "online") tellOfQueue(entries);
    },
  };
}

type Said = Extract<LogEvent, { kind: "message" }>;

function tellOfMessage(model: DeskModel, event: Said): void {
  const conversation = model.desk.conversations[event.conversation];
  // A replay after a long absence would ring for each message of the past.
  const isOld = Date.now() - Date.parse(event.at) > LATELY_MS;
  if (!conversation || conversation.departure || isOld) return;
  const { isMessageSoundOn, isDesktopOn } = usePreferences.getState();
  if (isMessageSoundOn) playChime("message");
  if (isDesktopOn && !document.hasFocus()) {
    const { texts } = speech();
    const name = subscriberName(texts, conversation.about);
    showDesktop(name, event.text ?? "", event.conversation);
  }
}

function tellOfQueue(entries: readonly Entry[]): void {
  const { isQueueSoundOn, isDesktopOn } = usePreferences.getState();
  if (isQueueSoundOn) playChime("queue");
  if (!isDesktopOn || document.hasFocus()) return;
  const { texts } = speech();
  for (const entry of entries.slice(0, 3)) {
    const name = subscriberName(texts, entry);
    showDesktop(texts.alerts.queued(name), entry.summary ?? "", entry.conversation);
  }
}

function speech() {
  const { language } = usePreferences.getState();
  return { texts: CATALOGUES[language] };
}
