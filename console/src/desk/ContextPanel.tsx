import { ActionIcon } from "@mantine/core";
import { IconShieldCheck, IconX } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import classes from "@/desk/ContextPanel.module.css";
import { PastConversations } from "@/desk/PastConversations";
import { intentLabel } from "@/i18n/intents";
import { subscriberName } from "@/i18n/names";
import type { Conversation } from "@/state/desk";
import { knownFacts, latestIntent, summaryLines } from "@/state/knowledge";
import { useLanguage, useTexts } from "@/ui/texts";

interface ContextPanelProps {
  conversation: Conversation;
  onClose: () => void;
}

/** What is known about the subscriber and the matter. */
export const ContextPanel = memo(function ContextPanel({
  conversation,
  onClose,
}: ContextPanelProps) {
  const texts = useTexts().context;
  const facts = knownFacts(conversation);
  const summary = summaryLines(conversation.about.summary);
  return (
    <aside className={classes.panel} aria-label={texts.title}>
      <header className={classes.head}>
        <h2 className={classes.title}>{texts.title}</h2>
        <ActionIcon size={26} aria-label={texts.hide} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={classes.scroll}>
        <SubscriberFacts conversation={conversation} />
        {summary !== "" && (
          <Section title={texts.summary}>
            <p className={classes.summary} dir="auto">
              {summary}
            </p>
          </Section>
        )}
        <Section title={texts.known}>
          {facts.length === 0 ? (
            <p className={classes.none}>{texts.nothingKnown}</p>
          ) : (
            <dl className={classes.facts}>
              {facts.map(({ name, value }) => (
                <Fact key={name} name={name.replaceAll("_", " ")}>
                  {value}
                </Fact>
              ))}
            </dl>
          )}
        </Section>
        <Section title={texts.past}>
          <PastConversations
            subscriber={conversation.about.subscriber.id ?? null}
            except={conversation.id}
          />
        </Section>
      </div>
    </aside>
  );
});

function SubscriberFacts({ conversation }: { conversation: Conversation }) {
  const texts = useTexts();
  const labels = texts.context;
  const { about } = conversation;
  return (
    <Section title={labels.subscriber}>
      <dl className={classes.facts}>
        <Fact name={labels.name}>{subscriberName(texts, about)}</Fact>
        <Fact name={labels.number}>
          <PhoneNumber number={about.subscriber.number ?? null} />
        </Fact>
        {about.language && (
          <Fact name={labels.language}>{texts.languages[about.language] ?? about.language}</Fact>
        )}
        <Fact name={labels.channel}>{texts.channels[about.channel] ?? about.channel}</Fact>
        {about.reason && (
          <Fact name={labels.reason}>{texts.reasons[about.reason] ?? about.reason}</Fact>
        )}
        <IntentFact conversation={conversation} />
        {about.page?.url && (
          <Fact name={labels.page}>
            <PageLink url={about.page.url} title={about.page.title ?? null} />
          </Fact>
        )}
      </dl>
    </Section>
  );
}

function IntentFact({ conversation }: { conversation: Conversation }) {
  const texts = useTexts().context;
  const language = useLanguage();
  const found = latestIntent(conversation);
  if (!found) return null;
  const confidence =
    found.confidence === null ? "" : ` ${Math.round(found.confidence * 100)}\u00a0%`;
  return (
    <Fact name={texts.intent}>
      <span title={found.intent}>{intentLabel(language, found.intent)}</span>
      <span className={classes.quiet}>{confidence}</span>
    </Fact>
  );
}

function PhoneNumber({ number }: { number: string | null }) {
  const texts = useTexts().context;
  if (!number) return <span className={classes.quiet}>{texts.notVerified}</span>;
  return (
    <span className={classes.number}>
      {number}
      <span className={classes.verified}>
        <IconShieldCheck size={14} aria-hidden />
        {texts.verified}
      </span>
    </span>
  );
}

/** A page's address comes from outside: only what a browser opens as a page becomes a link. */
function PageLink({ url, title }: { url: string; title: string | null }) {
  const shown = title || url.replace(/^https?:\/\//, "");
  if (!/^https?:\/\//.test(url)) return <span>{shown}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" title={url}>
      {shown}
    </a>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.sectionTitle}>{title}</h3>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
