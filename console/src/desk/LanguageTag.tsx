import classes from "@/desk/Panel.module.css";
import { useTexts } from "@/ui/texts";

/** The language of a conversation, in two letters. */
export function LanguageTag({ language }: { language: string | null | undefined }) {
  const texts = useTexts();
  if (!language) return null;
  const name = texts.languages[language] ?? language;
  return (
    <abbr className={classes.language} title={name} aria-label={name}>
      {language}
    </abbr>
  );
}
