"""Words that a question can lose without being another one: any other word that nothing knows is asked about."""

from kg.query.words import fold, stem

_WORDS = """
ability able active actual additional all along alongside already also alternative anyhow apart appropriate area aspect
attempt available aware away back base become began begin behind big body bring broad build came carry carried case
certain choose chosen clear come common concern concerned concrete connect consider content context corpus count
covered crucial currently data dataset deal decide department detail digital discussion do doing done down each effort
either element else encounter encountered enough entire especially essential ever every exactly existing explicit
extent extract face facing fact fairly field finally focus follow following form full further gather general get getting
give given giving go going graph group have having highlight hint idea identify illustrate important include including
indeed indicate individual information insight instance interest interesting interested involve involving item itself
just keep key kind later let level list literature look lot made main mainly make makes making material matter maybe
ministry mostly namely necessary need needed needs number obtain occur off offer offering official often option
other out overall own page part particular per perhaps place point poor possible possibly potential present previous
principal probably proper provide public published put quick quickly quite range raised rather real receive recognise
related relate relating relevant rely remain report result retrieve right see seem seen select serious set several side
significant simply site so sort specify state still subject such system take taken taking target term tie tied today
together topic total towards try trying type typical under understand up upon use used useful using usually various
via view vocabulary way well wide widely within word work working world yet administration authority authorities bodies
government municipality official sector
"""
_STEMS = frozenset(stem(word) for word in _WORDS.split())


def is_weightless(word: str) -> bool:
    """Whether a question can lose the word: "which problems does Spain face" is the one without "face"."""
    return stem(fold(word)) in _STEMS or word.isdigit()
