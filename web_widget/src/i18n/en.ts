/** The widget's texts in English; the other languages follow its shape. */

const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Record<string, string> = { one: "st", two: "nd", few: "rd" };

function ordinal(position: number): string {
  return `${position}${ENDINGS[ordinals.select(position)] ?? "th"}`;
}

export const en = {
  brand: "Support",
  open: "Open the chat",
  openUnread: (count: number) => `Open the chat, unread: ${count}`,
  close: "Close the chat",
  hide: "Hide",
  conversation: "Conversation",
  menu: "Menu",
  language: "Language",
  botName: "Assistant",
  status: {
    bot: "Assistant, answers at once",
    queued: "Waiting for an operator",
    assigned: "operator",
    closed: "Conversation ended",
  },
  today: "Today",
  yesterday: "Yesterday",
  greeting:
    "Hello! I'm the assistant: ask about your balance, tariff, internet or roaming. If you need a person, I'll call an operator.",
  suggestionsLabel: "People often ask",
  suggestions: [
    "How do I check my balance?",
    "My internet isn't working",
    "Which tariff suits me?",
    "How much is roaming?",
    "I lost my SIM card",
  ] as readonly string[],
  placeholder: "Write a message",
  send: "Send",
  person: "Talk to a person",
  personCalled: "Calling an operator…",
  leaveQueue: "Leave the queue",
  queuePlace: (position: number) =>
    position === 1 ? "You are next" : `You are ${ordinal(position)} in the queue`,
  queueMinutes: (minutes: number) => `about\u00a0${minutes}\u00a0min`,
  queueHours: (hours: number) => `about\u00a0${hours}\u00a0h`,
  queueNobody: "No operator is online just now.",
  queueKept:
    "Your question is kept and will be answered as soon as somebody is here. You may close the page.",
  queueStay: "You may close the page: the answer will be waiting here.",
  joined: (name: string | null) => (name ? `${name} has joined` : "An operator has joined"),
  became: {
    queued: "Passed on to an operator",
    bot: "The assistant is answering again",
    closed: "The conversation has ended",
  },
  newConversation: "New conversation",
  you: "You",
  operatorName: "Operator",
  typing: (name: string) => `${name} is typing`,
  sending: "Sending",
  sent: "Sent",
  seen: "Seen",
  kept: "Will be sent once connected",
  notSent: "Not sent",
  failures: {
    too_large: "The message is too long. Shorten it and send again.",
    invalid: "The message could not be accepted. Change it and send again.",
    unconfirmed: "There was no answer to this message.",
    stale: "This message has waited for over a day.",
  },
  edit: "Edit",
  again: "Send again",
  remove: "Delete",
  patience: "Many messages at once: the next goes out in a moment by itself.",
  outboxFull: "Too many unsent messages. Wait for the connection.",
  connecting: "Connecting…",
  reconnecting: "No connection. Reconnecting; your messages are kept.",
  left: (count: number) => `Characters left: ${count}`,
  over: (count: number) => `Too long by ${count}`,
  showWhole: "Show all",
  newest: "To the newest messages",
  rateTitle: "How did we do?",
  rateLabel: "Score from 1 to 5",
  rateScores: ["Very bad", "Bad", "So-so", "Good", "Excellent"] as readonly string[],
  rateComment: "What could be better? (optional)",
  rateSend: "Send the rating",
  rateThanks: "Thank you for the rating!",
  rateLater: "Rate the conversation",
  writeOn: "Write a message to start a new conversation.",
};

export type Texts = typeof en;
