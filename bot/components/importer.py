"""Read training data so that every example knows the language it was written in."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Text

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

LANGUAGES = ("ru", "uk", "en")


def language_of_file(path: str) -> str | None:
    """Return the language in a name such as ``money.uk.yml``, if it names one."""
    parts = Path(path).name.split(".")
    return parts[-2] if len(parts) > 2 and parts[-2] in LANGUAGES else None


class LanguageAwareImporter(RasaFileImporter):
    """Rasa's file importer, with the language of each file noted on its examples."""

    @cached_method
    def get_domain(self) -> Domain:
        """Load the domain, once."""
        return super().get_domain()

    @cached_method
    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """Load rules and stories, once."""
        return super().get_stories(exclusion_percentage)

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """Load all training examples; each has ``metadata.language`` where its file names one.

        Args:
            language: not used; Rasa names the pipeline's one language here.
        """
        return self._read()

    @cached_method
    def _read(self) -> TrainingData:
        # Read once and joined in one step: Rasa's own way hashes all that was read before again
        # with each file, which takes longer than the training.
        examples: list[Message] = []
        rest = TrainingData()
        for path in self._nlu_files:
            loaded = utils.training_data_from_paths([path], "en")
            examples.extend(_in_language(loaded.training_examples, language_of_file(path)))
            loaded.training_examples = []
            rest = rest.merge(loaded)
        return TrainingData(
            examples,
            rest.entity_synonyms,
            rest.regex_features,
            rest.lookup_tables,
            rest.responses,
        )


def _in_language(examples: list[Message], language: str | None) -> list[Message]:
    for example in examples:
        if language:
            example.set("metadata", {**(example.get("metadata") or {}), "language": language})
    return examples
