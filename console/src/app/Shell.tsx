import { ActionIcon, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconHistory,
  IconKeyboard,
  IconLogout,
  IconMessages,
  IconSettings,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link, useRoute } from "wouter";
import { ConnectionBanner } from "@/app/ConnectionBanner";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import { PreferencesDialog } from "@/app/PreferencesDialog";
import { PresenceControl } from "@/app/PresenceControl";
import classes from "@/app/Shell.module.css";
import { useTitle } from "@/app/useTitle";
import { useOperator, useSession } from "@/session/session";
import { HelpSheet } from "@/shortcuts/HelpSheet";
import { useShortcut } from "@/shortcuts/useShortcut";
import { ownConversations } from "@/state/conversations";
import { Brand } from "@/ui/Brand";
import { ConfirmDialog, confirm } from "@/ui/confirm";
import { useTexts } from "@/ui/texts";

/** The frame about every page: sections, presence, settings. */
export function Shell({ children }: { children: ReactNode }) {
  const texts = useTexts();
  const [opened, setOpened] = useState<"help" | "preferences" | null>(null);
  useTitle();
  useShortcut("help", () => setOpened((now) => (now === "help" ? null : "help")));
  return (
    <div className={classes.shell}>
      <header className={classes.header}>
        <Brand />
        <nav className={classes.nav} aria-label={texts.nav.label}>
          <Section to="/" pattern="/" label={texts.nav.desk} icon={<IconMessages size={17} />} />
          <Section
            to="/history"
            pattern="/history/*?"
            label={texts.nav.history}
            icon={<IconHistory size={17} />}
          />
        </nav>
        <div className={classes.tools}>
          <PresenceControl />
          <IconButton label={texts.shortcuts.title} onClick={() => setOpened("help")}>
            <IconKeyboard size={19} stroke={1.6} />
          </IconButton>
          <IconButton label={texts.preferences.title} onClick={() => setOpened("preferences")}>
            <IconSettings size={19} stroke={1.6} />
          </IconButton>
          <OperatorMenu />
        </div>
      </header>
      <ConnectionBanner />
      <div className={classes.page}>{children}</div>
      <ConfirmDialog />
      <HelpSheet opened={opened === "help"} onClose={() => setOpened(null)} />
      <PreferencesDialog opened={opened === "preferences"} onClose={() => setOpened(null)} />
    </div>
  );
}

interface SectionProps {
  to: string;
  pattern: string;
  label: string;
  icon: ReactNode;
}

function Section({ to, pattern, label, icon }: SectionProps) {
  const [isHere] = useRoute(pattern);
  return (
    <Link href={to} className={classes.section} aria-current={isHere ? "page" : undefined}>
      <span aria-hidden>{icon}</span>
      {label}
    </Link>
  );
}

interface IconButtonProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
}

function IconButton({ label, onClick, children }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick} size={32}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function OperatorMenu() {
  const texts = useTexts();
  const operator = useOperator();
  const name = operator.name || operator.login || operator.id;
  const leave = useSignOut();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.operator} aria-label={name} title={name}>
          {initials(name)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.operatorName}>{name}</span>
          <br />
          {texts.roles[operator.role]}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
          {texts.signIn.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut(): () => void {
  const texts = useTexts();
  const client = useDeskClient();
  const { signOut } = useSession();
  const held = useDesk((model) => ownConversations(model.desk).length);
  const leave = async () => {
    const { capacity } = client.store.getState().presence;
    client.setPresence("offline", capacity);
    await signOut();
    client.stop();
    client.setPresence("away", capacity);
  };
  return () => {
    if (held === 0) return void leave();
    confirm({
      title: texts.signIn.signOut,
      body: texts.signIn.signOutHeld(held),
      yes: texts.signIn.signOut,
      no: texts.actions.cancel,
      onYes: () => void leave(),
    });
  };
}

function initials(name: string): string {
  const letters = name.split(/\s+/).map((word) => word[0] ?? "");
  return letters.slice(0, 2).join("").toUpperCase();
}
