import { Button, Group, Stack, Switch, useMantineColorScheme } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { CATALOGUES, LANGUAGES } from "@/i18n";
import { askDesktopPermission, desktopPermission } from "@/notify/desktop";
import { type Chime, playChime } from "@/notify/sound";
import { prefer, usePreferences } from "@/settings/preferences";
import { Dialog } from "@/ui/Dialog";
import { Segments } from "@/ui/Segments";
import { useTexts } from "@/ui/texts";

interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

/** What an operator may choose for this browser. */
export function PreferencesDialog({ opened, onClose }: DialogProps) {
  const texts = useTexts().preferences;
  return (
    <Dialog opened={opened} onClose={onClose} title={texts.title}>
      <Stack gap="md">
        <LanguageChoice />
        <ThemeChoice />
        <SendKeyChoice />
        <AlertChoices />
      </Stack>
    </Dialog>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group justify="space-between" gap="sm">
      <span>{label}</span>
      {children}
    </Group>
  );
}

function LanguageChoice() {
  const label = useTexts().preferences.language;
  const language = usePreferences((preferences) => preferences.language);
  return (
    <Field label={label}>
      <Segments
        label={label}
        value={language}
        onChange={(value) => prefer({ language: value })}
        choices={LANGUAGES.map((value) => ({ value, label: CATALOGUES[value].languageName }))}
      />
    </Field>
  );
}

function ThemeChoice() {
  const texts = useTexts().preferences;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Field label={texts.theme}>
      <Segments
        label={texts.theme}
        value={colorScheme}
        onChange={(value) => setColorScheme(value)}
        choices={[
          { value: "auto", label: texts.themeAuto },
          { value: "light", label: texts.themeLight },
          { value: "dark", label: texts.themeDark },
        ]}
      />
    </Field>
  );
}

function SendKeyChoice() {
  const texts = useTexts().preferences;
  const sendKey = usePreferences((preferences) => preferences.sendKey);
  return (
    <Field label={texts.sending}>
      <Segments
        label={texts.sending}
        value={sendKey}
        onChange={(value) => prefer({ sendKey: value })}
        choices={[
          { value: "enter", label: texts.enter },
          { value: "ctrl-enter", label: texts.ctrlEnter },
        ]}
      />
    </Field>
  );
}

function AlertChoices() {
  const texts = useTexts().preferences;
  const { isQueueSoundOn, isMessageSoundOn } = usePreferences();
  return (
    <Stack gap="xs" role="group" aria-label={texts.alerts}>
      <SoundSwitch
        label={texts.soundQueue}
        chime="queue"
        isOn={isQueueSoundOn}
        onChange={(isOn) => prefer({ isQueueSoundOn: isOn })}
      />
      <SoundSwitch
        label={texts.soundMessage}
        chime="message"
        isOn={isMessageSoundOn}
        onChange={(isOn) => prefer({ isMessageSoundOn: isOn })}
      />
      <DesktopSwitch />
    </Stack>
  );
}

interface SoundSwitchProps {
  label: string;
  chime: Chime;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

function SoundSwitch({ label, chime, isOn, onChange }: SoundSwitchProps) {
  const texts = useTexts().preferences;
  return (
    <Group justify="space-between">
      <Switch
        label={label}
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={`${texts.test}: ${label}`}
        onClick={() => playChime(chime)}
      >
        {texts.test}
      </Button>
    </Group>
  );
}

function DesktopSwitch() {
  const texts = useTexts().preferences;
  const isOn = usePreferences((preferences) => preferences.isDesktopOn);
  const [permission, setPermission] = useState(desktopPermission);
  const isForbidden = permission === "denied" || permission === "unsupported";
  const change = async (wanted: boolean) => {
    const given = wanted ? await askDesktopPermission() : permission;
    setPermission(given);
    prefer({ isDesktopOn: wanted && given === "granted", isDesktopAsked: true });
  };
  return (
    <Switch
      label={texts.desktop}
      description={isForbidden ? texts.desktopDenied : undefined}
      checked={isOn && permission === "granted"}
      disabled={isForbidden}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}
