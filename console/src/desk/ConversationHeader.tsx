import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconArrowForwardUp,
  IconCheck,
  IconLayoutSidebarRight,
  IconRobot,
  IconShieldCheck,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "@/desk/ConversationHeader.module.css";
import type { ContextToggle } from "@/desk/DeskPage";
import { LanguageTag } from "@/desk/LanguageTag";
import { openDialog } from "@/desk/view";
import { intentLabel } from "@/i18n/intents";
import { subscriberName } from "@/i18n/names";
import type { Conversation } from "@/state/desk";
import { latestIntent } from "@/state/knowledge";
import { ChannelIcon } from "@/ui/ChannelIcon";
import { useLanguage, useTexts } from "@/ui/texts";

interface HeaderProps {
  conversation: Conversation;
  context: ContextToggle;
}

/** Who it is, and what can be done with the conversation. */
export function ConversationHeader({ conversation, context }: HeaderProps) {
  const texts = useTexts();
  const { about, departure } = conversation;
  const toggleLabel = context.isOpen ? texts.context.hide : texts.context.show;
  return (
    <header className={classes.header}>
      <div className={classes.who}>
        <h2 className={classes.name}>
          <ChannelIcon channel={about.channel} size={17} />
          <span className={classes.cut}>{subscriberName(texts, about)}</span>
          <LanguageTag language={about.language} />
        </h2>
        <Facts conversation={conversation} />
      </div>
      {!departure && <Actions />}
      <Tooltip label={`${toggleLabel} (Alt+I)`}>
        <ActionIcon
          aria-label={toggleLabel}
          aria-pressed={context.isOpen}
          variant={context.isOpen ? "light" : "subtle"}
          onClick={context.toggle}
        >
          <IconLayoutSidebarRight size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const texts = useTexts();
  const language = useLanguage();
  const { about } = conversation;
  const found = latestIntent(conversation);
  const facts = [
    about.reason && (texts.reasons[about.reason] ?? about.reason),
    found && intentLabel(language, found.intent),
  ].filter(Boolean);
  return (
    <p className={classes.facts}>
      {about.subscriber.number && (
        <span className={classes.number} title={texts.context.verified}>
          <IconShieldCheck size={14} aria-hidden />
          {about.subscriber.number}
        </span>
      )}
      <span className={classes.cut}>{facts.join(" · ")}</span>
    </p>
  );
}

function Actions() {
  const texts = useTexts().actions;
  return (
    <fieldset className={classes.actions} aria-label={texts.label}>
      <Action
        keys="Alt+T"
        icon={<IconArrowForwardUp size={16} />}
        onClick={() => openDialog("transfer")}
      >
        {texts.transfer}
      </Action>
      <Action keys="Alt+B" icon={<IconRobot size={16} />} onClick={() => openDialog("return")}>
        {texts.returnToBot}
      </Action>
      <Action keys="Alt+C" icon={<IconCheck size={16} />} onClick={() => openDialog("close")}>
        {texts.close}
      </Action>
    </fieldset>
  );
}

interface ActionProps {
  keys: string;
  icon: ReactNode;
  onClick: () => void;
  children: string;
}

function Action({ keys, icon, onClick, children }: ActionProps) {
  return (
    <Tooltip label={`${children} (${keys})`}>
      <Button
        variant="default"
        classNames={{ section: classes.actionIcon ?? "", label: classes.actionLabel ?? "" }}
        leftSection={icon}
        aria-label={children}
        aria-keyshortcuts={keys}
        onClick={onClick}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
