"""Words that mean the opposite of each other, two sides a line."""

from __future__ import annotations

from assistant.reading.checks.terms import key_of

Pair = tuple[frozenset[str], frozenset[str]]
"""The keys of the words of both sides."""

_PLAIN = """
accept accepted agreed / refused declined rejected rebuffed
confirmed admitted / denied
with / without
rise increase more higher climbed gained expanded surge / fall decrease fewer lower less dropped declined shrank
before earlier / after later since
dozens / hundreds
dozens / thousands
hundreds / thousands
support supported backed favour welcomed / oppose opposed against condemned criticised
win / lose
resume resumed restored reopened / suspend suspended cancelled halted stopped cut paused
lift lifted removed eased / impose imposed tightened
allow allowed permitted let / ban banned prohibited prevented blocked
import imports imported / export exports exported
enter entered arrived arrival / leave departed departure
first / last
northern north / southern south
eastern east / western west
largest biggest highest most / smallest lowest least
inbound / outbound
fast faster fastest quickest / slow slower slowest
majority / minority
possible likely / impossible unlikely
strengthened strengthen / weakened weaken
released freed / seized captured detained
success succeeded successful / failure failed unsuccessful
above exceeding over / below under
buy buyer / sell seller
a.m. / p.m.
"""

_LOOSE = """
begin began start launched / end ended finish finished
early earliest / late latest recent
old older oldest / new newer newest young younger youngest modern
ancient / modern
large larger big bigger great greater / small smaller little minor
major / minor
high higher / low lower
long longer longest / short shorter shortest
wide wider / narrow narrower
thick thicker / thin thinner
deep deeper / shallow
heavy heavier heaviest / light lighter lightest
fast faster fastest quick quicker quickly / slow slower slowest slowly
nearest closest / farthest furthest
strong stronger strongest / weak weaker weakest
strengthen strengthened / weaken weakened undermine undermined
rich richer richest wealthy wealthiest / poor poorer poorest
hot warm warmer / cold cool cooler
wet / dry
full / empty
good / bad evil
best better / worst worse
simple easy easier easiest / complex difficult hard harder hardest complicated
common frequent frequently commonly often / rare rarely uncommon seldom infrequently
always / never
inside within / outside
upper / lower
top / bottom
front / back rear
same similar alike / different differing dissimilar
superior / inferior
minimum least fewest / maximum most
entire entirely whole completely fully / part partly partially
primary / secondary
public / private
legal lawful / illegal unlawful
official officially / unofficial unofficially
formal / informal
voluntary optional / mandatory compulsory
temporary / permanent
positive / negative
optimistic / pessimistic
peaceful / violent
natural / artificial
liberal / conservative
internal domestic / external foreign
urban / rural
male men man / female women woman
direct directly / indirect indirectly
exact exactly / approximate
true correct right / false incorrect wrong
safe / dangerous unsafe
active / inactive passive
visible / invisible
regular / irregular
stable stability / unstable instability
equal equality / unequal inequality
dependent / independent
known / unknown
efficient / inefficient
competent / incompetent
adequate sufficient / inadequate insufficient
complete / incomplete
popular / unpopular
employed employment / unemployed unemployment
legitimate / illegitimate
proper / improper
advantage / disadvantage
present presence / absent absence
include included includes / exclude excluded excludes
create created built founded established formed / destroy destroyed demolished dissolved abolished
attack attacked / defend defended
protect protected / harm harmed endanger endangered
ally allied allies friend / enemy enemies
victory / defeat defeated
war / peace
birth born / death died dead
agree agreed / disagree disagreed
approve approved / disapprove disapproved reject rejected vetoed
appear appeared / disappear disappeared
continue continued / discontinue discontinued
like liked loved love / dislike disliked hated hate
trust trusted / distrust distrusted
remember remembered / forget forgot forgotten
join joined / left quit withdrew
appointed hired / dismissed fired sacked removed
praise praised / criticise criticised criticize criticized condemned
guilty convicted / innocent acquitted
encourage encouraged promote promoted / discourage discouraged hinder hindered
cause caused / prevent prevented
improve improved / worsen worsened deteriorated
expand expanded / shrink contract contracted
advance advanced / retreat retreated
attract attracted / repel repelled
absorb absorbed / emit emitted release released
gained gain acquired / lost lose ceded
receive received / give gave given
centralized centralised / decentralized decentralised
"""

_BESIDE = """
raise raised / lower lowered reduce reduced cut
success succeeded successful / collapse collapsed
confirmed / claimed alleged
"""


def _pairs(lines: str) -> tuple[Pair, ...]:
    sides = [line.split(" / ") for line in lines.strip().split("\n")]
    return tuple((_keys(one), _keys(other)) for one, other in sides)


def _keys(words: str) -> frozenset[str]:
    return frozenset(key_of(word) or word for word in words.split())


PLAIN = _pairs(_PLAIN)
"""Where one text has a word of one side and another text about the same only one of the other, they contradict."""

LOOSE = _pairs(_LOOSE)
"""Opposites only of the same thing: a large fleet and a small harbour do not contradict each other."""

BESIDE = _pairs(_BESIDE)
"""Opposites in a written sentence only beside a word that its source has there, too: to raise doubts lowers no rate."""

UNDECIDED = _keys(
    "buy buyer sell seller win lose give gave given receive received import export imports exports imported exported "
    "gain gained acquired lost ceded attack attacked defend defended enter entered leave departed departure arrived "
    "arrival released first last above over below under before earlier after later since with without against war peace"
)
"""Words that can be true of one event with their opposites: what one side buys the other sells; to rule over, under."""
