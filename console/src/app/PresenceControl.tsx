import { NumberInput, Popover, UnstyledButton } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import classes from "@/app/PresenceControl.module.css";
import { PRESENCES, type Presence } from "@/protocol/frames";
import { useShortcut } from "@/shortcuts/useShortcut";
import { ownConversations } from "@/state/conversations";
import { confirm } from "@/ui/confirm";
import { Segments } from "@/ui/Segments";
import { useTexts } from "@/ui/texts";

const MOST_AT_ONCE = 50;

/** Whether one takes conversations, and how many at once. */
export function PresenceControl() {
  const texts = useTexts();
  const { status, choose } = usePresence();
  useShortcut("presence", () => choose(status === "online" ? "away" : "online"));
  return (
    <>
      <CapacityControl />
      <Segments
        label={texts.presence.label}
        value={status}
        onChange={(value) => choose(value)}
        choices={PRESENCES.map((value) => ({
          value,
          label: (
            <span className={classes.choice}>
              <span className={classes.dot} data-status={value} aria-hidden />
              {texts.presence[value]}
            </span>
          ),
        }))}
      />
    </>
  );
}

function usePresence() {
  const texts = useTexts();
  const client = useDeskClient();
  const { status, capacity } = useDesk((model) => model.presence);
  const held = useDesk((model) => ownConversations(model.desk).length);
  const choose = (next: Presence) => {
    if (next !== "offline" || held === 0) return client.setPresence(next, capacity);
    confirm({
      title: texts.presence.offlineTitle,
      body: texts.presence.offlineHeld(held),
      yes: texts.presence.offline,
      no: texts.actions.cancel,
      onYes: () => client.setPresence("offline", capacity),
    });
  };
  return { status, choose };
}

function CapacityControl() {
  const texts = useTexts();
  const client = useDeskClient();
  const { status, capacity } = useDesk((model) => model.presence);
  const held = useDesk((model) => ownConversations(model.desk).length);
  const change = (value: number | string) => {
    const wanted = Math.round(Number(value));
    if (wanted >= 1 && wanted <= MOST_AT_ONCE) client.setPresence(status, wanted);
  };
  return (
    <Popover position="bottom" shadow="md" trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.load}
          data-full={held >= capacity || undefined}
          aria-label={`${held}/${capacity}: ${texts.presence.load(held, capacity)}. ${texts.presence.capacity}`}
          title={texts.presence.load(held, capacity)}
        >
          <IconUsers size={16} stroke={1.7} aria-hidden />
          {held}/{capacity}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <NumberInput
          label={texts.presence.capacity}
          size="xs"
          min={1}
          max={MOST_AT_ONCE}
          value={capacity}
          onChange={change}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
