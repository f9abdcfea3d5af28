"""Follow-ups become queries that stand alone; questions that stand alone are not touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.followups.condensing import condense, goes_on
from assistant.answering.phrases import phrases
from assistant.types import Answer, Citation, Conversation, Source, Span, Turn


def asked(*exchanges: tuple[str, str]) -> Conversation:
    """A conversation in which each question was condensed as the assistant does; no text means it abstained."""
    conversation = Conversation("test")
    for question, text in exchanges:
        query = condense(question, conversation)
        answer = Answer(question, query, text, "answered" if text else "abstained")
        conversation = conversation.with_turn(Turn(question, answer))
    return conversation


DECLINE = ("Why did China decline?", "The United States would not lift its sanctions on Li Shangfu.")


@pytest.mark.parametrize(
    ("exchange", "question", "query"),
    [
        (DECLINE, "What about Japan?", "Why did Japan decline?"),
        (DECLINE, "And how about Japan?", "Why did Japan decline?"),
        (DECLINE, "And India?", "Why did India decline?"),
        (("why did china decline?", ""), "what about japan?", "why did japan decline?"),
        (DECLINE, "and in 2019?", "Why did China decline in 2019?"),
        (DECLINE, "Why?", "Why (China decline)?"),
        (DECLINE, "and when was that?", "and when was that (China decline)?"),
        (DECLINE, "Tell me more.", "Tell me more (China)."),
        (("What did Li Shangfu say in Singapore?", ""), "And Austin?", "What did Austin say in Singapore?"),
        (("What did Dong say about Taiwan?", ""), "and Wei?", "What did Wei say about Taiwan?"),
        (("When did Sweden join NATO?", ""), "And Finland?", "When did Finland join NATO?"),
        (("When was the grain deal extended?", ""), "By how long?", "By how long (grain deal extended)?"),
        (("Who is Lloyd Austin?", ""), "When was he born?", "When was Lloyd Austin born?"),
        (("Who is Lloyd Austin?", ""), "What is his job?", "What is Lloyd Austin's job?"),
        (("What is throat cancer?", ""), "Is it treatable?", "Is throat cancer treatable?"),
        (("What are the types of sharks?", ""), "Are they endangered?", "Are sharks endangered?"),
        (("How many Gripens did Sweden sell?", ""), "When will they come?", "When will Gripens come?"),
        (("How many ships did the Houthis hit?", ""), "Why did they do it?", "Why did the Houthis do it?"),
        (("Is melatonin bad for you?", ""), "What are the side effects?", "What are the side effects (melatonin)?"),
        (("How large is the army of France?", ""), "What about in Italy?", "How large is the army in Italy?"),
        (("What is the defence budget of Poland?", ""), "How much did it grow?",
         "How much did the defence budget of Poland grow?"),
        (("Who won the World Cup?", ""), "Where was it held?", "Where was the World Cup held?"),
        (("Who signed the Black Sea grain deal?", ""), "When did it end?", "When did the Black Sea grain deal end?"),
        (("Explain the Bronze Age collapse.", ""), "Why was it sudden?", "Why was the Bronze Age collapse sudden?"),
        (("When is the meeting of the Defence Committee?", ""), "Where will it be held?",
         "Where will the meeting of the Defence Committee be held?"),
        (("When is the next meeting of the Defence Committee?", ""), "Where will it be held?",
         "Where will the next meeting of the Defence Committee be held?"),
        (("When does the Defence Committee meet next?", ""), "Where will it be held?",
         "Where will it be held (Defence Committee meet)?"),
        (("When did Germany host the summit?", ""), "Where was it held?", "Where was the summit held?"),
        (("When does the Defence Committee meet?", ""), "What does it want?", "What does the Defence Committee want?"),
        (("Where does Yi Peng 3 lie at anchor?", ""), "When was it boarded?", "When was Yi Peng 3 boarded?"),
        (("When was Yi Peng 3 first shadowed by the navy?", ""), "Where is it now?", "Where is Yi Peng 3 now?"),
        (("How many crews of Arlen 30 ships were paid?", ""), "Where is it now?", "Where is Arlen now?"),
        (("When did the Ever Given sail in 2021?", ""), "Where is it now?", "Where is the Ever Given now?"),
        (("How many dockers were on strike at Kelso?", ""), "How long did it last?", "How long did strike last?"),
        (("When did Sweden join NATO?", ""), "Why did it take so long?", "Why did it take so long (Sweden join NATO)?"),
        (("Why did the Land Registry's systems fail?", ""), "Who is responsible?",
         "Who is responsible (Land Registry)?"),
        (("When did Ostria's parliament vote?", ""), "What was the result?",
         "What was the result (Ostria's parliament vote)?"),
        (("How many died on the True Confidence?", ""), "Why?", "Why (died True Confidence)?"),
        (("When did the Ever Given sail?", ""), "Was it damaged?", "Was the Ever Given damaged?"),
        (("When did Hurricane Otis hit Acapulco?", ""), "How many people died?",
         "How many people died (Hurricane Otis)?"),
        (("Who leads the Red Cross?", "Mirjana Spoljaric has led it since 2022."), "Where was she born?",
         "Where was Mirjana Spoljaric born?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_completed_from_the_turn_before(exchange: tuple[str, str], question: str, query: str) -> None:
    assert condense(question, asked(exchange)) == query


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2022 World Cup?",
        "What is taurine?",
        "Tell me about lung cancer.",
        "Is it possible to join NATO without a treaty?",
        "Did Gucci increase its market share?",
        "If a company fails, who pays its debts?",
        "Who wrote \"She Loves You\"?",
        "  what is   the defence budget of France in 2024 ",
    ],
)  # fmt: skip
def test_a_question_that_stands_alone_stays_as_it_is(question: str) -> None:
    assert condense(question, asked(DECLINE)) == question


def test_a_pasted_page_stays_as_it_is() -> None:
    page = "It was said that they met there. " * 100
    assert condense(page, asked(DECLINE)) == page


def test_the_first_question_stays_as_it_is() -> None:
    assert condense("Why?", None) == "Why?"
    assert condense("Why did it fail?", Conversation("empty")) == "Why did it fail?"


def test_a_pronoun_is_followed_through_several_turns() -> None:
    conversation = asked(("Who is Lloyd Austin?", ""), ("When was he born?", ""), ("Where did he study?", ""))
    assert condense("Is he married?", conversation) == "Is Lloyd Austin married?"


def test_an_owner_is_not_what_it_owns() -> None:
    conversation = asked(("When was the True Confidence hit?", ""), ("How many of its crew were killed?", ""))
    query = condense("Where was it when that happened?", conversation)
    assert query == "Where was the True Confidence when that happened?"


def test_a_change_of_topic_leaves_the_old_one_behind() -> None:
    conversation = asked(DECLINE, ("What is seafloor spreading?", ""))
    assert condense("How fast is it?", conversation) == "How fast is seafloor spreading?"


def test_a_part_of_a_name_is_completed_from_the_conversation() -> None:
    conversation = asked(("Who is Lloyd Austin?", ""), ("What did Austin say in Singapore?", ""))
    assert condense("What else did he say?", conversation) == "What else did Lloyd Austin say?"


def test_a_person_whom_only_an_earlier_answer_named_is_found() -> None:
    conversation = asked(DECLINE, ("What about Japan?", ""))
    assert condense("Who replaced him?", conversation) == "Who replaced Li Shangfu?"


def test_she_is_nobody_who_was_he() -> None:
    conversation = asked(("Who is Lloyd Austin?", ""), ("When was he born?", ""))
    assert condense("Where did she study?", conversation) == "Where did she study?"
    assert condense("Where did he study?", conversation) == "Where did Lloyd Austin study?"


def test_a_country_is_no_person() -> None:
    conversation = asked(("Why did China decline?", ""))
    assert condense("Why was he dismissed?", conversation) == "Why was he dismissed?"


def test_a_fragment_does_not_lend_its_only_word() -> None:
    assert condense("What about FICA?", asked(("Deductions", ""))) == "What about FICA?"


def test_an_answer_without_words_of_content_lends_nothing() -> None:
    assert condense("Is this legal?", asked(("Why did China decline?", "It was so."))) == "Is this legal (China)?"


def test_the_words_of_an_abstention_are_no_source_of_terms() -> None:
    silent = Turn("Who is it?", Answer("Who is it?", "Who is it?", "Ask about Emmanuel Macron instead.", "abstained"))
    assert condense("When was he born?", Conversation("c", (silent,))) == "When was he born?"


def test_the_second_one_is_the_second_citation_of_the_last_answer() -> None:
    source = Source("a.md", "a.md", "A", "text/markdown", "0")
    quotes = ("The talks with Tokyo failed.", "The port of Odesa was reopened.")
    text = " ".join(quotes)
    citations = tuple(
        Citation(marker, Span(start, start + len(quote)), source, "a.md:0", Span(start, start + len(quote)), quote)
        for marker, (quote, start) in enumerate(zip(quotes, (0, len(quotes[0]) + 1), strict=True), start=1)
    )
    answer = Answer("What happened?", "What happened?", text, "answered", citations)
    conversation = Conversation("c", (Turn("What happened?", answer),))
    assert "Odesa" in condense("Tell me more about the second one", conversation)
    assert "Tokyo" not in condense("Tell me more about the second one", conversation)
    assert condense("The fifth one?", conversation).count("Odesa") == 0


_WORDS = st.sampled_from(
    "why what about it he they the China and in 2019 one that this ? ' \" . Lloyd Austin of".split()
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=12).map(" ".join))


@given(_TEXTS, st.lists(st.tuples(_TEXTS, _TEXTS), max_size=3))
def test_any_question_after_any_conversation_gives_a_query(question: str, before: list[tuple[str, str]]) -> None:
    conversation = asked(*before)
    query = condense(question, conversation)
    assert query == question or before
    assert condense(question, conversation) == query
    assert bool(query.strip()) or not question.strip()


@given(_TEXTS)
def test_phrases_lie_where_they_say(text: str) -> None:
    for phrase in phrases(text):
        assert text[phrase.start : phrase.end].startswith(phrase.text)


MEETING = ("Why did China decline the meeting with Austin in 2023?", "It declined because of sanctions. Li was angry.")


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("no, I meant 2019", "Why did China decline the meeting with Austin in 2019?"),
        ("I meant 2019.", "Why did China decline the meeting with Austin in 2019?"),
        ("No, in 2019!", "Why did China decline the meeting with Austin in 2019?"),
        ("sorry, Li, not Austin", "Why did China decline the meeting with Li in 2023?"),
        ("I meant Japan, not China", "Why did Japan decline the meeting with Austin in 2023?"),
        ("No, Japan.", "Why did Japan decline the meeting with Austin in 2023?"),
    ],
)
def test_a_correction_asks_the_question_before_with_something_else_in_its_place(question: str, query: str) -> None:
    assert condense(question, asked(MEETING)) == query
    assert not goes_on(question, asked(MEETING))


@pytest.mark.parametrize(
    "question",
    [
        "no one knows",
        "No, there is a warning.",
        "I mean are they organised?",
        "Sorry, who?",
        "What did he mean by that in the speech of Odesa?",
        "Actually, who won the cup of Borl?",
    ],
)
def test_what_only_looks_like_a_correction_is_none(question: str) -> None:
    assert "decline the meeting" not in condense(question, asked(MEETING))


@pytest.mark.parametrize(
    "question", ["why?", "the second one", "what about the first?", "tell me more", "Did he say so?"]
)
def test_a_question_about_what_was_shown_goes_on_from_it(question: str) -> None:
    assert goes_on(question, asked(MEETING))
    assert not goes_on(question, asked((MEETING[0], "")))  # nothing was shown
    assert not goes_on(question, None)


@pytest.mark.parametrize("question", ["When did the Razoni leave Odesa?", "What about Japan?", "and in 2019?", "ok"])
def test_another_subject_does_not_go_on_from_it(question: str) -> None:
    assert not goes_on(question, asked(MEETING))


DEAL = ("Who signed the Black Sea grain deal?", "Russia and Ukraine signed it in Istanbul.")
SHIPS = ("How many ships were hit in the Red Sea?", "Twelve ships were hit.")
JOINED = ("When did Finland join NATO?", "Finland joined NATO on 4 April 2023.")


@pytest.mark.parametrize(
    "question",
    [
        "How long did it take Sweden to join NATO?",
        "How long did it take for Sweden to join NATO?",
        "How much did it cost Turkey to let Sweden join?",
        "Was it Sweden or Finland that joined NATO first?",
        "was it sweden or finland that joined nato first?",
        "Was it the Houthis who seized the Galaxy Leader?",
        "Was it in 2023 that Finland joined NATO?",
        "Why is it that China refused the meeting?",
        "When was it announced that Finland would join NATO?",
        "Has it been decided who will lead NATO?",
        "Is it the case that Sweden joined NATO?",
    ],
)
def test_it_that_stands_for_nothing_stays(question: str) -> None:
    assert condense(question, asked(DEAL)) == question
    assert not goes_on(question, asked(DEAL))


@pytest.mark.parametrize(
    "question",
    [
        "How long did it take?",
        "How much did it cost Turkey?",
        "Did it take grain to Egypt?",
        "When was it extended that year?",
        "Was it a treaty that bound Russia?",
        "Was it hit by a drone that came from Yemen?",
        "When it announced that Sweden would join, who spoke?",
    ],
)
def test_it_that_stands_for_something_does_not(question: str) -> None:
    assert " it " not in condense(question, asked(("What is NATO?", "")))


@pytest.mark.parametrize(
    "question",
    [
        "In Vilnius what did Erdogan agree?",
        "On Tuesday did Austin meet Li?",
        "In Sweden who voted against?",
        "Since 2022 has Sweden joined?",
        "In Odesa were mines found?",
        "In Vilnius when did Erdogan agree?",
    ],
)
def test_a_question_behind_an_adjunct_stays(question: str) -> None:
    assert condense(question, asked(SHIPS)) == question
    assert not goes_on(question, asked(SHIPS))


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("In May?", "How many ships were hit In May?"),
        ("After Sweden was admitted?", "How many ships were hit After Sweden was admitted?"),
        (
            "In the month when Li was dismissed?",
            "How many ships were hit in the Red Sea In the month when Li was dismissed?",
        ),
        ("During the strikes were any ships hit?", "During the strikes were any ships hit (Red Sea)?"),
    ],
)
def test_an_adjunct_alone_is_put_into_the_question_before(question: str, query: str) -> None:
    assert condense(question, asked(SHIPS)) == query


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("Actually, summarise the grain deal", "summarise the grain deal"),
        ("No, tell me about Sweden", "tell me about Sweden"),
        ("Wait, compare Finland and Sweden", "compare Finland and Sweden"),
        ("Sorry, give me a timeline of Swedish accession", "give me a timeline of Swedish accession"),
        ("no, I meant the latest on Sweden!", "the latest on Sweden!"),
        ("Actually, can you summarise the grain deal?", "can you summarise the grain deal?"),
        ("Sorry, list the ports of Ukraine.", "list the ports of Ukraine."),
    ],
)
def test_a_request_is_no_correction(question: str, query: str) -> None:
    assert condense(question, asked(JOINED)) == query
    assert not goes_on(question, asked(JOINED))


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("No, summarise it", "summarise Finland"),
        ("Actually, tell me about its history.", "tell me about Finland's history."),
        ("Actually tell me more", "tell me more (Finland)?"),
    ],
)
def test_a_request_that_leans_is_completed(question: str, query: str) -> None:
    assert condense(question, asked(JOINED)) == query
    assert goes_on(question, asked(JOINED))


@pytest.mark.parametrize("question", ["No, state media", "Sorry, show business", "no, I meant the report"])
def test_a_noun_that_might_be_a_request_corrects(question: str) -> None:
    assert condense(question, asked(JOINED)).startswith("What about ")


def answered(question: str, quote: str, words: str = "", *, before: Conversation | None = None) -> Conversation:
    """A conversation that goes on with one question, answered in a quote in which `words` were read out."""
    read = Span(quote.index(words), quote.index(words) + len(words)) if words else None
    source = Source("a.md", "a.md", "A", "text/markdown", "0")
    whole = Span(0, len(quote))
    cited = Citation(1, whole, source, "a.md:0", whole, quote, words=read)
    before = before or Conversation("c")
    query = condense(question, before)
    return before.with_turn(Turn(question, Answer(question, query, quote, "answered", (cited,))))


CHIEF = answered(
    "Who is the chief executive of Nordkraft?",
    "Nordkraft's chief executive, Marit Lunde, said the company would appeal.",
    "Marit Lunde",
)
SHIP = answered("Which ship was the first to leave Odesa?", "The Razoni left Odesa on 1 August for Tripoli.", "Razoni")


@pytest.mark.parametrize(
    ("before", "question", "query"),
    [
        (CHIEF, "When did she take over?", "When did Marit Lunde take over?"),
        (CHIEF, "Where is it based?", "Where is Nordkraft based?"),
        (answered("Who said so?", "German Defence Minister Boris Pistorius said so.", "Boris Pistorius"),
         "When was he born?", "When was Boris Pistorius born?"),
        (SHIP, "How much corn did it carry?", "How much corn did the Razoni carry?"),
        (answered("What did Nordkraft announce?", "Nordkraft's chief executive, Marit Lunde, said it would appeal."),
         "Where did she work before?", "Where did Marit Lunde work before?"),
        (answered("Who replaced Li Shangfu?", "On 24 October 2023 the Standing Committee removed Li Shangfu."),
         "When was he appointed?", "When was Li Shangfu appointed?"),
        (answered("Who chairs it?", "On 24 October 2023 the Standing Committee of the Congress met."),
         "When was she appointed?", "When was she appointed?"),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_the_name_that_an_answer_gave(before: Conversation, question: str, query: str) -> None:
    assert condense(question, before) == query


def test_a_name_that_an_answer_gave_is_kept_over_turns_about_it_and_what_is_doubted() -> None:
    later = answered("When was that?", "The Razoni left Odesa on 1 August.", "1 August", before=SHIP)
    assert condense("Where did it go?", later) == "Where did the Razoni go?"
    later = answered("Where is Nordkraft based?", "Nordkraft is based in Oslo.", "Oslo", before=CHIEF)
    assert condense("When was she born?", later) == "When was Marit Lunde born?"


def test_a_name_that_an_answer_gave_is_over_where_a_later_question_names_another() -> None:
    later = answered("When did Boris Pistorius visit Kyiv?", "He visited it in May.", "May", before=CHIEF)
    assert condense("When was he born?", later) == "When was Boris Pistorius born?"
    later = answered("Where is the Galaxy Leader?", "It is in Hodeidah.", "Hodeidah", before=SHIP)
    assert condense("Who owns it?", later) == "Who owns the Galaxy Leader?"
