import {
  IconBrandFacebook,
  IconBrandTelegram,
  IconBrandVk,
  IconBrandX,
  IconMessage,
  IconWorld,
} from "@tabler/icons-react";
import { useTexts } from "@/ui/texts";

const ICONS: Readonly<Record<string, typeof IconWorld>> = {
  web: IconWorld,
  telegram: IconBrandTelegram,
  vk: IconBrandVk,
  facebook: IconBrandFacebook,
  twitter: IconBrandX,
};

/** The medium a conversation came by. */
export function ChannelIcon({ channel, size = 16 }: { channel: string; size?: number }) {
  const texts = useTexts();
  const Icon = ICONS[channel] ?? IconMessage;
  const name = texts.channels[channel] ?? channel;
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      style={{ display: "inline-flex", flex: "none" }}
    >
      <Icon size={size} stroke={1.7} aria-hidden />
    </span>
  );
}
