"""The network of the reading model: a MiniLM encoder that reads a question or a claim together with a text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

HEADS = ("null", "sentence", "start", "end", "support")


class Read(NamedTuple):
    """What the network says of a batch; logits, larger is more.

    `null` (batch): the text does not answer. `sentence` (batch, sentences): a sentence answers; minus infinity
    for a column without tokens. `start`, `end` (batch, tokens): the answer begins or ends at a token.
    `support` (batch): the text bears the claim out.
    """

    null: Tensor
    sentence: Tensor
    start: Tensor
    end: Tensor
    support: Tensor


class ReadingNetwork(nn.Module):  # type: ignore[misc]  # PyTorch is not followed by mypy here
    """The encoder of the bundled embedding model with five linear heads.

    Everything is decided in one pass over `[CLS] asked [SEP] title [SEP] text [SEP]`, so that a sentence is judged with
    all that stands around it. A sentence is the mean of its tokens; with the null logit, which comes from `[CLS]`, the
    sentences of a text share one softmax, as the answers and "no answer" do in SQuAD 2.0 (Devlin et al. 2019).
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(
            str(folder),
            local_files_only=True,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,  # one pass over the examples overfits nothing
        )
        self.encoder = BertModel(config, add_pooling_layer=False)
        weights = load_file(folder / "model.safetensors")
        self.encoder.load_state_dict({name: weights[name] for name in self.encoder.state_dict()})
        self.encoder.embeddings.requires_grad_(False)  # the bundled ones serve, so that they need not be shipped
        self.heads = nn.ModuleDict({name: nn.Linear(self.encoder.config.hidden_size, 1) for name in HEADS})

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor, members: Tensor) -> Read:
        """Reads a batch.

        `ids`, `kinds` and `mask` (batch, tokens) are those of BERT. `members` (batch, sentences, tokens) has one over
        the number of a sentence's tokens at each of them, and zeros elsewhere.
        """
        states = self.encoder(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        first = states[:, 0]
        means = members.to(states.dtype) @ states
        nothing = members.sum(dim=2) == 0
        return Read(
            null=self.heads["null"](first)[:, 0].float(),
            sentence=self.heads["sentence"](means)[:, :, 0].float().masked_fill(nothing, float("-inf")),
            start=self.heads["start"](states)[:, :, 0].float(),
            end=self.heads["end"](states)[:, :, 0].float(),
            support=self.heads["support"](first)[:, 0].float(),
        )

    def trained_parameters(self) -> dict[str, nn.Parameter]:
        """What training changes and what is shipped: the layers and the heads, by name."""
        return {name: value for name, value in self.named_parameters() if value.requires_grad}
