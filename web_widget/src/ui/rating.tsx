/** The score of a conversation, from 1 to 5, and a word about it. */

import type { JSX } from "preact";
import { canRate } from "../state/selectors";
import { icon } from "./icons";
import { note } from "./message";
import type { Screen } from "./screen";

const COMMENT_LIMIT = 1000;

/** Asks for the score when the conversation is over or the subscriber wants to give it; thanks for it. */
export function rating(screen: Screen): JSX.Element | null {
  const { state, shown, texts } = screen;
  const isRated = state.rated !== null && state.rated === state.conversation;
  if (canRate(state) || (shown.rating === "asked" && !isRated)) return form(screen);
  const isThanked = isRated && (state.phase === "closed" || shown.rating === "thanked");
  return isThanked ? note("thanks", texts.rateThanks) : null;
}

function form({ client, shown, view, texts }: Screen): JSX.Element {
  const submit = (event: Event) => {
    event.preventDefault();
    const comment = new FormData(event.currentTarget as HTMLFormElement).get("comment");
    client.rate(shown.score, `${comment ?? ""}`.trim());
    view.show({ rating: "thanked", score: 0 });
  };
  return (
    <form class="rating" aria-label={texts.rateTitle} onSubmit={submit} key="rating">
      <h3>{texts.rateTitle}</h3>
      <div class="stars" role="radiogroup" aria-label={texts.rateLabel}>
        {texts.rateScores.map((word, index) => star(index + 1, word))}
      </div>
      <p aria-hidden="true">{texts.rateScores[shown.score - 1] ?? "\u00a0"}</p>
      {shown.score > 0 && (
        <>
          <textarea
            name="comment"
            rows={2}
            maxLength={COMMENT_LIMIT}
            placeholder={texts.rateComment}
            aria-label={texts.rateComment}
          />
          <button type="submit" class="primary">
            {texts.rateSend}
          </button>
        </>
      )}
    </form>
  );

  function star(score: number, word: string): JSX.Element {
    return (
      <label key={score} class={score <= shown.score ? "lit" : ""}>
        <input
          type="radio"
          name="score"
          checked={score === shown.score}
          aria-label={`${score}: ${word}`}
          onChange={() => view.show({ score })}
        />
        {icon("star")}
      </label>
    );
  }
}
